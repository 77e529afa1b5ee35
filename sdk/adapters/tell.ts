// How an adapter reports: through the page's own `tundish`, as a shop's code would. Never fails into the page.
import type { EventType } from '../event.ts';

/** A call as an adapter makes it: what the page gave may be malformed, and the collector says so. */
export type Told = [type: EventType, fields: object];

export const tell = (...told: Told): void => {
  try {
    (window as { tundish?: (...told: Told) => void }).tundish?.(...told);
  } catch {
    // Nothing that the page could do about it.
  }
};
