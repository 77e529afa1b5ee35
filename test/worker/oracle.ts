// What the answer must be, counted by brute force over the raw events: no SQL and nothing shared with the engine.

export interface RawEvent {
  id: string;
  type: string;
  visitor?: string | null;
  visit?: string | null;
  at: number;
  url?: string;
  referrer?: string;
  order?: string;
  value?: number;
  currency?: string;
  engaged?: number;
  name?: string;
  device?: string;
  country?: string;
}

/** Which sales count only when a server has confirmed them. */
export type Confirm = 'none' | 'payments' | 'all';

export interface Asked {
  timezone: string;
  /** Left out, whatever is claimed counts until something is confirmed. */
  confirm?: Confirm;
  /** Minor units by currency above which a claim adds nothing to any sum; left out, none does. */
  claims?: Record<string, number>;
  from: string;
  to: string;
  scope: 'visitor' | 'visit';
  basis: 'order' | 'payment';
  /** What dates money. */
  money: 'order' | 'payment';
  /** What a landing address or referrer means, as the test that made it knows. */
  originOf: (event: RawEvent) => {
    channel: string | null;
    source: string | null;
    medium: string | null;
    campaign: string | null;
  };
  /** Traits that must have these values. */
  filter?: Record<string, string>;
}

/** (at, id) as the agreement says; plain comparison of text. */
const earlier = (a: RawEvent, b: RawEvent) => a.at < b.at || (a.at === b.at && a.id < b.id);
const first = (events: RawEvent[]) =>
  events.reduce<RawEvent | undefined>(
    (best, event) => (!best || earlier(event, best) ? event : best),
    undefined,
  );

/** The calendar day by Intl, which the engine does not use. */
const formats = new Map<string, Intl.DateTimeFormat>();
export function dayIn(timezone: string, at: number): string {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timezone, format);
  }
  return format.format(at);
}

