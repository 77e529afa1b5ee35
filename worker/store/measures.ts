// What is counted: the names of all measures, the letters they are stored under, and the counts an answer is made of.

/** Of people or visits; each has its letter in the table of sealed days. */
export const UNIT_CODES = {
  visitors: 'v',
  effective: 'e',
  consulting: 'c',
  buyers: 'b',
  consultingBuyers: 'k',
  paying: 'p',
  consultingPaying: 'q',
  visits: 'w',
  pages: 'n',
  inquiries: 'i',
} as const;
export type UnitMeasure = keyof typeof UNIT_CODES;

/** What dates an amount: its order, or its own payment or refund. */
export const MONEY_DATES = ['order', 'payment'] as const;
export type MoneyDate = (typeof MONEY_DATES)[number];

/** Of orders, always by the day of the order, in its currency. */
export const ORDER_CODES = { orders: 'o', paidOrders: 'd', unattributed: 'u', value: 'a' } as const;
/** Of what is paid, in the payment's currency, by either date. */
export const PAYMENT_CODES = {
  order: { gross: 'g', unattributedGross: 't', refunded: 'r', payers: 'y' },
  payment: { gross: 'G', unattributedGross: 'T', refunded: 'R', payers: 'Y' },
} as const;
export type MoneyMeasure = keyof typeof ORDER_CODES | keyof (typeof PAYMENT_CODES)['order'];

/** Distinct people (or visits, by scope) and what they did under one key. */
export type UnitCounts = { key: string } & Record<UnitMeasure, number>;

/**
 * Orders placed in the period by their currency, and what was paid by the currency of payment; whole minor units.
 * Of `gross`, `unattributedGross` was paid by nobody known, and the rest by `payers` people (or visits).
 */
export type OrderCounts = { key: string; currency: string } & Record<MoneyMeasure, number>;

export interface Figures {
  units: UnitCounts[];
  orders: OrderCounts[];
  /** Under each key, those who paid in whatever currency. */
  payers: ReadonlyMap<string, number>;
}

type Inverse = ReadonlyMap<string, UnitMeasure | MoneyMeasure>;
const inverse = (codes: object): [string, UnitMeasure | MoneyMeasure][] =>
  Object.entries(codes).map(([measure, code]) => [code, measure as UnitMeasure | MoneyMeasure]);
const MEASURE_OF: Record<MoneyDate, Inverse> = {
  order: new Map([UNIT_CODES, ORDER_CODES, PAYMENT_CODES.order].flatMap(inverse)),
  payment: new Map([UNIT_CODES, ORDER_CODES, PAYMENT_CODES.payment].flatMap(inverse)),
};

const NO_UNITS: Record<UnitMeasure, number> = {
  visitors: 0,
  effective: 0,
  consulting: 0,
  buyers: 0,
  consultingBuyers: 0,
  paying: 0,
  consultingPaying: 0,
  visits: 0,
  pages: 0,
  inquiries: 0,
};
const NO_MONEY: Record<MoneyMeasure, number> = {
  orders: 0,
  paidOrders: 0,
  unattributed: 0,
  value: 0,
  gross: 0,
  unattributedGross: 0,
  refunded: 0,
  payers: 0,
};

/** Adds up figures that come in parts, from sealed days and from what was counted live. */
export class Sums {
  readonly #measures: Inverse;
  readonly #units = new Map<string, UnitCounts>();
  readonly #orders = new Map<string, OrderCounts>();
  readonly #payers = new Map<string, number>();

  constructor(date: MoneyDate) {
    this.#measures = MEASURE_OF[date];
  }

  /** `code` is a measure's letter, followed by the currency where there is one; other dates' money is passed over. */
  add(key: string, code: string, n: number): void {
    const measure = this.#measures.get(code.charAt(0));
    if (measure === undefined) return;
    if (measure in NO_UNITS) this.#unitsOf(key)[measure as UnitMeasure] += n;
    else if (code.length === 1) this.#payers.set(key, (this.#payers.get(key) ?? 0) + n);
    else this.#ordersOf(key, code.slice(1))[measure as MoneyMeasure] += n;
  }

  #unitsOf(key: string): UnitCounts {
    let counts = this.#units.get(key);
    if (!counts) {
      counts = { key, ...NO_UNITS };
      this.#units.set(key, counts);
    }
    return counts;
  }

  #ordersOf(key: string, currency: string): OrderCounts {
    const place = `${currency} ${key}`;
    let counts = this.#orders.get(place);
    if (!counts) {
      counts = { key, currency, ...NO_MONEY };
      this.#orders.set(place, counts);
    }
    return counts;
  }

  /** Keys of nobody are left out; currencies with most orders come first. */
  figures(): Figures {
    return {
      units: [...this.#units.values()].filter(({ visitors }) => visitors > 0),
      orders: [...this.#orders.values()].sort(
        (a, b) => b.orders - a.orders || (a.currency < b.currency ? -1 : 1),
      ),
      payers: this.#payers,
    };
  }
}
