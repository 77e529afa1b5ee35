// Takes out of texts what says who somebody is, as far as its looks tell: the one place where this is decided.
import { cardIn, ibanIn, isCitizen, isIpv4, isIpv6, isToken } from './checks.ts';

/** What stands in the place of each kind. */
export type Kind = 'email' | 'phone' | 'card' | 'iban' | 'id' | 'ip' | 'token' | 'agent' | 'private';

interface Rule {
  kind: Kind;
  /** Global; each runs in time that grows with the text alone, because nothing in it can match in two ways. */
  pattern: RegExp;
  /** What the looks leave open: whether it is one, or which part of what was found. */
  holds?: (found: string) => boolean | string | undefined;
  /** What is kept before and in the place of it; left out, the kind in brackets. */
  keep?: boolean;
  /** Whether an id may look so: ids are made by chance, as tokens are. */
  fitsIds?: boolean;
}

/** Names of fields that hold what is nobody's business, in any spelling with or without hyphens. */
const PRIVATE =
  'pass(?:word|wd|phrase|code)?|pwd|secret|token|(?:access|refresh|id|auth|api|csrf|xsrf|reset)[-_]?(?:token|key|code)|authorization|bearer|jwt|apikey|sess(?:ion)?(?:[-_]?id)?|jsessionid|phpsessid|aspsessionid\\w*|cfid|cftoken|sid|otp|pin|cvv|cvc|ssn|iban|card[-_]?(?:number|no)|e[-_]?mail(?:[-_]?address)?|mail|phone(?:[-_]?number)?|telephone|tel|mobile|(?:first|last|full|sur|middle|user|nick|customer|billing|shipping)[-_]?name|street|address(?:[-_]?(?:line)?[-_]?\\d)?|birth(?:day|date)|dob|ip(?:[-_]?address)?|user[-_]?agent';

/** A property of this name is private, whatever it holds. */
const PRIVATE_NAME = new RegExp(`^(?:${PRIVATE}|姓名|手机号?|电话|邮箱|密码|地址|身份证号?)$`, 'iu');

const RULES: readonly Rule[] = [
  { kind: 'agent', pattern: /\b(?:Mozilla|Opera|Dalvik)\/\d.*/gs },
  { kind: 'token', pattern: /(?<!\w)A[KS]IA[A-Z\d]{16}(?!\w)/g },
  { kind: 'token', pattern: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]*)*/g },
  // password=…, ;jsessionid=…: whatever stands there.
  {
    kind: 'private',
    pattern: new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${PRIVATE})(?:=|: ?)[^\\s/?#&;,]+`, 'giu'),
    keep: true,
    fitsIds: true,
  },
  // The way to reset a password, to confirm, to sign in: /reset/…
  {
    kind: 'token',
    pattern:
      /(?<![\w-])(?:reset|verify|verification|confirm|activate|invite|magic|unsubscribe|token|session|auth|login|password)\/(?=[\w-]*\d)[\w-]{16,}/gi,
    keep: true,
    fitsIds: true,
  },
  {
    kind: 'email',
    pattern:
      /[\p{L}\p{N}._+'-]{1,64}@(?!\dx\.)[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.[\p{L}\p{N}-]{1,63}){0,6}\.\p{L}{2,24}/gu,
  },
  {
    kind: 'iban',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]){11,40}(?![\p{L}\p{N}])/giu,
    holds: ibanIn,
  },
  {
    kind: 'id',
    pattern: /(?<![\w])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\w])/gi,
    holds: isCitizen,
  },
  // As long as other groups beside it may make it.
  { kind: 'card', pattern: /(?<![a-z\d.,])\d(?:[ -]?\d){13,27}(?![a-z\d]|[.,]\d)/gi, holds: cardIn },
  { kind: 'ip', pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)/g, holds: isIpv4 },
  {
    kind: 'ip',
    pattern:
      /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:\d{0,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?![\w:])/gi,
    holds: isIpv6,
  },
  // By its country; in the shape of America; a mobile's of Japan, of China; with spaces, after a 0; in pairs, as in France.
  { kind: 'phone', pattern: /(?<![\w+])\+\d(?:[ ().-]{0,2}\d){7,14}(?!\w)/g },
  {
    kind: 'phone',
    pattern: /(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g,
  },
  { kind: 'phone', pattern: /(?<![\w.-])0[5-9]0-\d{4}-\d{4}(?![\w-])/g },
  { kind: 'phone', pattern: /(?<![\w.,-])(?:86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})(?!\w|[.,]\d|-)/g },
  { kind: 'phone', pattern: /(?<![\w.,-])0[1-9]\d{0,3}\x20\d{3,4}\x20?\d{3,5}(?!\w)/g },
  { kind: 'phone', pattern: /(?<![\w.,-])0[1-9](?:[ .]\d{2}){4}(?!\w)/g },
  { kind: 'token', pattern: /(?<![\w-])[\w-]{24,}(?![\w-])/g, holds: isToken, fitsIds: true },
];

