// The tracker of one page: takes calls, makes events of them, sees that they leave. Needs a browser.
import { EFFECTIVE, type EventType, type Fields, type WireEvent } from './event.ts';
import { newId } from './id.ts';
import { put } from './outbox.ts';
import { pageUrl } from './page.ts';
import { send } from './send.ts';
import { choice, choose, DENIED, GRANTED, KEY, keep, openStorage, type Target } from './storage.ts';
import { look } from './view.ts';
import { visitAt } from './visit.ts';

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

/** A call as it comes from a page that no compiler has seen, and when it was made. */
type AnyCall = [type: string, given: unknown, at: number];

/** Seconds of attention since an event last carried it. */
let attention = 0;
/** Whether the last event here began its visit, so that the visit has no other. */
let alone: boolean | undefined;
/** Calls that wait for the start or for consent. */
const held: AnyCall[] = [];

/**
 * Takes one call, made now or at a time. The fields go as they were given: the collector judges them and gives its
 * reason. A shop's page never fails because of its measuring.
 */
export const take = (type: string, given?: unknown, at = Date.now()): void => {
  try {
    const state = choice();
    if (state && /^(consent|optout)$/.test(type)) {
      choose(given);
      release();
    } else if (state === GRANTED) {
      const fields = (given ?? {}) as { order?: unknown; via?: unknown; url?: string };
      const [visitor, visit, begins] = visitAt(at);
      alone = begins;
      keep(KEY, `${visitor} ${visit} ${at}`);
      put({
        ...fields,
        at,
        type,
        // What can be seen twice has one id: an order and a payment for reload, second tab, adapter and webhook, an
        // inquiry for all that sees it in one visit. Without an order number there is nothing to share it by, and
        // the collector says so. A refund may come in parts.
        id:
          fields.order && /^(order|payment)$/.test(type)
            ? `${type}:${fields.order}`
            : `${visit}.${type === 'inquiry' ? fields.via : newId(at)}`,
        visit,
        url: pageUrl(new URL(fields.url ?? location.href, location.href)),
        referrer: document.referrer.split('?')[0],
        engaged: attention * 1000,
      } as WireEvent);
      attention = 0;
      // After the present task: the calls of one moment leave together.
      setTimeout(send);
    } else if (state !== DENIED) held.push([type, given, at]);
  } catch {
    // Nothing that the page could do about it.
  }
};

/** Takes what was held once more, now that more is known. */
const release = (): void => {
  for (const call of held.splice(0)) take(...call);
};

/** Begins with the calls that came before; `tick` is called then and every second. */
export const begin = (to: Target, tick: () => void): void => {
  const start = (): void => {
    openStorage(to);
    release();
    setInterval(() => {
      // Counting seconds is precise enough, and smaller than listening to all that moves the focus. A page in
      // the background, asleep or in the back/forward cache has none. An event costs its rows: only the visit
      // that would otherwise seem to have left at once needs this one.
      if (document.hasFocus() && ++attention === EFFECTIVE.engaged / 1000 && alone) take('engaged');
      tick();
    }, 1000);
    addEventListener('visibilitychange', () => send(document.hidden));
    // Tells of every change in its moment, and leaves the page's own history API alone; browsers that do not have it
    // yet are looked at every second.
    window.navigation?.addEventListener('currententrychange', look);
    // The return from the back/forward cache.
    addEventListener('pageshow', (event) => event.persisted && take('visit'));
    tick();
  };
  // A page that is rendered ahead may never be seen: its view begins with its activation.
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', start);
  } else {
    start();
  }
};
