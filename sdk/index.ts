// The npm API: init once, then track. Importing it touches nothing, so a server may render with it.
import type { Target } from './storage.ts';
import { begin, type Call, type Trackable, take } from './tracker.ts';

export type { EventType, Fields, InquiryWay, Item, Props } from './event.ts';
export type { Call, FieldsOf, Trackable } from './tracker.ts';
export type Options = Target;

let begun = false;

/**
 * Starts measuring this page. Only the first call counts, and on a server none does. `host` is the collector's
 * address; with `debug` its answers, a wrong store's refusal among them, go to the console.
 */
export function init(options: Options): void {
  if (typeof document === 'undefined' || begun) return;
  begun = true;
  begin(options);
}

/**
 * Reports one event. Values are in major units (49.99), currencies ISO 4217. An order or a payment counts once,
 * however often it is reported. Never throws; calls before `init` wait for it; on a server it does nothing.
 */
export function track<T extends Trackable>(...call: Call<T>): void {
  if (typeof document !== 'undefined') take(call[0], call[1]);
}
