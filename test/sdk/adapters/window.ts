// A page without a browser: a built adapter runs in it, time passes as the test says, and calls are written down.
import { createContext, runInContext } from 'node:vm';

export class FakePage {
  /** What `tundish` was called with. */
  calls: [type: string, fields: Record<string, unknown>][] = [];
  /** The page's globals. */
  window: Record<string, unknown>;
  #now = 1_795_320_000_000;
  #timers: { at: number; run: () => void; every: number | undefined }[] = [];

  constructor() {
    const timer = (run: () => void, wait: number, every?: number) =>
      this.#timers.push({ at: this.#now + wait, run, every });
    const events = new EventTarget();
    const ofDocument = new EventTarget();
    const page: Record<string, unknown> = {
      CustomEvent,
      Date: { now: () => this.#now },
      setTimeout: (run: () => void, wait = 0) => timer(run, wait),
      setInterval: (run: () => void, wait: number) => timer(run, wait, wait),
      addEventListener: events.addEventListener.bind(events),
      dispatchEvent: events.dispatchEvent.bind(events),
      document: Object.assign(ofDocument, { querySelector: () => null }),
      // Written down as it would travel: without what is undefined, and as it is now.
      tundish: (...call: FakePage['calls'][number]) => this.calls.push(JSON.parse(JSON.stringify(call))),
    };
    page.window = page;
    this.window = createContext(page);
  }

  run(code: string): unknown {
    return runInContext(code, this.window);
  }

  /** Lets this many milliseconds pass, timer by timer. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = this.#timers.sort((a, b) => a.at - b.at);
      if (!next || next.at > end) break;
      this.#timers.shift();
      this.#now = Math.max(this.#now, next.at);
      if (next.every !== undefined) this.#timers.push({ ...next, at: next.at + next.every });
      next.run();
    }
    this.#now = end;
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.length;
  }
}
