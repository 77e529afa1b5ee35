// What leaves the page of its address: origin, path and an allow-list of campaign parameters. Pure.

/** The parts that `location` and a URL have in common. */
export type Address = Pick<URL, 'origin' | 'pathname' | 'search' | 'hash'>;

// First the campaign's words, which are kept; then the click ids of ads and networks, of which only
// the presence is told. Most look alike (gclid, msclkid, irclickid); one expression is smaller than a list.
const KEPT =
  /[?&](?:(utm_[a-z]+=[^&]+)|([a-z]{1,4}cl(?:ic)?k?id|[a-z]{2,3}_[cev]id|[gw]braid|srsltid|li_fat_id|s[cs]cid|qz_gdt|epik|igsh(?:id)?)=[^&])/gi;

// A hash route up to whatever could carry a value: `#/cart?token=1` and `#/access_token=1` keep their name only.
const route = (page: Address): string => `${page.hash.match(/^#!?\/[^?#&=]*/) ?? ''}`;

/** What makes one page another: the path and the hash route, whatever the query says. */
export const pagePath = (page: Address): string => page.pathname + route(page);

/** The address as it may leave the page. */
export const pageUrl = (page: Address): string => {
  const query = [...page.search.matchAll(KEPT)].map(([, words, click]) => words ?? `${click}=1`).join('&');
  return page.origin + page.pathname + (query && `?${query}`) + route(page);
};

/** The referring site, without its path; undefined for none and for the page's own. Knows android-app:// too. */
export const referrerOf = (referrer: string, origin: string): string | undefined => {
  const site = referrer.split('/', 3).join('/');
  return site && site !== origin ? `${site}/` : undefined;
};
