// The script tag: <script defer src="https://HOST/t.js" data-store="st_..."></script>
import { begin, type Call, take } from './tracker.ts';

/** What the page calls: the stub and its queue before this script has come, the tracker afterwards. */
interface Tundish {
  (...call: Call): void;
  q?: Iterable<Call>;
  /** Says that the tracker is here: a tag pasted twice must not count twice. */
  on?: boolean;
}

const page = window as { tundish?: Tundish };
const { src, dataset } = document.currentScript as HTMLScriptElement;
const stub = page.tundish;

if (!stub?.on) {
  page.tundish = take as Tundish;
  page.tundish.on = true;
  for (const call of stub?.q ?? []) take(call[0], call[1]);
  begin({ store: dataset.store as string, host: src, debug: 'debug' in dataset });
}
