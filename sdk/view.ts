// Page views by themselves: the load, the history API and hash routes.
import { pagePath } from './page.ts';
import { take } from './tracker.ts';

let seen: string;

/** Tells of a view when the page is another than before. A changed query is the same page: filters and removed campaign
 * parameters are not views. */
export const look = (): void => {
  // biome-ignore lint/suspicious/noAssignInExpressions: the old one is read before the new one is written
  if (seen !== (seen = pagePath(location))) take('visit', { url: location.href });
};
