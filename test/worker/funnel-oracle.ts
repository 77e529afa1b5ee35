// What a funnel must answer, walked by brute force over the raw events: no SQL and nothing shared with the engine.
import { type Confirm, dayIn, ordersOf, type RawEvent } from './oracle.ts';

export interface AskedFunnel {
  timezone: string;
  confirm?: Confirm;
  from: string;
  to: string;
  steps: string[];
  order: 'ordered' | 'strict' | 'any';
  /** Milliseconds. */
  window: number;
  count: 'visitor' | 'visit' | 'order';
  by?: string | undefined;
  /** Traits that must have these values. */
  filter?: Record<string, string>;
  originOf: (event: RawEvent) => Record<string, string | null>;
}

export interface Walker {
  visitor: string | null;
  visit: string | null;
  order: string | null;
  key: string;
  /** Of the steps reached by the best attempt. */
  times: number[];
  lastPage: string | null;
  lastSeen: number;
}

interface Act {
  visitor: string | null;
  visit: string | null;
  order: string | null;
  at: number;
  type: string;
  /** The path of a page or the name of a step. */
  detail: string;
  /** Whether it may be a step, or only shows that somebody is there. */
  counts: boolean;
}

const DAY = 86_400_000;
const pathOf = ({ url }: RawEvent) => (url === undefined ? null : new URL(url).pathname);
const byTime = (a: RawEvent, b: RawEvent) => a.at - b.at || (a.id < b.id ? -1 : 1);
const shift = (date: string, days: number) =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Everything that happened, in sequence: by time, then visit, then id; the shop's orders after what visitors did. */
function actsOf(events: readonly RawEvent[], { count, confirm }: AskedFunnel): Act[] {
  const acts: Act[] = [];
  const known = events.filter(({ visitor, visit }) => visitor != null && visit != null);
  if (count !== 'order')
    for (const event of known.sort((a, b) =>
      (a.visit ?? '') < (b.visit ?? '') ? -1 : a.visit === b.visit ? byTime(a, b) : 1,
    )) {
      const { visitor = null, visit = null, at, type } = event;
      const counts = !['order', 'payment', 'engaged'].includes(type);
      const detail = (type === 'visit' ? pathOf(event) : event.name) ?? '';
      acts.push({ visitor, visit, order: null, at, type, detail, counts });
    }
  for (const { id, placed, paid, owner, refunds } of ordersOf(events, confirm)) {
    const common = {
      visitor: owner?.visitor ?? null,
      visit: owner?.visit ?? null,
      order: id,
      detail: '',
      counts: true,
    };
    if (placed) acts.push({ ...common, at: placed.at, type: 'order' });
    if (paid) acts.push({ ...common, at: paid.at, type: 'payment' });
    if (count !== 'order') continue;
    // What was given back at one moment is one refund; what takes no effect is none.
    const moments = new Set(refunds.filter(({ amount }) => amount > 0).map(({ at }) => at));
    for (const at of moments) acts.push({ ...common, at, type: 'refund' });
  }
  return acts.sort((a, b) => a.at - b.at);
}

function matches({ type, detail, counts }: Act, step: string): boolean {
  if (!counts) return false;
  if (step.startsWith('custom:')) return type === 'custom' && step === `custom:${detail}`;
  if (!step.startsWith('/')) return type === step;
  const pattern = step.split('*').map((part) => part.replace(/[^\w/]/g, '\\$&'));
  return type === 'visit' && new RegExp(`^${pattern.join('.*')}$`).test(detail);
}

/** The times of the steps reached from a beginning. */
function attempt(acts: readonly Act[], first: Act, { steps, order, window }: AskedFunnel): number[] {
  const taken = [first];
  const times = [first.at];
  for (const step of steps.slice(1)) {
    const previous = times[times.length - 1] as number;
    const next = acts.find(
      (act) =>
        matches(act, step) &&
        !taken.includes(act) &&
        act.at <= first.at + window &&
        (order === 'any' ? act.at >= first.at - window : act.at >= previous - 2000),
    );
    if (!next) return times;
    const time = order === 'any' ? next.at : Math.max(next.at, previous);
    const detour = acts.some(
      (act) => act.counts && act.at > previous + 2000 && act.at < time - 2000 && order === 'strict',
    );
    if (detour) return times;
    taken.push(next);
    times.push(time);
  }
  return times;
}

