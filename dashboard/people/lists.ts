// The lists of people: asked anew again and again, so that who orders or pays leaves them by itself.
import {
  getMetrics,
  getOrders,
  getVisitors,
  type Order,
  type OrdersQuestion,
  type VisitorsAnswer,
  type VisitorsQuestion,
} from '../api.ts';
import { asking } from '../asking.ts';
import { periodAsked } from '../data.ts';
import { address } from '../state.ts';
import { type ListName, list, type StepName, shown, step, visitor } from './choices.ts';

/** How often they are asked anew, in milliseconds. */
const EVERY_MS = 30_000;
/** Of one answer at most, as the endpoint has it. */
const MOST = 500;

interface Common {
  period: VisitorsAnswer['period'];
  counts: VisitorsAnswer['counts'];
  /** Orders that nobody has paid. */
  unpaid: number;
  /** Whether there are more than are shown. */
  more: boolean;
}
export type Lists = Common &
  (
    | { list: 'unpaid'; orders: Order[] }
    | { list: Exclude<ListName, 'unpaid'>; step: StepName; visitors: VisitorsAnswer['visitors'] }
  );

/** As many of a list as are wanted, page after page; a page may hold fewer than it could, even none. */
async function manyOf<Page extends { next: string | null }, Item>(
  wanted: number,
  ask: (page: { limit: string; cursor?: string }) => Promise<Page>,
  itemsOf: (page: Page) => Item[],
): Promise<{ items: Item[]; more: boolean; first: Page }> {
  const first = await ask({ limit: String(Math.min(wanted, MOST)) });
  const items = [...itemsOf(first)];
  let { next } = first;
  while (next !== null && items.length < wanted) {
    const page = await ask({ limit: String(Math.min(wanted - items.length, MOST)), cursor: next });
    items.push(...itemsOf(page));
    next = page.next;
  }
  return { items, more: next !== null, first };
}

const OPEN = { asked: { open: 'inquiry' }, cart: { open: 'cart' }, unpaid: {}, left: {} } as const;

const question = () => {
  const asked = address.value.view === 'people' && visitor.value === null ? periodAsked() : null;
  return asked && { ...asked, list: list.value, step: step.value, shown: shown.value };
};
type Question = NonNullable<ReturnType<typeof question>>;

async function ask({ list, step, shown: wanted, ...period }: Question): Promise<Lists> {
  const who: VisitorsQuestion = {
    ...period,
    ...OPEN[list],
    ...(list === 'left' ? { furthest: step } : {}),
  };
  const of: OrdersQuestion = { ...period, paid: 'false', last: 'true' };
  const [people, orders, { totals }] = await Promise.all([
    manyOf(
      list === 'unpaid' ? 1 : wanted,
      (page) => getVisitors({ ...who, ...page }),
      ({ visitors }) => visitors,
    ),
    list === 'unpaid'
      ? manyOf(
          wanted,
          (page) => getOrders({ ...of, ...page }),
          (page) => page.orders,
        )
      : null,
    getMetrics({ ...period, scope: 'visit', basis: 'order', money: 'order' }),
  ]);
  const { period: days, counts } = people.first;
  const common = { period: days, counts, unpaid: totals.orders - totals.paid_orders };
  return list === 'unpaid'
    ? { ...common, list, orders: orders?.items ?? [], more: orders?.more ?? false }
    : { ...common, list, step, visitors: people.items, more: people.more };
}

export const lists = asking(question, ask, EVERY_MS, ({ store, list, step }) => `${store} ${list} ${step}`);
