// Page views by themselves: the load, the history API, hash routes and the back/forward cache.
import { pagePath } from './page.ts';

/** Calls back once for the page as it is, and once for every further view. */
export const watchViews = (onView: () => void): void => {
  let seen: string;
  // A changed query is the same page: filters and removed campaign parameters are not views.
  const look = (): void => {
    const before = seen;
    seen = pagePath(location);
    if (seen !== before) onView();
  };
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (...args) {
      original.apply(this, args);
      look();
    };
  }
  // Fires for hash links, too.
  addEventListener('popstate', look);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) onView();
  });
  look();
};
