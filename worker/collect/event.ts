// An event as the Worker keeps it: parsed, believed, placed in the store's calendar, with its origin named.
import type { EventType } from '../../sdk/event.ts';
import type { Channel } from './source/channel.ts';

/** A store's own rule: a visit whose origin matches every pattern given has this channel. `*` stands for anything. */
export interface ChannelRule {
  channel: Channel;
  source?: string | undefined;
  medium?: string | undefined;
  campaign?: string | undefined;
}

/**
 * Which sales count only when a server has confirmed them: none, payments and refunds, or orders too. Not found out
 * from what a server happens to have sent: whoever sends the first confirmation would turn all claims before it, and all
 * orders of a shop whose payment service confirms payments alone, into nothing.
 */
export const CONFIRM = ['none', 'payments', 'all'] as const;
export type Confirm = (typeof CONFIRM)[number];

/** What must be known of a store to take its events and to answer its questions. */
export interface StoreSettings {
  /** The row number inside the database; never leaves it. */
  key: number;
  id: string;
  origins: readonly string[];
  timezone: string;
  currency: string;
  /** Pages of a visit that make its visitor effective. */
  minPages: number;
  /** Milliseconds of attention in a visit that make its visitor effective. */
  minEngaged: number;
  channelRules: readonly ChannelRule[];
  confirm: Confirm;
  /** What one unit of another currency is worth in `currency`; null where sums stay apart. */
  exchangeRates: Readonly<Record<string, number>> | null;
  /** Events of one day above which pages' events are refused; null for the usual bound. */
  dailyEvents: number | null;
  /** Whole minor units above which what a browser alone claims is kept but not added up; null for the usual bound. */
  claimLimit: number | null;
  /** Whether everything is being derived anew after a setting has changed. */
  recounting: boolean;
}

/** One row of `events`. Amounts are whole minor units; `day` counts from 1970-01-01 in the store's time zone. */
export interface StampedEvent {
  id: string;
  type: EventType;
  visitor: string | null;
  visit: string | null;
  at: number;
  day: number;
  path: string | null;
  channel: Channel | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  device: string | null;
  country: string | null;
  engaged: number | null;
  order: string | null;
  value: number | null;
  currency: string | null;
  /** What only some types carry: via, method, items, name, props, item, term, content, click. */
  data: Record<string, unknown> | null;
}
