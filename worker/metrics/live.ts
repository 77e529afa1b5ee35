// The last half hour: who is here, what happened minute by minute, on which pages, from which channels.
import { z } from '@hono/zod-openapi';
import { EVENT_TYPES, type EventType } from '../../sdk/event.ts';
import { dayOf } from '../collect/calendar.ts';
import type { StoreSettings } from '../collect/event.ts';
import { CHANNELS } from '../collect/source/list.ts';
import type { Env } from '../env.ts';
import { readRecent } from '../store/recent.ts';
import { stopsOf } from '../store/trail.ts';

const MINUTE = 60_000;
const MINUTES = 30;
/** Who did something within so many minutes is here now. */
const NOW = 5;
/** Pages and channels that are named. */
const NAMED = 10;

export const liveQuestion = z
  .strictObject({
    store: z
      .string('Say which store: store=st_…')
      .openapi({ description: 'The store’s public id.', example: 'st_3v8k2m9qpa' }),
  })
  .openapi('LiveQuestion');

const count = z.int().min(0);

export const liveAnswer = z
  .object({
    store: z.string(),
    at: z.int().openapi({ description: 'The moment of the answer, milliseconds since 1970.' }),
    minutes: z.literal(MINUTES),
    complete: z.boolean().openapi({
      description:
        'False where today has more visits than are looked through; all numbers are then too small.',
    }),
    visitors_now: count.openapi({ description: `Who did something in the last ${NOW} minutes.` }),
    visitors: count.openapi({ description: `Who did something in the last ${MINUTES} minutes.` }),
    visits: count,
    events: z
      .object(Object.fromEntries(EVENT_TYPES.map((type) => [type, count])) as Record<EventType, typeof count>)
      .openapi({ description: 'How many of each type. Orders and payments are Tundish’s own, once each.' }),
    by_minute: z.array(
      z.object({
        at: z.int().openapi({ description: 'When the minute began.' }),
        visitors: count,
        pages: count,
      }),
    ),
    pages: z.array(z.object({ page: z.string(), visitors: count, views: count })),
    channels: z.array(z.object({ channel: z.enum(CHANNELS), visitors: count })),
  })
  .openapi('LiveAnswer');
export type LiveAnswer = z.infer<typeof liveAnswer>;

const byVisitors = (a: { visitors: number }, b: { visitors: number }) => b.visitors - a.visitors;

/** Distinct visitors under some keys. */
class Seen<K> {
  readonly #seen = new Map<K, Set<string>>();
  add(key: K, visitor: string): void {
    const set = this.#seen.get(key) ?? new Set();
    this.#seen.set(key, set.add(visitor));
  }
  of(key: K): number {
    return this.#seen.get(key)?.size ?? 0;
  }
  keys(): K[] {
    return [...this.#seen.keys()];
  }
}

export async function answerLive(env: Env, store: StoreSettings, now: number): Promise<LiveAnswer> {
  // Whole minutes, the one that runs included.
  const since = (Math.floor(now / MINUTE) - MINUTES + 1) * MINUTE;
  const days = { from: dayOf(since, store.timezone), to: dayOf(now, store.timezone) };
  const { visits, sales, complete } = await readRecent(env, store.key, days, since);
  const events = Object.fromEntries(EVENT_TYPES.map((type) => [type, 0])) as Record<EventType, number>;
  const [minutes, pages, channels] = [
    new Seen<number>(),
    new Seen<string>(),
    new Seen<(typeof CHANNELS)[number]>(),
  ];
  const [views, viewsOfMinute] = [new Map<string, number>(), new Map<number, number>()];
  const [here, lately, active] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { visitor, visit, start, channel, trail } of visits)
    for (const { at, type, detail } of stopsOf(trail, start)) {
      if (at < since || at > now) continue;
      here.add(visitor);
      active.add(`${visitor} ${visit}`);
      if (at >= now - NOW * MINUTE) lately.add(visitor);
      channels.add(channel as (typeof CHANNELS)[number], visitor);
      const minute = Math.floor(at / MINUTE) * MINUTE;
      minutes.add(minute, visitor);
      if (type !== 'order' && type !== 'payment') events[type]++;
      if (type !== 'visit') continue;
      viewsOfMinute.set(minute, (viewsOfMinute.get(minute) ?? 0) + 1);
      pages.add(detail, visitor);
      views.set(detail, (views.get(detail) ?? 0) + 1);
    }
  for (const { type, at } of sales) if (at <= now) events[type]++;
  return {
    store: store.id,
    at: now,
    minutes: MINUTES,
    complete,
    visitors_now: lately.size,
    visitors: here.size,
    visits: active.size,
    events,
    by_minute: Array.from({ length: MINUTES }, (_, n) => {
      const at = since + n * MINUTE;
      return { at, visitors: minutes.of(at), pages: viewsOfMinute.get(at) ?? 0 };
    }),
    pages: pages
      .keys()
      .map((page) => ({ page, visitors: pages.of(page), views: views.get(page) ?? 0 }))
      .sort(byVisitors)
      .slice(0, NAMED),
    channels: channels
      .keys()
      .map((channel) => ({ channel, visitors: channels.of(channel) }))
      .sort(byVisitors),
  };
}
