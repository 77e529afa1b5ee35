// The adapter for chat widgets: the customer's first message is an inquiry. Built into t.chat.js.
import type { InquiryWay } from '../../event.ts';
import { tell } from '../tell.ts';
import { watchCrisp, watchJivo } from './single.ts';
import { ASKED, DISPATCHED } from './vendors.ts';

/** Milliseconds between the first looks for a widget; later a look comes each time the page is a twentieth older. */
const SOON = 500;
const SHARE = 20;

/** Milliseconds after which a widget that is not there is taken not to come. */
const PATIENCE = 10 * 60_000;

const began = Date.now();
const page = window as unknown as Record<string, unknown>;

/** Every message is told: the tracker has one inquiry a visit and way, whatever reports it how often. */
const inquire = (via: InquiryWay): void => tell('inquiry', { via });

for (const [target, name, via = 'chat', counts] of DISPATCHED) {
  target.addEventListener(name, (event) => {
    if (!counts || counts(event as unknown as Record<string, unknown>)) inquire(via);
  });
}

const open = new Set(ASKED);

/** Asks the widgets that have come; each is asked once. */
const look = (): void => {
  for (const row of open) {
    const [name, args, via = 'chat', counts] = row;
    const vendor = page[name] as { on?: unknown } | undefined;
    const ask = typeof vendor === 'function' ? vendor : vendor?.on;
    if (typeof ask !== 'function') continue;
    open.delete(row);
    try {
      ask.call(vendor, ...args, (given?: Record<string, unknown>) => {
        if (!counts || counts(given)) inquire(via);
      });
    } catch {
      // Another thing of that name.
    }
  }
  try {
    watchCrisp(() => inquire('chat'));
    watchJivo(() => inquire('chat'));
  } catch {
    // A frozen one; the page goes on.
  }
  const age = Date.now() - began;
  if (age < PATIENCE) setTimeout(look, Math.max(SOON, age / SHARE));
};

look();
