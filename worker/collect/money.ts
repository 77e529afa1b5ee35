// Major units to whole minor units, by each currency's own number of digits.
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const digits = new Map<string, number>();

export const isCurrency = (code: string) => currencies.has(code);

/** Minor-unit digits of an ISO 4217 currency: 2 for USD, 0 for JPY, 3 for KWD. */
export function digitsOf(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    known = format.resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

/**
 * 49.99 USD to 4999. Shifts the decimal point in the written number, because 1.005 * 100 is 100.49999999999999.
 * Halves are rounded up.
 */
export function minorUnits(value: number, currency: string): number {
  const shift = digitsOf(currency);
  const text = String(value);
  return Math.round(text.includes('e') ? value * 10 ** shift : Number(`${text}e${shift}`));
}
