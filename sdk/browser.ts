// The script tag: <script defer src="https://HOST/t.js" data-store="st_..."></script>
import { send } from './send.ts';
import { device, keysOf, type Target } from './storage.ts';
import { begin, take } from './tracker.ts';
import { look } from './view.ts';
import { readHead, watchClicks } from './watch.ts';

/** What the page calls: the stub before this script has come, the tracker afterwards. */
declare global {
  interface Window {
    tundish?: Tundish;
  }
}

interface Tundish extends Record<string, unknown> {
  (...call: Parameters<typeof take>): void;
  /** Says that the tracker is here: a tag pasted twice must not count twice. */
  on?: boolean;
}

const { src, dataset } = document.currentScript as HTMLScriptElement;
const stub = window.tundish;

/** A further file of ours; where it is blocked the page does without it. */
const load = (name: string): unknown =>
  import(/* @vite-ignore */ new URL(`/t.${name}.js`, src) as unknown as string).catch(() => {});

if (!stub?.on) {
  (take as Tundish).on = true;
  window.tundish = take as Tundish;
  // The collector is where the tag comes from.
  dataset.host = src;
  begin(dataset as unknown as Target, () => {
    // What the stub has kept, on the device or on itself, under the time of the call.
    for (const from of [device, stub ?? {}] as Record<string, string>[])
      for (const key of keysOf(from, 'tundish+')) {
        const text = from[key] as string;
        // First, so that one that is not ours hurts once at most.
        delete from[key];
        take(...(JSON.parse(text) as [string, unknown]), +key.slice(8));
      }
    readHead();
    look();
    void send();
  });
  watchClicks();
  dataset.adapters?.split(' ').map(load);
  if ('debug' in dataset || /tundish_debug/.test(location.search)) load('debug');
}
