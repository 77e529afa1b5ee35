// What visitors, visits or orders did in a span of days, for funnels: from visits' trails and from orders, paged.
import { EVENT_TYPES, type EventType } from '../../sdk/event.ts';
import type { StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';
import { keysOf, type Owner } from './keys.ts';
import { beginsAt, momentOf, timeOf } from './moments.ts';
import { paidRows, placedRows, refundedRows, type SaleRow, type VisitRow, visitRows } from './rows.ts';
import { stopsOf } from './trail.ts';
import type { Dimension, Filter } from './traits.ts';

/** What a funnel counts. */
export const UNITS = ['visitor', 'visit', 'order'] as const;
export type Unit = (typeof UNITS)[number];

export interface TrailsQuestion {
  count: Unit;
  /** The days that a first step must lie in, and the days that all others are looked for in. */
  period: Days;
  read: Days;
  /** The steps that an event matches, a bit each; `detail` as in a trail. */
  stepsOf: (type: EventType, detail: string) => number;
  /** The types that any step is about. */
  types: ReadonlySet<EventType>;
  /** Keep what matches no step too. */
  others: boolean;
  /** Say where each was last seen. */
  last: boolean;
  by?: Dimension | undefined;
  filter?: Filter | undefined;
}

/** One unit that has a first step in the period. */
export interface Trail extends Owner {
  /** The merchant's order id, where orders are counted. */
  order: string | null;
  /** Its trait at entry, or '' where none was asked for. */
  key: string;
  /** What it did that counts, in sequence: by time, then visit, then the order in the visit's trail; see moments.ts. */
  moments: number[];
  /** Of what was read, where it was asked for. */
  lastPage: string | null;
  lastSeen: number;
}

/** What `orders` knows better than a trail. */
const SALES: ReadonlySet<EventType> = new Set(['order', 'payment']);

interface Gathered extends Trail {
  pageSeen: number;
}

/** Puts together what each unit did, a row at a time. */
function gathering({ count, period, stepsOf, others, last }: TrailsQuestion) {
  const units = new Map<string, Gathered>();

  function unitOf(visitor: string | null, visit: string | null, order: string | null): Gathered | undefined {
    // Neither a visitor's id nor a visit's has spaces in it.
    const ids = { visitor, visit: visitor && visit && `${visitor} ${visit}`, order };
    const id = ids[count];
    if (id === null) return;
    let unit = units.get(id);
    if (!unit) {
      const own = {
        visitor,
        visit: count === 'visitor' ? null : visit,
        order: count === 'order' ? order : null,
      };
      unit = { ...own, key: '', moments: [], lastPage: null, lastSeen: 0, pageSeen: 0 };
      units.set(id, unit);
    }
    return unit;
  }

  function keep(moments: number[], day: number, at: number, type: EventType, detail: string): void {
    const steps = stepsOf(type, detail);
    if (steps === 0 && !others) return;
    moments.push(momentOf(at, steps, (steps & 1) === 1 && period.from <= day && day <= period.to));
  }

  /** Orders and payments come from `orders`, where each is once, however often it was sent. */
  function addVisit([day, visitor, visit, start, trail]: VisitRow): void {
    const moments: number[] = [];
    let [lastPage, pageSeen, lastSeen]: [string | null, number, number] = [null, 0, 0];
    for (const { at, type, detail } of stopsOf(trail, start)) {
      lastSeen = at;
      if (type === 'visit') [lastPage, pageSeen] = [detail, at];
      if (type !== 'engaged' && !SALES.has(type)) keep(moments, day, at, type, detail);
    }
    if (moments.length === 0 && !last) return;
    const unit = unitOf(visitor, visit, null);
    if (!unit) return;
    unit.moments.push(...moments);
    unit.lastSeen = Math.max(unit.lastSeen, lastSeen);
    if (lastPage !== null && pageSeen >= unit.pageSeen) [unit.lastPage, unit.pageSeen] = [lastPage, pageSeen];
  }

  function addSale(type: EventType, [day, order, visitor, visit, at]: SaleRow): void {
    const unit = unitOf(visitor, visit, order);
    if (!unit) return;
    keep(unit.moments, day, at, type, '');
    unit.lastSeen = Math.max(unit.lastSeen, at);
  }

  return { units, addVisit, addSale };
}

/**
 * The units that have a first step in the period and pass the filter, with what they did in the days read.
 *
 * An order, its payment and (where orders are counted) its refunds are Tundish's own, whoever sent them; the refunds
 * of visitors and visits are those that their own events tell of.
 */
export async function readTrails(env: Env, store: StoreSettings, question: TrailsQuestion): Promise<Trail[]> {
  const { count, period, read, types, others, last, by, filter } = question;
  const { units, addVisit, addSale } = gathering(question);
  const wanted = (type: EventType) => others || last || types.has(type);
  if (count !== 'order' && EVENT_TYPES.some((type) => !SALES.has(type) && wanted(type)))
    for await (const row of visitRows(env, store.key, read)) addVisit(row);
  if (wanted('order')) for await (const row of placedRows(env, store.key, read)) addSale('order', row);
  if (wanted('payment')) for await (const row of paidRows(env, store.key, read)) addSale('payment', row);
  if (count === 'order' && wanted('refund'))
    for await (const [day, order, at, visitor, visit] of refundedRows(env, store.key, read))
      addSale('refund', [day, order, visitor, visit, at]);

  const entered = [...units.values()].filter(({ moments }) => moments.some(beginsAt));
  const scope = count === 'visitor' ? 'visitor' : 'visit';
  const keys = await keysOf(env, store.key, entered, { scope, from: period.from, by, filter });
  return entered.flatMap(({ pageSeen, ...unit }, n) => {
    const key = keys[n] ?? null;
    // Sorting is stable: among equals what was read first stays first.
    return key === null
      ? []
      : [{ ...unit, key, moments: unit.moments.sort((a, b) => timeOf(a) - timeOf(b)) }];
  });
}
