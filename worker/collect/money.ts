// Major units to whole minor units, by each currency's own number of digits.
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/**
 * Minor-unit digits that are not 2, from ISO 4217's list one. Not from Intl: engines round some currencies to
 * what is in use (none for RSD or HUF), and what is stored must not change its meaning with an engine.
 */
const DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
]);

export const isCurrency = (code: string) => currencies.has(code);

/** Minor-unit digits of an ISO 4217 currency: 2 for USD, 0 for JPY, 3 for KWD. */
export const digitsOf = (currency: string) => DIGITS[currency] ?? 2;

/** Moves the decimal point in the written number, because 1.005 * 100 is 100.49999999999999. */
export function shifted(value: number, digits: number): number {
  const text = String(value);
  return text.includes('e') ? value * 10 ** digits : Number(`${text}e${digits}`);
}

/** 4999 of USD to 49.99. */
export const majorUnits = (minor: number, currency: string) => shifted(minor, -digitsOf(currency));

/** 49.99 USD to 4999. Halves are rounded up. */
export const minorUnits = (value: number, currency: string) => Math.round(shifted(value, digitsOf(currency)));