/** The beginning of the hour of its day in which a moment lies, found by walking back to midnight. */
function hourIn(timezone: string, at: number): string {
  const day = dayIn(timezone, at);
  const quarter = 15 * 60_000;
  let midnight = Math.floor(at / quarter) * quarter;
  while (dayIn(timezone, midnight - quarter) === day) midnight -= quarter;
  const begins = midnight + Math.floor((at - midnight) / 3_600_000) * 3_600_000;
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(begins);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}${offset}`;
}

export interface Order {
  id: string;
  placed: RawEvent | undefined;
  paid: RawEvent | undefined;
  owner: RawEvent | undefined;
  /** What each refund took effect for: together never more than was paid. */
  refunds: { at: number; amount: number }[];
}

const MINOR: Record<string, number> = { USD: 100, EUR: 100, JPY: 1 };
export const minor = (event: RawEvent) =>
  Math.round((event.value ?? 0) * (MINOR[event.currency ?? ''] ?? 100));

/** A server's word, by the id that no browser can send. */
export const isConfirmed = ({ id, type }: RawEvent) => id.startsWith(`${type}!:`);

/** A sale as it is added up: a claim above the bound is worth nothing until it, or its other half, is confirmed. */
function worthOf(sale: RawEvent | undefined, other: RawEvent | undefined, claims: Record<string, number>) {
  if (!sale || isConfirmed(sale) || minor(sale) <= (claims[sale.currency ?? ''] ?? Infinity)) return sale;
  const isSure =
    other && isConfirmed(other) && other.currency === sale.currency && minor(other) >= minor(sale);
  return isSure ? sale : { ...sale, value: 0 };
}

export function ordersOf(
  events: readonly RawEvent[],
  confirm: Confirm = 'none',
  claims: Record<string, number> = {},
): Order[] {
  const ids = [...new Set(events.flatMap(({ order }) => (order === undefined ? [] : [order])))];
  return ids.map((id) => {
    // What is confirmed goes before any claim, then the sale under the order's own id before any other.
    const own = ({ type, id: made }: RawEvent) => made === `${type}:${id}`;
    const best = (some: RawEvent[], test: (event: RawEvent) => boolean) =>
      some.some(test) ? some.filter(test) : some;
    const foremost = (some: RawEvent[]) => first(best(best(some, isConfirmed), own));
    const mine = events.filter(({ order }) => order === id);
    const known = best(
      mine.filter(({ visitor }) => visitor != null),
      isConfirmed,
    );
    const payments = mine.filter(({ type }) => type === 'payment');
    const placings = mine.filter(({ type }) => type === 'order');
    const ordered = foremost(confirm === 'all' ? placings.filter(isConfirmed) : placings);
    const received = foremost(confirm === 'none' ? payments : payments.filter(isConfirmed));
    const paid = worthOf(received, ordered, claims);
    const sure = confirm !== 'none' || mine.some((event) => event.type !== 'order' && isConfirmed(event));
    let left = paid ? minor(paid) : 0;
    const refunds = mine
      .filter(({ type, currency }) => type === 'refund' && paid && currency === paid.currency)
      .filter((event) => !sure || isConfirmed(event))
      .sort((a, b) => a.at - b.at)
      .map((event) => {
        const amount = Math.min(left, minor(event));
        left -= amount;
        return { at: event.at, amount };
      });
    return {
      id,
      placed: worthOf(ordered, received, claims),
      paid,
      owner:
        foremost(known.filter(({ type }) => type === 'order')) ??
        foremost(known.filter(({ type }) => type === 'payment')) ??
        first(known),
      refunds,
    };
  });
}

const visitKey = ({ visitor, visit }: RawEvent) => `${visitor} ${visit}`;

/** Counts by the words of the definitions, one key at a time; '' is the total. */
export function countByHand(raw: readonly RawEvent[], asked: Asked, by: string) {
  const events = [...new Map(raw.map((event) => [event.id, event])).values()];
  const inPeriod = (at: number) => {
    const day = dayIn(asked.timezone, at);
    return asked.from <= day && day <= asked.to;
  };
  const known = events.filter(({ visitor, visit }) => visitor != null && visit != null);
  const visits = Map.groupBy(known, visitKey);
  const orders = ordersOf(events, asked.confirm, asked.claims);
  const startOf = (visit: RawEvent[]) => Math.min(...visit.map(({ at }) => at));
  const views = (visit: RawEvent[]) => visit.filter(({ type }) => type === 'visit');
  const nothing = { channel: null, source: null, medium: null, campaign: null };
  const ownOrigin = (visit: RawEvent[]) => {
    const entry = first(views(visit));
    return entry ? asked.originOf(entry) : nothing;
  };
  const isEffective = (visit: RawEvent[]) =>
    visit.filter(({ type }) => type === 'visit').length >= 2 ||
    visit.reduce((sum, { engaged }) => sum + (engaged ?? 0), 0) >= 10_000 ||
    visit.some(({ type }) => type !== 'visit' && type !== 'engaged');

  const before = (a: RawEvent[], b: RawEvent[]) =>
    startOf(a) - startOf(b) || ((a[0]?.visit ?? '') < (b[0]?.visit ?? '') ? -1 : 1);
  const visitsOf = (visitor: string) =>
    [...visits.values()].filter(([event]) => event?.visitor === visitor).sort(before);
  /** Where a direct visit inherits its origin from, if anywhere; any other visit from itself. */
  const originVisit = (visit: RawEvent[]) => {
    if (ownOrigin(visit).channel !== null) return visit;
    const last = visitsOf(visit[0]?.visitor as string)
      .filter((other) => before(other, visit) < 0 && ownOrigin(other).channel !== null)
      .at(-1);
    return last && startOf(visit) - startOf(last) <= 30 * 24 * 3600 * 1000 ? last : visit;
  };

  const unitOf = (event: RawEvent) => (asked.scope === 'visit' ? visitKey(event) : (event.visitor as string));
  /** A unit's value of a dimension: of visitors their first visit's, of visits their own. */
  const traitOf = (unit: string, dimension: string): string => {
    const byVisit = asked.scope === 'visit';
    const visit = byVisit ? visits.get(unit) : visitsOf(unit)[0];
    if (dimension === 'visitor_kind') {
      if (!visit) return 'new';
      if (byVisit) return visitsOf(visit[0]?.visitor as string)[0] === visit ? 'new' : 'returning';
      return dayIn(asked.timezone, startOf(visit)) >= asked.from ? 'new' : 'returning';
    }
    const origin = visit ? ownOrigin(byVisit ? originVisit(visit) : visit) : nothing;
    if (dimension === 'channel') return origin.channel ?? 'direct';
    if (!visit) return '(none)';
    const path = (event: RawEvent | undefined) => event?.url && new URL(event.url).pathname;
    const latest = views(visit).reduce<RawEvent | undefined>(
      (best, event) => (!best || earlier(best, event) ? event : best),
      undefined,
    );
    const values: Record<string, string | null | undefined> = {
      source: origin.source,
      medium: origin.medium,
      campaign: origin.campaign,
      device: first(visit)?.device,
      country: first(visit)?.country,
      entry: path(first(views(visit))),
      exit: path(latest),
    };
    return values[dimension] ?? '(none)';
  };
  const passes = (unit: string | null) =>
    Object.entries(asked.filter ?? {}).every(
      ([dimension, value]) => (unit === null ? 'unattributed' : traitOf(unit, dimension)) === value,
    );

  /** Everything somebody did: their own events, and their orders and payments whoever sent those. */
  const acts: { unit: string; visit: string; at: number; id: string; what: string; effective: boolean }[] =
    [];
  for (const event of known) {
    const effective = isEffective(visits.get(visitKey(event)) ?? []);
    const what = event.type === 'visit' || event.type === 'inquiry' ? event.type : 'other';
    acts.push({ unit: unitOf(event), visit: visitKey(event), at: event.at, id: event.id, what, effective });
  }
  for (const { placed, paid, owner } of orders) {
    if (!owner) continue;
    const common = { unit: unitOf(owner), visit: visitKey(owner), effective: true };
    if (placed) acts.push({ ...common, at: placed.at, id: placed.id, what: 'order' });
    if (paid) acts.push({ ...common, at: paid.at, id: paid.id, what: 'payment' });
  }

  const keysOf = (unit: string | null, at: number): string => {
    const day = dayIn(asked.timezone, at);
    if (by === '') return '';
    if (by === 'day') return day;
    if (by === 'month') return day.slice(0, 7);
    if (by === 'hour') return hourIn(asked.timezone, at);
    if (by === 'week') {
      const monday = new Date(`${day}T12:00:00Z`);
      while (monday.getUTCDay() !== 1) monday.setUTCDate(monday.getUTCDate() - 1);
      return monday.toISOString().slice(0, 10);
    }
    return unit === null ? 'unattributed' : traitOf(unit, by);
  };
  const inside = acts.filter(({ at, unit }) => inPeriod(at) && passes(unit));
  const rows = new Map<string, Record<string, number>>();
  const row = (key: string) => {
    let found = rows.get(key);
    if (!found) {
      found = Object.fromEntries(
        [
          'visitors',
          'effective_visitors',
          'consulting_visitors',
          'silent_visitors',
          'buyers',
          'consulting_buyers',
          'silent_buyers',
          'paying_visitors',
          'consulting_paying_visitors',
          'silent_paying_visitors',
          'visits',
          'pages',
          'inquiries',
          'orders',
          'paid_orders',
          'unattributed_orders',
        ].map((name) => [name, 0]),
      );
      rows.set(key, found);
    }
    return found;
  };
  const add = (key: string, name: string, count: number | boolean) => {
    const counts = row(key);
    counts[name] = (counts[name] ?? 0) + Number(count);
  };

  for (const [key, sharers] of Map.groupBy(inside, ({ unit, at }) => keysOf(unit, at)))
    for (const mine of Map.groupBy(sharers, ({ unit }) => unit).values()) {
      const sorted = [...mine].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
      const order = sorted.findIndex(({ what }) => what === 'order');
      const inquiry = sorted.findIndex(({ what }) => what === 'inquiry');
      const consulting = inquiry >= 0 && (order < 0 || inquiry < order);
      const paying = sorted.some(({ what }) => what === 'payment');
      add(key, 'visitors', 1);
      add(
        key,
        'effective_visitors',
        sorted.some(({ effective }) => effective),
      );
      add(key, consulting ? 'consulting_visitors' : 'silent_visitors', 1);
      add(key, 'buyers', order >= 0);
      add(key, consulting ? 'consulting_buyers' : 'silent_buyers', order >= 0);
      add(key, 'paying_visitors', paying);
      add(key, consulting ? 'consulting_paying_visitors' : 'silent_paying_visitors', paying);
      add(key, 'visits', new Set(sorted.map(({ visit }) => visit)).size);
      add(key, 'pages', sorted.filter(({ what }) => what === 'visit').length);
      add(key, 'inquiries', sorted.filter(({ what }) => what === 'inquiry').length);
    }

  const amounts = new Map<string, Record<string, number>>();
  /** Units under each key and currency ('' is any) whose payments count. */
  const payers = new Map<string, Set<string>>();
  const put = (key: string, currency: string, name: string, amount: number) => {
    const at = `${key} ${currency}`;
    const sums = amounts.get(at) ?? { order_value: 0, gross: 0, refunded: 0, attributed: 0 };
    sums[name] = (sums[name] ?? 0) + amount;
    amounts.set(at, sums);
  };
  const pay = (key: string, unit: string | null, paid: RawEvent) => {
    put(key, paid.currency as string, 'gross', minor(paid));
    if (unit === null) return;
    put(key, paid.currency as string, 'attributed', minor(paid));
    for (const currency of [paid.currency as string, '']) {
      const at = `${key} ${currency}`;
      payers.set(at, (payers.get(at) ?? new Set()).add(unit));
    }
  };
  for (const { placed, paid, owner, refunds } of orders) {
    const unit = owner ? unitOf(owner) : null;
    if (!passes(unit)) continue;
    if (placed && inPeriod(placed.at)) {
      const key = keysOf(unit, placed.at);
      add(key, 'orders', 1);
      add(key, 'paid_orders', paid !== undefined);
      add(key, 'unattributed_orders', !owner);
      put(key, placed.currency as string, 'order_value', minor(placed));
      if (paid && asked.money === 'order') {
        pay(key, unit, paid);
        for (const { amount } of refunds) put(key, paid.currency as string, 'refunded', amount);
      }
    }
    if (!paid || asked.money === 'order') continue;
    if (inPeriod(paid.at)) pay(keysOf(unit, paid.at), unit, paid);
    for (const { at, amount } of refunds)
      if (inPeriod(at) && amount > 0) put(keysOf(unit, at), paid.currency as string, 'refunded', amount);
  }
  const each = (at: string) => {
    const { attributed = 0, ...sums } = amounts.get(at) ?? {};
    const people = payers.get(at)?.size ?? 0;
    return { ...sums, paid_per_buyer: people === 0 ? null : attributed / people };
  };
  return { rows, amounts: new Map([...amounts.keys()].map((at) => [at, each(at)])) };
}
