// What the maturity of a cohort must be, counted by brute force over the raw events: no SQL, nothing of the engine.
import { type Confirm, dayIn, isConfirmed, type RawEvent } from './oracle.ts';

export interface AskedMaturity {
  timezone: string;
  confirm?: Confirm;
  from: string;
  to: string;
  basis: 'order' | 'payment';
  originOf: (event: RawEvent) => Record<'channel' | 'source' | 'medium' | 'campaign', string | null>;
  /** Traits that must have these values. */
  filter: Record<string, string>;
}

export interface HandCount {
  consulting_visitors: number;
  same_day: number;
  next_day: number;
  seven_days: number;
  final: number;
}

const inOrder = (a: RawEvent, b: RawEvent) => a.at - b.at || (a.id < b.id ? -1 : 1);
const sorted = (events: RawEvent[]) => [...events].sort(inOrder);
export const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** The sale that stands for all of one type of an order: confirmed, else under the order's own id, else the earliest. */
function foremost(events: RawEvent[], type: string): RawEvent | undefined {
  const sales = sorted(events.filter((event) => event.type === type));
  const confirmed = sales.find(isConfirmed);
  if (confirmed) return confirmed;
  return sales.find(({ id, order }) => id === `${type}:${order}`) ?? sales[0];
}

/** Whose orders these are, with their placing and payment. */
function sales(events: RawEvent[], confirm: Confirm = 'none') {
  const numbered = Map.groupBy(
    events.filter(({ order }) => order !== undefined),
    ({ order }) => order,
  );
  return [...numbered.values()].map((mine) => {
    const named = mine.filter(({ visitor }) => visitor != null);
    const known = named.some(isConfirmed) ? named.filter(isConfirmed) : named;
    const counting = (type: string) =>
      mine.filter(
        (event) => isConfirmed(event) || confirm === 'none' || (confirm === 'payments' && type === 'order'),
      );
    const owner = foremost(known, 'order') ?? foremost(known, 'payment') ?? sorted(known)[0];
    return {
      owner: owner?.visitor,
      placed: foremost(counting('order'), 'order'),
      paid: foremost(counting('payment'), 'payment'),
    };
  });
}

/** What is known of a visitor by their first visit. */
function traitOf(mine: RawEvent[], dimension: string, { timezone, from, originOf }: AskedMaturity): string {
  const start = (visit: RawEvent[]) => sorted(visit)[0]?.at as number;
  const visits = [...Map.groupBy(mine, ({ visit }) => visit as string)].sort(
    ([a, one], [b, other]) => start(one) - start(other) || (a < b ? -1 : 1),
  );
  const events = sorted(visits[0]?.[1] ?? []);
  const pages = events.filter(({ type }) => type === 'visit');
  const pathOf = (page: RawEvent | undefined) => (page?.url ? new URL(page.url).pathname : '(none)');
  switch (dimension) {
    case 'visitor_kind':
      return dayIn(timezone, start(events)) < from ? 'returning' : 'new';
    case 'entry':
      return pathOf(pages[0]);
    case 'exit':
      return pathOf(pages.at(-1));
    case 'device':
      return events[0]?.device ?? '(none)';
    case 'country':
      return events[0]?.country ?? '(none)';
    default: {
      const origin = pages[0] ? originOf(pages[0]) : undefined;
      return (
        origin?.[dimension as 'channel' | 'source' | 'medium' | 'campaign'] ??
        (dimension === 'channel' ? 'direct' : '(none)')
      );
    }
  }
}

/** The Monday of a date's week. */
function mondayOf(date: string): string {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const back = (new Date(noon).getUTCDay() + 6) % 7;
  return new Date(noon - back * 86_400_000).toISOString().slice(0, 10);
}

/** The row that a date belongs to. */
export function stretchIn(by: string, date: string): string {
  if (by === 'week') return mondayOf(date);
  return by === 'month' ? date.slice(0, 7) : date;
}

/** Counts of each key that has anybody; `by` is '' for all. */
export function maturityByHand(events: RawEvent[], asked: AskedMaturity, by: string): Map<string, HandCount> {
  const { timezone, from, to, basis, filter } = asked;
  const dated = (event: RawEvent) => dayIn(timezone, event.at);
  const inside = (event: RawEvent) => from <= dated(event) && dated(event) <= to;
  const orders = sales(events, asked.confirm);
  const people = Map.groupBy(
    events.filter(({ visitor, visit }) => visitor != null && visit != null),
    ({ visitor }) => visitor as string,
  );
  const rows = new Map<string, HandCount>();
  for (const [visitor, mine] of people) {
    const inquiry = sorted(mine.filter((event) => event.type === 'inquiry' && inside(event)))[0];
    if (!inquiry) continue;
    const theirs = orders.filter(({ owner }) => owner === visitor);
    const placedBefore = theirs.some(
      ({ placed }) => placed && inside(placed) && inOrder(placed, inquiry) < 0,
    );
    if (placedBefore) continue;
    if (Object.entries(filter).some(([name, value]) => traitOf(mine, name, asked) !== value)) continue;
    const after = theirs.filter(({ placed }) => placed && inOrder(inquiry, placed) < 0);
    const deeds = after.map(({ placed, paid }) => (basis === 'order' ? placed : paid));
    const delays = deeds.flatMap((deed) => (deed ? [daysBetween(dated(inquiry), dated(deed))] : []));
    const soonest = Math.min(...delays);
    const calendar = by === 'day' || by === 'week' || by === 'month';
    const trait = by === '' ? '' : traitOf(mine, by, asked);
    const key = calendar ? stretchIn(by, dated(inquiry)) : trait;
    const row = rows.get(key) ?? {
      consulting_visitors: 0,
      same_day: 0,
      next_day: 0,
      seven_days: 0,
      final: 0,
    };
    row.consulting_visitors += 1;
    if (soonest < 1) row.same_day += 1;
    if (soonest < 2) row.next_day += 1;
    if (soonest < 8) row.seven_days += 1;
    if (delays.length > 0) row.final += 1;
    rows.set(key, row);
  }
  return rows;
}
