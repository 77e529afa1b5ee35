// A period's visitors one by one: how far each got by now, and who may still order.
import { z } from '@hono/zod-openapi';
import type { StoreSettings } from '../collect/event.ts';
import { digitsOf } from '../collect/money.ts';
import type { Env } from '../env.ts';
import { keysOf } from '../store/keys.ts';
import { cartValuesOf, lastSeenOf } from '../store/last-seen.ts';
import { type Progress, type ProgressStep, readProgress, STEPS } from '../store/progress.ts';
import { isFiltered } from '../store/traits.ts';
import { TOGETHER } from './funnel-match.ts';
import { next, pageOf, pages } from './page.ts';
import { daysOf, filterOf, periodOf } from './period.ts';
import { day, filters, period } from './question.ts';

/** What can be open with a visitor. */
export const OPEN = ['inquiry', 'cart'] as const;
type Open = (typeof OPEN)[number];

const place = z.tuple([z.int(), z.string()]);

export const visitorsQuestion = z
  .strictObject({
    store: z
      .string('Say which store: store=st_…')
      .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
    from: day.openapi({ description: 'First day, in the store’s time zone.' }),
    to: day.openapi({ description: 'Last day, included.', example: '2026-11-30' }),
    open: z.enum(OPEN).optional().openapi({
      description:
        'Only those with whom something is open. `inquiry`: consulted in the period, and has not ordered since it began, by now. `cart`: filled a cart or began a checkout in the period, and placed no order after the last time.',
    }),
    furthest: z.enum(STEPS).optional().openapi({
      description:
        'Only those whose furthest step is this one, however they came there: `visit` a visit that is not effective, `effective` an effective one and no more, then `product`, `cart`, `checkout` in the period, `order` and `payment` since it began, by now.',
    }),
    ...filters,
    ...pages(place, 50, 500),
  })
  .openapi('VisitorsQuestion');
export type VisitorsQuestion = z.infer<typeof visitorsQuestion>;

const moment = z.int().openapi({ description: 'Milliseconds since 1970.' });
const count = z.int().min(0);

export const listedVisitor = z
  .object({
    visitor: z.string(),
    channel: z.string().openapi({ description: 'Of the first visit ever.', example: 'email' }),
    furthest: z.enum(STEPS),
    inquired: moment.nullable().openapi({ description: 'The last inquiry of the period.' }),
    at: moment.openapi({
      description:
        'The last time of what is asked for: the inquiry, the cart or checkout; else of the furthest step, where that is a visit when it was last seen in the period.',
    }),
    last_page: z.string().nullable().openapi({
      description: 'The exit page of the latest visit, by now; null where it viewed none.',
    }),
    last_seen: moment.nullable().openapi({ description: 'When that visit ended; null where there is none.' }),
    value: z.int().nullable().openapi({
      description:
        'What the shop’s page said last of the value of the last cart or checkout: whole minor units.',
    }),
    currency: z.string().nullable(),
    digits: z.int().nullable().openapi({ description: 'Minor-unit digits of the currency.' }),
  })
  .openapi('ListedVisitor');
type ListedVisitor = z.infer<typeof listedVisitor>;

const counts = <Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>);

export const visitorsAnswer = z
  .object({
    store: z.string(),
    period,
    counts: z
      .object({
        open: counts(OPEN).openapi({
          description: 'With how many something is open; of `inquiry` and `cart` it may be both.',
        }),
        furthest: counts(STEPS).openapi({
          description: 'How many are at each step; together all visitors of the period.',
        }),
      })
      .openapi({ description: 'Of all who pass the filters, whatever list is asked for.' }),
    visitors: z.array(listedVisitor),
    next,
  })
  .openapi('VisitorsAnswer');
export type VisitorsAnswer = z.infer<typeof visitorsAnswer>;

const cartAt = ({ cart, checkout }: Progress): number | null =>
  cart === null && checkout === null ? null : Math.max(cart ?? 0, checkout ?? 0);

/** When what is open was last touched; null where it is not. An order may seem to come before its checkout. */
const OPENED: Record<Open, (person: Progress) => number | null> = {
  inquiry: ({ inquiry, order }) => (order === null ? inquiry : null),
  cart: (person) => {
    const at = cartAt(person);
    return at !== null && person.order !== null && person.order >= at - TOGETHER ? null : at;
  },
};

