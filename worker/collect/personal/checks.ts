// Whether digits are what they look like: the sums that cards, accounts and identity numbers carry in themselves.

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Luhn's sum, ISO/IEC 7812-1. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let n = 0; n < digits.length; n++) {
    const digit = digits.charCodeAt(digits.length - 1 - n) - 48;
    const twice = digit * 2;
    sum += n % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

/** The sum of a trade item's number, GS1: EAN-13, GTIN-14. */
function isTradeItem(digits: string): boolean {
  let sum = 0;
  for (let n = 0; n < digits.length; n++)
    sum += (digits.charCodeAt(digits.length - 1 - n) - 48) * (n % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** How cards begin and how long they are, by issuer: a sum alone would take every tenth order number for a card. */
const ISSUERS =
  /^(?:4\d{15}|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:50|5[6-8])\d{14,17}|67(?:59|6[1-3])\d{12,15})$/;

/** The first run of whole groups, as spaces and hyphens part them, that passes a test: other numbers may stand beside it. */
function groupsIn(text: string, test: (groups: string) => boolean): string | undefined {
  const starts = [...text.matchAll(/[^ -]+/g)].map(({ index, 0: group }) => [index, index + group.length]);
  for (const [start] of starts)
    for (const [, end] of starts.toReversed()) {
      const groups = text.slice(start, end);
      if (groups !== '' && test(groups)) return groups;
    }
  return undefined;
}

/** The payment card's number in a row of digits, with or without spaces or hyphens. */
export const cardIn = (text: string): string | undefined =>
  groupsIn(text, (groups) => {
    const digits = digitsOf(groups);
    return ISSUERS.test(digits) && isLuhn(digits) && !(digits.length === 14 && isTradeItem(digits));
  });

/** How long an account's number is in each country that has such numbers. */
const ACCOUNTS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 ' +
    'FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 ' +
    'LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 ' +
    'SK24 SM27 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** The international bank account number in a row of letters and digits. */
export const ibanIn = (text: string): string | undefined => groupsIn(text, isIban);

/** ISO 13616: 1 left over by 97. */
function isIban(text: string): boolean {
  const account = text.replace(/[\s-]/g, '').toUpperCase();
  if (ACCOUNTS[account.slice(0, 2)] !== account.length) return false;
  let rest = 0;
  for (const char of account.slice(4) + account.slice(0, 4))
    for (const digit of String(Number.parseInt(char, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A Chinese citizen's number, GB 11643: a birthday inside and a sum by 11 at its end. */
export function isCitizen(text: string): boolean {
  const sum = WEIGHTS.reduce((all, weight, n) => all + weight * Number(text[n]), 0);
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase();
}

/** An address of IPv6, as a web address would have it; times of day are none. */
export function isIpv6(text: string): boolean {
  const address = text.replace(/[.:]+$/, (end) => (end === '::' ? end : ''));
  return (
    (address.includes('::') || address.split(':').length === 8) &&
    /[0-9a-f]/i.test(address) &&
    URL.canParse(`http://[${address}]/`)
  );
}

export const isIpv4 = (text: string): boolean => text.split('.').every((part) => Number(part) <= 255);

/** Characters of a run that make it a token, where its letters and digits alternate as chance would have it. */
const TOKEN = { mixed: 24, plain: 26 };
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whether a run of letters, digits, hyphens and underscores is made by chance: words and numbers of a product's name
 * stand apart, in a token small letters, capitals and digits change places all the time. A UUID is not taken for one,
 * because shops name products so.
 */
export function isToken(run: string): boolean {
  const mixed = /[a-z]/.test(run) && /[A-Z]/.test(run);
  if (run.length < (mixed ? TOKEN.mixed : TOKEN.plain) || !/\d/.test(run) || !/[a-z]/i.test(run))
    return false;
  if (UUID.test(run)) return false;
  // A capital at a word's beginning is no change of kind.
  const changes = run.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[a-zA-Z])/g)?.length ?? 0;
  return changes * 6 >= run.length;
}
