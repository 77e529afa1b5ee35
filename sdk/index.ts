// The npm API: init once, then track. Importing it touches no page, so a server may render with it.
import { send } from './send.ts';
import type { Target } from './storage.ts';
import { begin, type Call, type Trackable, take } from './tracker.ts';
import { look } from './view.ts';
import { readHead, watchClicks } from './watch.ts';

export type { EventType, Fields, InquiryWay, Item, Props } from './event.ts';
export type { Call, FieldsOf, Trackable } from './tracker.ts';
export type Options = Omit<Target, 'consent' | 'privacy'> & {
  consent?: 'required';
  privacy?: 'all' | 'ignore';
};

let begun = false;

const inBrowser = (): boolean => typeof document !== 'undefined';

/**
 * Starts measuring this page. Only the first call counts, and on a server none does. `host` is the collector's
 * address.
 */
export function init(options: Options): void {
  if (!inBrowser() || begun) return;
  begun = true;
  begin({ ...options }, () => {
    look();
    void send();
  });
}

/**
 * Reports one event. Values are in major units (49.99), currencies ISO 4217. An order or a payment counts once,
 * however often it is reported, and an inquiry once for a visit and a way. Never throws; calls before `init` wait for
 * it; on a server it does nothing.
 */
export function track<T extends Trackable>(...call: Call<T>): void {
  if (inBrowser()) take(call[0], call[1]);
}

/** Tells the visitor's choice. What is denied is forgotten, and so is everything of ours on the device. */
export function consent(choice: 'granted' | 'denied'): void {
  if (inBrowser()) take('consent', choice);
}

/** Stops for good on this browser, and forgets the visitor. */
export function optout(): void {
  if (inBrowser()) take('optout');
}

/** Also reports what the page tells in plain HTML: data-tundish-* and meta elements, and links to ask by. */
export function watch(): void {
  if (!inBrowser()) return;
  readHead();
  setInterval(readHead, 1000);
  watchClicks();
}
