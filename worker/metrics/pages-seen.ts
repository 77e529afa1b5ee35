// The pages of a shop, and what those who saw one did from then on: the question, its answer, and their schemas.
import { z } from '@hono/zod-openapi';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { type PageCounts, readPages } from '../store/pages-seen.ts';
import { TOGETHER } from './funnel-match.ts';
import { next, pageOf, pages } from './page.ts';
import { daysOf, filterOf, periodOf } from './period.ts';
import { metricsQuestion, period, rate, SCOPES, totals } from './question.ts';
import { rateOf } from './rates.ts';
import { moneysOf } from './totals.ts';

/** Where the list goes on: after a page that so many saw. */
const place = z.tuple([z.int().min(0), z.string()]);

export const pagesQuestion = metricsQuestion
  .omit({ basis: true, money: true, by: true, compare: true, rest: true })
  .extend(pages(place, 100, 500))
  .openapi('PagesQuestion');
export type PagesQuestion = z.infer<typeof pagesQuestion>;

const count = z.int().min(0);

const seen = {
  totals: totals
    .pick({
      consulting_visitors: true,
      buyers: true,
      paying_visitors: true,
      orders: true,
      paid_orders: true,
      money: true,
      converted: true,
    })
    .extend({
      visitors: count.openapi({
        description: 'Who viewed it in the period; with scope=visit, visits in which it was.',
      }),
      views: count,
      entries: count.openapi({ description: 'Visits whose first page it was, by the day of that view.' }),
      exits: count.openapi({ description: 'Visits whose last page it was, by the day of that view.' }),
    })
    .openapi('PageTotals', {
      description:
        'Of those who viewed it: what they did in the period at or after their first view of it there, money included.',
    }),
  rates: z
    .object({
      exit_rate: rate.openapi({ description: 'exits / views.' }),
      consult_rate: rate,
      visit_to_order_rate: rate,
      deal_conversion: rate,
    })
    .openapi('PageRates'),
};

export const pageRow = z
  .object({ key: z.string().openapi({ description: 'The path.', example: '/product/tea-1' }), ...seen })
  .openapi('PageRow');
export type PageRow = z.infer<typeof pageRow>;

export const pagesAnswer = z
  .object({
    store: z.string(),
    scope: z.enum(SCOPES),
    recounting: z.boolean(),
    period,
    ...seen,
    rows: z.array(pageRow),
    next,
  })
  .openapi('PagesAnswer');
export type PagesAnswer = z.infer<typeof pagesAnswer>;

function figuresOf(counts: PageCounts, store: StoreSettings): Pick<PageRow, 'totals' | 'rates'> {
  const { visitors, views, entries, exits, consulting, buyers, paying, orders, payers } = counts;
  const sum = (field: 'orders' | 'paidOrders') => orders.reduce((total, one) => total + one[field], 0);
  return {
    totals: {
      visitors,
      views,
      entries,
      exits,
      consulting_visitors: consulting,
      buyers,
      paying_visitors: paying,
      orders: sum('orders'),
      paid_orders: sum('paidOrders'),
      ...moneysOf({ units: undefined, orders, payers }, visitors, store),
    },
    rates: {
      exit_rate: rateOf(exits, views),
      consult_rate: rateOf(consulting, visitors),
      visit_to_order_rate: rateOf(buyers, visitors),
      deal_conversion: rateOf(paying, visitors),
    },
  };
}

/** @throws {QuestionError} when the period is turned round or too long. */
export async function answerPages(
  env: Env,
  store: StoreSettings,
  question: PagesQuestion,
  now: number,
): Promise<PagesAnswer> {
  const { scope, limit } = question;
  const days = daysOf(question);
  const read = await readPages(env, store.key, {
    ...days,
    scope,
    filter: filterOf(question),
    together: TOGETHER,
    limit,
    after: question.cursor as [number, string] | undefined,
  });
  const { shown, next } = pageOf(read.pages, limit, ({ visitors, path }) => [visitors, path]);
  return {
    store: store.id,
    scope,
    recounting: store.recounting,
    period: periodOf(days, store.timezone, now),
    ...figuresOf(read.whole, store),
    rows: shown.map((counts) => ({ key: counts.path ?? '', ...figuresOf(counts, store) })),
    next,
  };
}
