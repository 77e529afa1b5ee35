// How much a browser alone can claim: above it a sale is kept, and not added up until a server confirms it.
import { digitsOf } from './money.ts';

/** What the usual bound is worth, in dollars: no shop that measures itself sells such a thing in its pages every day. */
const USUAL = 1_000_000;

/**
 * Units of a currency to a dollar, rounded to 1, 2 or 5 times a power of ten: what is a fortune in one must not be a
 * day's wage in another, and no rate of exchange has to be asked for. Those not named are worth about a dollar or more.
 */
const PER_DOLLAR: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries({
    2: 'AED BGN BYN FJD ILS MYR PEN PLN QAR RON SAR TND',
    5: 'CNY HKD MOP DKK NOK SEK BRL BOB GTQ TTD MAD GHS ZMW BWP TJS MVR',
    10: 'MXN ZAR MDL UYU SZL NAD LSL',
    20: 'CZK TWD THB TRY HNL NIO UAH',
    50: 'INR PHP EGP DOP RUB KGS NPR AFN BDT MUR',
    100: 'JPY ISK KES LKR PKR RSD DZD ARS XPF ALL JMD GMD ETB',
    200: 'HUF AMD KZT CVE HTG CRC KMF',
    500: 'XAF XOF CLP RWF AOA SDG YER',
    1000: 'KRW NGN MWK MMK IQD SYP TZS BIF CDF',
    2000: 'MNT COP UGX MGA',
    5000: 'PYG KHR UZS GNF',
    10000: 'IDR LAK SLL LBP',
    20000: 'VND IRR STN',
  }).flatMap(([units, codes]) => codes.split(' ').map((code) => [code, Number(units)])),
);

const perDollar = (currency: string) => PER_DOLLAR[currency] ?? 1;

const made = new Map<string, string>();

/** Stores with bounds of their own whose lists are kept. */
const KEPT = 1_000;

/**
 * The bounds of a store as JSON, in whole minor units by currency; under `*` that of all which are not named.
 * @param limit the store's own bound in minor units of its currency, or null for the usual one
 */
export function claimLimits(currency: string, limit: number | null): string {
  const name = `${currency} ${limit}`;
  const known = made.get(name);
  if (known) return known;
  const dollars = limit === null ? USUAL : limit / 10 ** digitsOf(currency) / perDollar(currency);
  const boundOf = (code: string) => Math.round(dollars * perDollar(code) * 10 ** digitsOf(code));
  const codes = new Set([
    ...Object.keys(PER_DOLLAR),
    ...Intl.supportedValuesOf('currency').filter((code) => digitsOf(code) !== 2),
  ]);
  const limits = Object.fromEntries([
    ['*', boundOf('USD')],
    ...[...codes].map((code) => [code, boundOf(code)]),
  ]);
  const text = JSON.stringify(limits);
  if (made.size >= KEPT) made.clear();
  made.set(name, text);
  return text;
}
