// What leaves the page of its address: origin, path and an allow-list of campaign parameters. Pure.

/** The parts that `location` and a URL have in common. */
export type Address = Pick<URL, 'origin' | 'pathname' | 'search' | 'hash'>;

// First the campaign's words, which are kept; then the click ids of ads and networks, of which only the presence is
// told, by the name alone. Most look alike (gclid, msclkid, irclickid); one expression is smaller than a list.
const KEPT = /^(utm_\w+=.+|(?:\w*(?:cl|cl\w*k|bra|_[cev]|srslt|s[cs]c|fat_|igsh)id|igsh|epik)=)/i;

// A hash route up to whatever could carry a value: `#/cart?token=1` and `#/access_token=1` keep their name only.
const routeOf = (page: Address): unknown => page.hash.match(/^#!?\/[^?#&=]*/) ?? '';

/** What makes one page another: the path and the hash route, whatever the query says. */
export const pagePath = (page: Address): string => page.pathname + routeOf(page);

/** The address as it may leave the page. */
export const pageUrl = (page: Address): string =>
  page.origin +
  page.pathname +
  '?' +
  page.search
    .split(/[?&]/)
    .map((parameter) => KEPT.exec(parameter)?.[0])
    .join('&') +
  routeOf(page);
