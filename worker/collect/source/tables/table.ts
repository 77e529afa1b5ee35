// What a table of sources is: a source's short name, and behind it the words and hosts that mean it.

/**
 * The words behind a name are separated by spaces:
 * - `t.co` is a host and everything below it;
 * - `=baidu.com` is that host alone, or with `www.` or `m.` before it, because the rest of the domain
 *   is something else (a forum, a map, an encyclopaedia);
 * - `google.*` is the brand under .com and under every country's suffix: google.co.uk, google.com.hk;
 * - a word without a dot is what people write in utm_source, in lower case, without spaces, - and _;
 *   the name itself needs no mention, nor does it with `ads` behind it.
 *
 * The facts are gathered by hand. Keep a table sorted by name.
 */
export type Table = Readonly<Record<string, string>>;
