// The adapter for shops that speak GA4: what they push to `dataLayer` is told to Tundish. Built into t.ga4.js.
import { tell } from '../tell.ts';
import { told } from './map.ts';

/** Milliseconds between looks at the layer: for one that comes late, and for pushes that go past the hook. */
const LOOK = 1000;

type Layer = unknown[];

/** The array is the truth: Tag Manager and pages replace or wrap `push`, and each entry still lies there. */
const seen = new WeakSet<object>();
let layer: unknown;
let hooked: Layer['push'] | undefined;

const isObject = (entry: unknown): entry is object => Object(entry) === entry;

/** Tells what came since the last look, oldest first; true when something had. */
const look = (): boolean => {
  let found = false;
  try {
    const entries = layer as Layer;
    let from = entries.length;
    while (from && !seen.has(entries[from - 1] as object)) from--;
    for (const entry of entries.slice(from)) {
      if (!isObject(entry)) continue;
      seen.add(entry);
      found = true;
      try {
        const paid = !!document.querySelector('script[data-ga4-paid]');
        for (const call of told(entry as Record<string, unknown>, paid)) tell(...call);
      } catch {
        // One odd entry does not hide the next.
      }
    }
  } catch {
    // The page goes on.
  }
  return found;
};

/** Only so that nothing waits for the next look: a page may be left right after its push. */
const hook = (entries: Layer): void => {
  const { push } = entries;
  hooked = function (this: Layer, ...given: unknown[]): number {
    const length = push.apply(this, given);
    look();
    return length;
  };
  entries.push = hooked;
};

const watch = (): void => {
  try {
    const current = (window as { dataLayer?: unknown }).dataLayer;
    const isNew = current !== layer;
    layer = current;
    // Whoever wraps the hook calls it; it is set anew only where entries went past it.
    if (Array.isArray(layer) && (look() || isNew) && (isNew || layer.push !== hooked)) hook(layer);
  } catch {
    // A frozen layer is still looked at.
  }
};

watch();
setInterval(watch, LOOK);
// Before the tracker's own, so that what is told now is kept for the next page.
addEventListener('pagehide', watch, true);