/** Without any of these no rule holds: nearly every text is done with here. */
const SUSPECT =
  /[@=]|\d[\d .)-]{6}|\d\.\d+\.\d+\.|:[0-9a-f.]*:|[\w-]{24}|: ?[^\s/]|Mozilla|Opera|Dalvik|eyJ|A[KS]IA|(?:reset|verify|verification|confirm|activate|invite|magic|unsubscribe|token|session|auth|login|password)\//i;

/** Characters that are looked at; what comes after them is dropped, with the word that they break off in. */
const READ = 4_000;
function readable(text: string): string {
  if (text.length <= READ) return text;
  const read = text.slice(0, READ);
  return read.slice(0, Math.max(read.lastIndexOf('/'), read.lastIndexOf(' ')) + 1);
}

/** Without its escapes, however often it was escaped up to twice; those that mean nothing stay. */
function decoded(text: string): string {
  let plain = text;
  for (let times = 0; times < 2 && plain.includes('%'); times++)
    plain = plain.replace(/(?:%[\da-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  return plain;
}

function scrubbed(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return RULES.reduce(
    (left, { kind, pattern, holds, keep }) =>
      left.replace(pattern, (found) => {
        const held = holds ? holds(found) : true;
        if (!held) return found;
        if (typeof held === 'string') return found.replace(held, `[${kind}]`);
        return keep ? found.replace(/^([^=:/]*(?:=|: ?|\/)).*$/s, `$1[${kind}]`) : `[${kind}]`;
      }),
    text,
  );
}

/** The text, with each personal piece replaced by its kind: `[email]`. Cleaning twice is cleaning once. */
export function clean(whole: string): string {
  const text = readable(whole);
  const plain = decoded(text);
  const left = scrubbed(plain);
  return left === plain ? text : left;
}

/** A path in the same way: still one, with its escapes. */
export function cleanPath(whole: string): string {
  const path = readable(whole);
  const plain = decoded(path);
  const left = scrubbed(plain);
  if (left === plain) return path;
  return encodeURI(left.toWellFormed()).replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('?', '%3F');
}

/** Whether an id says who somebody is. */
export function isPersonal(id: string): boolean {
  const plain = decoded(id);
  if (!SUSPECT.test(plain)) return false;
  return RULES.some(
    ({ pattern, holds, fitsIds }) =>
      !fitsIds && (plain.match(pattern)?.some((found) => (holds ? holds(found) : true)) ?? false),
  );
}

/** What of a property is kept under its name. */
export const cleanProperty = <T extends string | number | boolean>(name: string, value: T): T | string => {
  if (typeof value === 'boolean') return value;
  if (PRIVATE_NAME.test(name)) return '[private]';
  // A phone or a card comes as a number too.
  const text = String(value);
  const cleaned = clean(text);
  return cleaned === text ? value : cleaned;
};