function furthestOf(person: Progress): ProgressStep {
  const reached = (['payment', 'order', 'checkout', 'cart', 'product'] as const).find(
    (step) => person[step] !== null,
  );
  return reached ?? (person.effective ? 'effective' : 'visit');
}

interface Found {
  person: Progress;
  furthest: ProgressStep;
  at: number;
}

const atOf = (person: Progress, furthest: ProgressStep): number =>
  (furthest === 'visit' || furthest === 'effective' ? null : person[furthest]) ?? person.seen;

/** The latest first. */
const byPlace = (a: readonly [number, string], b: readonly [number, string]) =>
  b[0] - a[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);

const placeOf = ({ at, person }: Found): [number, string] => [at, person.visitor];

function listOf(people: readonly Found[], { open, furthest, cursor }: VisitorsQuestion): Found[] {
  return people
    .filter((one) => furthest === undefined || one.furthest === furthest)
    .flatMap((one) => {
      const at = open ? OPENED[open](one.person) : one.at;
      return at === null ? [] : [{ ...one, at }];
    })
    .filter((one) => !cursor || byPlace(placeOf(one), cursor) > 0)
    .sort((a, b) => byPlace(placeOf(a), placeOf(b)));
}

/** What is only looked up for those shown. */
async function shownOf(
  env: Env,
  store: StoreSettings,
  from: number,
  shown: Found[],
): Promise<ListedVisitor[]> {
  const people = shown.map(({ person }) => person);
  const owners = people.map(({ visitor }) => ({ visitor, visit: null }));
  const carts = people.flatMap(({ visitor, cartVisit }) =>
    cartVisit === null ? [] : [[visitor, cartVisit] as const],
  );
  const [channels, seen, values] = await Promise.all([
    keysOf(env, store.key, owners, { scope: 'visitor', from, by: 'channel' }),
    lastSeenOf(
      env,
      store.key,
      people.map(({ visitor }) => visitor),
    ),
    carts.length > 0 ? cartValuesOf(env, store.key, carts) : null,
  ]);
  return shown.map(({ person: { visitor, inquiry }, furthest, at }, n) => {
    const last = seen.get(visitor);
    const said = values?.get(visitor);
    return {
      visitor,
      channel: channels[n] as string,
      furthest,
      inquired: inquiry,
      at,
      last_page: last?.page ?? null,
      last_seen: last?.at ?? null,
      value: said?.value ?? null,
      currency: said?.currency ?? null,
      digits: said ? digitsOf(said.currency) : null,
    };
  });
}

const countsOf = <Name extends string>(names: readonly Name[], countOf: (name: Name) => number) =>
  Object.fromEntries(names.map((name) => [name, countOf(name)])) as Record<Name, number>;

/** @throws {QuestionError} when the period is turned round or too long. */
export async function answerVisitors(
  env: Env,
  store: StoreSettings,
  question: VisitorsQuestion,
  now: number,
): Promise<VisitorsAnswer> {
  const days = daysOf(question);
  const filter = filterOf(question);
  const everybody = await readProgress(env, store.key, days);
  const keys = isFiltered(filter)
    ? await keysOf(
        env,
        store.key,
        everybody.map(({ visitor }) => ({ visitor, visit: null })),
        { scope: 'visitor', from: days.from, filter },
      )
    : [];
  const people = everybody
    .filter((_, n) => keys[n] !== null)
    .map((person) => {
      const furthest = furthestOf(person);
      return { person, furthest, at: atOf(person, furthest) };
    });
  const { shown, next } = pageOf(listOf(people, question), question.limit, placeOf);
  return {
    store: store.id,
    period: periodOf(days, store.timezone, now),
    counts: {
      open: countsOf(OPEN, (name) => people.filter(({ person }) => OPENED[name](person) !== null).length),
      furthest: countsOf(STEPS, (name) => people.filter(({ furthest }) => furthest === name).length),
    },
    visitors: await shownOf(env, store, days.from, shown),
    next,
  };
}
