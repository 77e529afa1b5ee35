// How a row of the Online Shoppers data set becomes events: one visitor with one visit each.
const DAYS_OF: Record<string, [month: number, days: number]> = {
  Feb: [1, 28],
  Mar: [2, 31],
  May: [4, 31],
  June: [5, 30],
  Jul: [6, 31],
  Aug: [7, 31],
  Sep: [8, 30],
  Oct: [9, 31],
  Nov: [10, 30],
  Dec: [11, 31],
};
/** Page views of a visit lie less than 30 minutes apart. */
const WIDEST_GAP = 29 * 60_000;
const ORIGIN = 'https://shop.example';

const KINDS = ['Administrative', 'Informational', 'ProductRelated'] as const;

/** A row of the data set, by its columns, and its place. */
export interface Shopper {
  number: number;
  row: Record<string, string>;
}

export function shoppersOf(csv: string): Shopper[] {
  const [head = '', ...rows] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  return rows.map((text, number) => ({
    number,
    row: Object.fromEntries(text.split(',').map((cell, i) => [names[i], cell])),
  }));
}

/** Who viewed nothing that is counted came in by some page all the same. */
const pagesOf = ({ row }: Shopper): number =>
  Math.max(
    1,
    KINDS.reduce((sum, kind) => sum + Number(row[kind]), 0),
  );

const bought = ({ row }: Shopper): boolean => row.Revenue === 'TRUE';

/** What they come to, counted from the rows alone: a visit of two pages is effective, and so is one with an order. */
export const countsOf = (shoppers: readonly Shopper[]) => ({
  visitors: shoppers.length,
  pages: shoppers.reduce((sum, shopper) => sum + pagesOf(shopper), 0),
  effective_visitors: shoppers.filter((shopper) => pagesOf(shopper) >= 2 || bought(shopper)).length,
  buyers: shoppers.filter(bought).length,
});

/** The lines of an import file, for a year without a year in it: 2017. */
export function* linesOfShoppers(shoppers: readonly Shopper[]): Generator<Record<string, unknown>> {
  const seen: Record<string, number> = {};
  for (const { number, row } of shoppers) {
    const [month, days] = DAYS_OF[row.Month as string] ?? [0, 31];
    const inMonth = seen[row.Month as string] ?? 0;
    seen[row.Month as string] = inMonth + 1;
    // Ten in the morning, so that even the longest visit ends on the day it began.
    const start = Date.UTC(2017, month, 1 + (inMonth % days), 0, 10) + (number % 1000);
    const paths = ['account', 'info', 'product'].flatMap((path, i) =>
      Array.from({ length: Number(row[KINDS[i] as string]) }, (_, n) => `/${path}/${n + 1}`),
    );
    if (paths.length === 0) paths.push('/product/1');
    const seconds = KINDS.reduce((sum, kind) => sum + Number(row[`${kind}_Duration`]), 0);
    const gap = Math.min((seconds * 1000) / paths.length, WIDEST_GAP);
    const visitor = `shopper${number}`;
    const query = `?utm_source=traffic-${row.TrafficType}&utm_medium=referral`;
    let at = start;
    for (const [n, path] of paths.entries()) {
      at = Math.round(start + n * gap);
      yield { type: 'visit', visitor, at, url: ORIGIN + path + (n === 0 ? query : '') };
    }
    if (row.Revenue !== 'TRUE') continue;
    const sale = { visitor, order: `order-${number}`, value: 1, currency: 'USD' };
    yield { type: 'order', at: at + 1000, ...sale };
    yield { type: 'payment', at: at + 2000, ...sale };
  }
}
