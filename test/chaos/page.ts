// A shop's page without a browser: the built script tag itself, with a storage and a network of its own.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { type Answer, LIMITS } from '../../sdk/event.ts';
import { SHOP } from './victim.ts';

const SCRIPT = fileURLToPath(new URL('../../dist/assets/t.js', import.meta.url));
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
/** What the script finds in a browser, and here is the page's own; the rest is Node's. */
const BROWSER = [
  'window',
  'document',
  'location',
  'navigator',
  'localStorage',
  'fetch',
  'addEventListener',
  'setInterval',
  'Date',
];
let script: ((...browser: unknown[]) => void) | undefined;

/** What all pages of a test have sent and been answered. */
export class Account {
  /** Ids of events that were on a device. */
  readonly told = new Set<string>();
  /** Events in requests that were answered, and what the answers say of them. */
  received = 0;
  accepted = 0;
  duplicate = 0;
  rejected = 0;
  requests = 0;
  /** Requests on their way. */
  flying = 0;
  unanswered = 0;
  /** Answers that a good request must not get. */
  readonly wrong: string[] = [];
  /** Called for each answered request with the time at which it left. */
  heard: (left: number) => void = () => {};
}

export interface Shopper {
  /** The device: kept from page to page. */
  device: Record<string, string>;
  store: string;
  url: string;
  account: Account;
  /** How many times faster than others' this visitor's clock runs. */
  speed: number;
}

/** A device whose storage notes which events it has been given. */
export function shopper(url: string, store: string, account: Account, speed = 1): Shopper {
  const prefix = `tundish:${store}:`;
  const device = new Proxy<Record<string, string>>(
    {},
    {
      set(target, key: string, value) {
        if (key.startsWith(prefix)) account.told.add(key.slice(prefix.length));
        target[key] = String(value);
        return true;
      },
    },
  );
  return { device, store, url, account, speed };
}

/** Events that wait on a device. */
export const waiting = ({ device, store }: Shopper): number =>
  Object.keys(device).filter((key) => key.startsWith(`tundish:${store}:`)).length;

function networkOf({ account }: Shopper) {
  return async (address: URL, { body }: { body: string }): Promise<Response> => {
    const { events } = JSON.parse(body) as { events: unknown[] };
    const left = Date.now();
    account.requests++;
    account.flying++;
    let answer: Response;
    try {
      answer = await fetch(address, {
        method: 'POST',
        body,
        headers: { origin: SHOP, 'user-agent': CHROME, 'content-type': 'text/plain;charset=UTF-8' },
      });
      if (answer.ok) {
        const { accepted, duplicate, rejected } = (await answer.clone().json()) as Answer;
        account.received += events.length;
        account.accepted += accepted;
        account.duplicate += duplicate;
        account.rejected += rejected.length;
        account.heard(left);
      } else if (![429, 503].includes(answer.status))
        account.wrong.push(`${answer.status} ${await answer.clone().text()}`);
    } catch (error) {
      account.unanswered++;
      throw error;
    } finally {
      account.flying--;
    }
    return answer;
  };
}

export interface Page {
  tell(type: string, fields?: object): void;
  /** The visitor goes on: what waits is sent past every pause, and nothing of this page runs any more. */
  leave(): void;
  /** Nothing of this page runs any more, as after a crash. */
  close(): void;
}

/** Opens a page on a visitor's device. The outbox holds a thousand events: nobody may be told of more. */
export function open(visitor: Shopper, path: string): Page {
  script ??= compileFunction(readFileSync(SCRIPT, 'utf8'), BROWSER) as NonNullable<typeof script>;
  const began = Date.now();
  const listeners = new Map<string, ((event: object) => void)[]>();
  const addEventListener = (type: string, run: (event: object) => void) =>
    listeners.set(type, [...(listeners.get(type) ?? []), run]);
  const document = {
    currentScript: { src: `${visitor.url}/t.js`, dataset: { store: visitor.store } },
    referrer: '',
    hidden: false,
    hasFocus: () => false,
    querySelectorAll: () => [],
    addEventListener,
  };
  const window: { tundish?: (type: string, fields?: object) => void } = {};
  const timers: NodeJS.Timeout[] = [];
  script(
    window,
    document,
    new URL(path, SHOP),
    {},
    visitor.device,
    networkOf(visitor),
    addEventListener,
    (run: () => void, ms: number) => timers.push(setInterval(run, ms / visitor.speed)),
    // A clock that is at most minutes ahead, which the collector believes.
    { now: () => Math.round(began + (Date.now() - began) * visitor.speed) },
  );
  const close = () => {
    for (const timer of timers) clearInterval(timer);
  };
  return {
    tell: (type, fields) => {
      if (waiting(visitor) >= LIMITS.events * 15) throw new Error('This device is full.');
      window.tundish?.(type, fields);
    },
    leave: () => {
      document.hidden = true;
      for (const run of listeners.get('visibilitychange') ?? []) run({});
      close();
    },
    close,
  };
}
