// What the page knows of its store, and the only door to localStorage.

/** Whom this page measures for. */
export interface Target {
  store: string;
  /** The collector: any address on its origin. */
  host: string;
  /** Log every answer of the collector to the console. */
  debug?: boolean;
}

export let target: Target;

/** localStorage, or this page's memory where that is denied or full. Read it, delete from it; write with `keep`. */
export let box: Record<string, string> = {};

export const openStorage = (to: Target): void => {
  target = to;
  try {
    box = localStorage ?? box;
  } catch {
    // Denied.
  }
};

export const keep = (key: string, text: string): void => {
  try {
    box[key] = text;
  } catch {
    // Full: go on in a copy. What other pages send of it a second time counts once.
    box = { ...box, [key]: text };
  }
};