/** The value of a dimension at entry, of a visitor by their first visit, of a visit by itself. */
export function traitsOf(
  events: readonly RawEvent[],
  { count, timezone, from, originOf }: Pick<AskedFunnel, 'count' | 'timezone' | 'from' | 'originOf'>,
) {
  const visits = [
    ...Map.groupBy(
      events.filter(({ visitor, visit }) => visitor != null && visit != null),
      ({ visitor, visit }) => `${visitor} ${visit}`,
    ).values(),
  ].map((some) => {
    const sorted = some.sort(byTime);
    const views = sorted.filter(({ type }) => type === 'visit');
    const [beginning, entry] = [sorted[0] as RawEvent, views[0]];
    const origin: Record<string, string | null> = entry ? originOf(entry) : {};
    return { beginning, origin, entry, exit: views.at(-1) };
  });
  visits.sort(
    ({ beginning: a }, { beginning: b }) => a.at - b.at || ((a.visit ?? '') < (b.visit ?? '') ? -1 : 1),
  );
  return (visitor: string | null, visit: string | null, dimension: string): string => {
    if (visitor === null) return 'unattributed';
    const theirs = visits.filter(({ beginning }) => beginning.visitor === visitor);
    const n = count === 'visitor' ? 0 : theirs.findIndex(({ beginning }) => beginning.visit === visit);
    const own = theirs[n];
    if (!own) throw new Error('Who does something has a visit.');
    if (dimension === 'visitor_kind') {
      if (count !== 'visitor') return n === 0 ? 'new' : 'returning';
      return dayIn(timezone, own.beginning.at) >= from ? 'new' : 'returning';
    }
    const earlier = theirs.slice(0, n).findLast(({ origin }) => origin.channel);
    const isInherited =
      !own.origin.channel &&
      earlier &&
      own.beginning.at - earlier.beginning.at <= 30 * DAY &&
      count !== 'visitor';
    const origin = isInherited ? earlier.origin : own.origin;
    if (dimension === 'channel') return origin.channel ?? 'direct';
    const rest: Record<string, string | null | undefined> = {
      ...origin,
      device: own.beginning.device,
      country: own.beginning.country,
      entry: own.entry && pathOf(own.entry),
      exit: own.exit && pathOf(own.exit),
    };
    return rest[dimension] ?? '(none)';
  };
}

/** Everybody (or every visit, or order) with a first step in the period, as the definitions say. */
export function walkByHand(raw: readonly RawEvent[], asked: AskedFunnel): Walker[] {
  const { count, steps, order, window, timezone, from, to, by, filter = {} } = asked;
  const events = [...new Map(raw.map((event) => [event.id, event])).values()];
  const traitOf = traitsOf(events, asked);
  const span = Math.ceil(window / DAY) + 1;
  const readFrom = shift(from, order === 'any' ? -span : -1);
  const readTo = shift(to, span);
  const unitOf = ({ visitor, visit, order }: Act) =>
    count === 'order' ? order : visitor && (count === 'visit' ? `${visitor} ${visit}` : visitor);
  return [...Map.groupBy(actsOf(events, asked), unitOf)].flatMap(([unit, acts]): Walker[] => {
    const { visitor, visit } = acts[0] as Act;
    if (unit === null) return [];
    for (const [dimension, value] of Object.entries(filter))
      if (traitOf(visitor, visit, dimension) !== value) return [];
    let times: number[] = [];
    for (const act of acts) {
      const day = dayIn(timezone, act.at);
      if (day < from || day > to || !matches(act, steps[0] as string)) continue;
      const found = attempt(acts, act, asked);
      if (found.length > times.length) times = found;
    }
    if (times.length === 0) return [];
    const seen = acts.filter(({ at }) => readFrom <= dayIn(timezone, at) && dayIn(timezone, at) <= readTo);
    return [
      {
        visitor,
        visit: count === 'visitor' ? null : visit,
        order: count === 'order' ? unit : null,
        key: by === undefined ? '' : traitOf(visitor, visit, by),
        times,
        lastPage: seen.findLast(({ type }) => type === 'visit')?.detail ?? null,
        lastSeen: seen.at(-1)?.at ?? 0,
      },
    ];
  });
}

/** What the endpoint says of each step, from those who walked. */
export function countSteps(steps: readonly string[], walkers: readonly Walker[]) {
  const reached = (n: number) => walkers.filter(({ times }) => times.length >= n);
  return steps.map((step, index) => {
    const n = index + 1;
    const times = reached(n)
      .map(({ times }) => Math.abs((times[n - 1] as number) - (times[n - 2] ?? Number.NaN)))
      .sort((a, b) => a - b);
    const half = times.length / 2;
    const median = Number.isInteger(half)
      ? ((times[half - 1] as number) + (times[half] as number)) / 2
      : times[Math.floor(half)];
    // The smallest time that at least nine of ten do not exceed.
    const ninth = times.find(
      (time) => times.filter((other) => other <= time).length * 10 >= times.length * 9,
    );
    const timed = n > 1 && times.length > 0;
    return {
      step,
      count: reached(n).length,
      from_first: [reached(n).length, reached(1).length],
      from_previous: n > 1 ? [reached(n).length, reached(n - 1).length] : null,
      lost: n > 1 ? reached(n - 1).length - reached(n).length : 0,
      median_ms: timed ? median : null,
      p90_ms: timed ? ninth : null,
    };
  });
}
