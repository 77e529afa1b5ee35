// The tracker of one page: takes calls, makes events of them, sees that they leave. Needs a browser.
import { EFFECTIVE, type EventType, type Fields, type WireEvent } from './event.ts';
import { eventId } from './id.ts';
import { put, recorded } from './outbox.ts';
import { pageUrl, referrerOf } from './page.ts';
import { leave, send } from './send.ts';
import { openStorage, type Target } from './storage.ts';
import { watchViews } from './view.ts';
import { touchVisit, visitAt } from './visit.ts';

/** What a shop may report; attention is measured, not told. */
export type Trackable = Exclude<EventType, 'engaged'>;

/** A view counted by hand may name its page; it is the current one otherwise. */
export type FieldsOf<T extends Trackable> = T extends 'visit' ? Fields[T] & { url?: string } : Fields[T];

/** The type, and its fields, which may be left out where none is required. */
export type Call<T extends Trackable = Trackable> = T extends Trackable
  ? Partial<FieldsOf<T>> extends FieldsOf<T>
    ? [type: T, fields?: FieldsOf<T>]
    : [type: T, fields: FieldsOf<T>]
  : never;

/** A call as it comes from a page that no compiler has seen. */
type AnyCall = [type: EventType, fields?: object];

/** Seconds of attention since an event last carried it. */
let attention = 0;
let referrer: string | undefined;
/** Calls from before the start; undefined since. */
let early: AnyCall[] | undefined = [];

/** The fields go as they were given: the collector judges them and gives its reason. */
const record = (type: EventType, given?: object | null): void => {
  const fields: { order?: unknown; url?: string } = given ?? {};
  // One id for reload, second tab, retry, adapter and webhook. Without an order number there is nothing to
  // share it by, and the collector says so. A refund may come in parts.
  const shared = /^order$|^payment$/.test(type) && fields.order ? `${type}:${`${fields.order}`.trim()}` : '';
  if (recorded(shared)) return;
  const at = Date.now();
  const visit = touchVisit(at);
  // `at` comes first in the JSON, by which the outbox sorts; and no field of a call may change it.
  put(
    Object.assign({ at }, fields, {
      at,
      id: shared || eventId(visit, at),
      type,
      visit,
      url: pageUrl(fields.url ? new URL(fields.url, location.href) : location),
      referrer,
      engaged: attention * 1000 || undefined,
    }) as WireEvent,
  );
  referrer = undefined;
  attention = 0;
  // After the present task: the calls of one moment leave together.
  setTimeout(send);
};

/** Takes one call; before the start it waits. A shop's page never fails because of its measuring. */
export const take = (...call: AnyCall): void => {
  try {
    if (early) early.push(call);
    else record(...call);
  } catch {
    // Nothing that the page could do about it.
  }
};

/** Begins with the page's view, then takes the calls that came before. */
export const begin = (target: Target): void => {
  const start = (): void => {
    const calls = early ?? [];
    early = undefined;
    openStorage(target);
    referrer = referrerOf(document.referrer, location.origin);
    watchViews(() => take('visit'));
    for (const call of calls) take(...call);
    setInterval(() => {
      // Counting seconds is precise enough, and smaller than listening to all that moves the focus. A page in
      // the background, asleep or in the back/forward cache has none. An event costs its rows: only the visit
      // that would otherwise seem to have left at once needs this one.
      if (document.hasFocus() && ++attention === EFFECTIVE.engaged / 1000 && visitAt(Date.now())[2] === 1)
        take('engaged');
      void send();
    }, 1000);
    addEventListener('visibilitychange', () => send(document.hidden));
    addEventListener('pagehide', leave);
  };
  // A page that is rendered ahead may never be seen: its view begins with its activation.
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', start);
  } else {
    start();
  }
};
