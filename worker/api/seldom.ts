// Writes of what was added up in memory: the first at once, then one in a while, however much comes.

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Seldom {
  readonly #every: number;
  /** When the last write was made, or the next one is: what comes before it goes along. */
  #due = 0;

  /** @param every milliseconds between two writes of an isolate. */
  constructor(every: number) {
    this.#every = every;
  }

  /** Writes, now or later, or leaves it to who waits already; for a request's waitUntil. */
  async write(now: number, act: () => Promise<void>): Promise<void> {
    // Further off than it can be: the clock was set back.
    if (this.#due > now + this.#every) this.#due = 0;
    if (this.#due > now) return;
    this.#due = Math.max(now, this.#due + this.#every);
    if (this.#due > now) await wait(this.#due - now);
    await act();
  }
}
