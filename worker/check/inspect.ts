// From what a page shows to what is wrong with it: pure, and in the order of the list of causes.
import { banIn, parsePolicies } from './csp.ts';
import { CAUSES, type Finding } from './findings.ts';
import type { Seen } from './page.ts';
import type { Tag } from './tags.ts';

/** What the tag should say. */
export interface Wanted {
  /** The store's id. */
  store: string;
  /** The origin of this installation. */
  host: string;
}

/** The types that browsers run; a module runs too. */
const RUNS = /^($|module$|(text|application)\/(x-)?(java|ecma)script)/;

const originOf = (src: string | null, page: URL) =>
  src !== null && URL.canParse(src, page) ? new URL(src, page).origin : null;

function aboutTags(tags: readonly Tag[], page: URL, wanted: Wanted): Finding[] {
  const found: Finding[] = [];
  const other = tags.find(({ store }) => store !== wanted.store);
  if (tags.length === 0) found.push({ cause: 'tag_missing' });
  if (tags.length > 1) found.push({ cause: 'tag_twice', times: tags.length });
  if (other) found.push({ cause: 'wrong_store', store: other.store });
  const hosts = tags.map(({ src }) => originOf(src, page));
  const elsewhere = hosts.find((host) => host !== null && host !== wanted.host);
  if (elsewhere) found.push({ cause: 'wrong_host', host: elsewhere });
  if (tags.some(({ consent, type }) => consent === 'required' || !RUNS.test(type)))
    found.push({ cause: 'consent_required' });
  if (tags.some(({ debug }) => debug)) found.push({ cause: 'debug_on' });
  return found;
}

/** The first policy of each kind that stands in the way: when it is mended, the next check names the next. */
function aboutPolicies(seen: Extract<Seen, { end: 'page' }>, tag: Tag | undefined, wanted: Wanted) {
  const found: Finding[] = [];
  const { url: page, policy, markup } = seen;
  const sent = parsePolicies(policy);
  const early = markup.metas.slice(0, tag?.metas).flatMap(parsePolicies);
  const all = [...sent, ...markup.metas.flatMap(parsePolicies)];
  const script = {
    page,
    url: new URL('/t.js', wanted.host),
    nonce: tag?.nonce ?? null,
    integrity: tag?.integrity ?? null,
  };
  const load = [...sent, ...early].map((each) => banIn(each, 'script', script)).find((ban) => ban !== null);
  if (load)
    found.push({
      cause: 'csp_blocks_script',
      directive: load.directive,
      add: load.strict ? null : wanted.host,
    });
  const send = all
    .map((each) => banIn(each, 'connect', { page, url: new URL('/v1/events', wanted.host) }))
    .find((ban) => ban !== null);
  if (send) found.push({ cause: 'csp_blocks_connect', directive: send.directive, add: wanted.host });
  return found;
}

/** Everything that is found; `ok` where nothing of it keeps events from arriving by itself. */
export function inspect(seen: Seen, wanted: Wanted): Finding[] {
  if (seen.end === 'unreachable') return [{ cause: 'page_unreachable', status: seen.status }];
  if (seen.end === 'elsewhere') return [{ cause: 'origin_not_allowed', origin: seen.origin }];
  const { tags } = seen.markup;
  const tag = tags.find(({ store }) => store === wanted.store) ?? tags[0];
  const found = [...aboutTags(tags, seen.url, wanted), ...aboutPolicies(seen, tag, wanted)];
  if (found.every(({ cause }) => cause === 'debug_on')) found.push({ cause: 'ok' });
  return found.sort((a, b) => CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause));
}
