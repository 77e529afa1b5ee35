// Says in the console what becomes of each event, and why none arrives. Built into t.debug.js; only who debugs loads it.
import type { Batch } from '../event.ts';
import type { Cause } from './causes.ts';
import { causeLine, type Fate, fateLine, fatesOf, type Language } from './fates.ts';

/** Milliseconds after a failure, in which the browser says whether the page's own policy was the cause. */
const MOMENT = 100;

/** The choice that this browser keeps: granted, or denied by who opted out. */
const CHOICE = 'tundish.c';

type Call = [type?: unknown, fields?: unknown];
type Tundish = (...call: Call) => unknown;

const page = window as unknown as { tundish?: Tundish };
/** The shop may serve the tag under another name; then it is the one that names a store. */
const tag =
  document.querySelector<HTMLScriptElement>('script[src$="/t.js"]') ??
  document.querySelector<HTMLScriptElement>('script[data-store]');
const current = document.currentScript as HTMLScriptElement | null;
const host = new URL(tag?.src || current?.src || location.href).origin;
const { store, consent, privacy, adapters } = tag?.dataset ?? {};
const EVENTS = `${host}/v1/events`;
const language: Language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';

/** Nothing here may disturb the page that it watches. */
const safely = (act: () => unknown): void => {
  try {
    act();
  } catch {
    // What cannot be said is not said.
  }
};

const stored = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const given = new Set<string>();

/** Names a cause, once. */
const blame = (cause: Cause, values: Record<string, unknown> = {}): void => {
  const line = causeLine(language, cause, { store, host, origin: location.origin, ...values });
  if (given.has(line)) return;
  given.add(line);
  console.warn(line);
};

/** What the page has said of consent since it was loaded: denied leaves nothing behind. */
let isDenied = false;

/** Names what keeps this page from being measured, or changes how; the fate of a call for now, if it has one already. */
const judge = (): Fate | undefined => {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  const isSignalled = privacy !== 'ignore' && (globalPrivacyControl || doNotTrack === '1');
  const isCookieless = privacy === 'all' || isSignalled;
  const choice = stored(CHOICE);
  if (!store) blame('no_store');
  if (choice === 'denied') {
    blame('opted_out');
    return 'unmeasured';
  }
  if (isCookieless) blame(isSignalled ? 'signal_cookieless' : 'cookieless');
  if (isDenied) return 'unmeasured';
  if (consent !== 'required' || choice === 'granted') return undefined;
  blame('consent_pending');
  return 'held';
};

const hear = ([type, fields]: Call): void => {
  if (type === 'consent') isDenied = fields === 'denied';
  // The tracker keeps the choice first.
  if (type === 'consent' || type === 'optout') setTimeout(() => safely(judge));
  else {
    const event = { ...(fields as object), type };
    const fate = judge();
    if (fate) console.log(fateLine(language, event, fate));
  }
};

let mine: Tundish | undefined;

/** Listens to the page's calls; again when the tracker has taken the place of its stub. */
const listen = (): void => {
  const { tundish } = page;
  if (!tundish || tundish === mine) return;
  mine = Object.assign((...call: Call) => {
    safely(() => hear(call));
    return tundish(...call);
  }, tundish);
  page.tundish = mine;
};

/** The page's policies that have kept something of ours out. */
let blocked = 0;

addEventListener('securitypolicyviolation', ({ blockedURI, disposition, effectiveDirective }) => {
  if (disposition === 'report' || !blockedURI.startsWith(host)) return;
  blocked++;
  blame('blocked_by_policy', { url: blockedURI, directive: effectiveDirective.replace(/-elem$/, '') });
});

/** Follows one request of the tracker to its answer. */
const follow = (batch: Batch, answer: Promise<Response>): void => {
  answer
    .then(
      async (response) => {
        const text = await response.clone().text();
        const reply = { status: response.status, after: response.headers.get('retry-after'), text };
        const { lines, fine, cause } = fatesOf(language, batch, reply);
        lines.forEach((line, n) => {
          console[fine ? 'log' : 'warn'](line, batch.events[n]);
        });
        if (cause) blame(cause);
      },
      () => {
        for (const event of batch.events) console.warn(fateLine(language, event, 'failed'), event);
        setTimeout(() => blocked || !navigator.onLine || blame('unreachable'), MOMENT);
      },
    )
    // The page was left meanwhile.
    .catch(() => undefined);
};

const { fetch: ask } = window;

window.fetch = function (this: unknown, ...request) {
  const answer = ask.apply(this as undefined, request);
  safely(() => {
    listen();
    const [input, { body } = {}] = request;
    const { origin, pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if (origin === host && pathname === '/v1/events') follow(JSON.parse(body as string) as Batch, answer);
  });
  return answer;
};

/** Whether the adapters are there: the tag goes on without them, and a name that does not exist is a page of ours. */
const check = async (name: string): Promise<void> => {
  const url = `${host}/t.${name}.js`;
  const answer = await ask(url).catch(() => undefined);
  if (answer?.ok && /javascript/.test(answer.headers.get('content-type') ?? '')) return;
  setTimeout(() => blocked || blame('file_missing', { url }), MOMENT);
};

/** What the statuses of requests say whose answers were not heard. */
const EARLY: Partial<Record<number, Cause>> = {
  0: 'unreachable',
  403: 'foreign_origin',
  404: 'unknown_store',
};

const began = performance.now();

/** The tag does not wait for this file: of what left before it, the browser remembers the status alone. */
const recall = (entries: PerformanceEntryList): void => {
  for (const entry of entries) {
    if (entry.name !== EVENTS || entry.startTime > began) continue;
    const { responseStatus: status = 0 } = entry as { responseStatus?: number };
    const cause = EARLY[status];
    if (cause) setTimeout(() => blocked || blame(cause), MOMENT);
    else blame('early', { status });
  }
};

new PerformanceObserver((list) => safely(() => recall(list.getEntries()))).observe({
  type: 'resource',
  buffered: true,
});

for (const name of adapters?.match(/\S+/g) ?? []) void check(name);
safely(judge);
listen();
addEventListener('DOMContentLoaded', listen);
