// A kept event as a line that the import reads back to the same: its fields as they are sent, its origin as it was found.
import type { EventType } from '../../sdk/event.ts';
import { pagePath } from '../../sdk/page.ts';
import { majorUnits } from './money.ts';

/** One row of `events`, as far as a line needs it. */
export interface KeptEvent {
  id: string;
  type: EventType;
  at: number;
  visitor: string | null;
  visit: string | null;
  path: string | null;
  channel: string | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  device: string | null;
  country: string | null;
  engaged: number | null;
  order: string | null;
  value: number | null;
  currency: string | null;
  /** JSON of what only some types carry. */
  data: string | null;
}

/** `origin` is the store's own: queries are not kept, so that addresses are made of it and the path. */
export function lineOf(event: KeptEvent, origin: string): Record<string, unknown> {
  const { path, channel, source, medium, campaign, value, currency, engaged, data, ...same } = event;
  const {
    term = null,
    content = null,
    click = null,
    ...extra
  } = JSON.parse(data ?? '{}') as Record<string, unknown>;
  const known: Record<string, unknown> = {
    ...same,
    ...(path === null ? {} : { url: origin + path }),
    // A path that was cut may be none of an address: /a/. is read as /a/.
    ...(path === null || pagePath(new URL(origin + path)) === path ? {} : { path }),
    ...(channel === null ? {} : { origin: { channel, source, medium, campaign, term, content, click } }),
    // What only says how long somebody looked has to say it.
    ...(engaged === null && event.type !== 'engaged' ? {} : { engaged: engaged ?? 0 }),
    ...(value === null || currency === null ? {} : { value: majorUnits(value, currency), currency }),
    ...extra,
  };
  return Object.fromEntries(Object.entries(known).filter(([, each]) => each !== null));
}
