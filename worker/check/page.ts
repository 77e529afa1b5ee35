// Fetches a page of the shop as a visitor would, and only of the shop: bounded in time, size and redirects.
import { type Markup, readMarkup } from './tags.ts';

/** Milliseconds for everything, redirects and reading included. */
const TIMEOUT = 8_000;
const REDIRECTS = 3;
/** Bytes that are read of a page; the tag stands in its head. */
const MOST_BYTES = 1_000_000;

/** Where a question about a page ends. */
export type Seen =
  | { end: 'page'; url: URL; policy: string; markup: Markup }
  /** A redirect leads where no event may come from; nobody goes there. */
  | { end: 'elsewhere'; origin: string }
  | { end: 'unreachable'; status: number | null };

/** Lets that many bytes through and ends there. */
function firstBytes(most: number): TransformStream<Uint8Array, Uint8Array> {
  let left = most;
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) controller.terminate();
    },
  });
}

async function readPage(url: URL, answer: Response): Promise<Seen> {
  const { status, headers } = answer;
  if (!answer.ok) return { end: 'unreachable', status };
  const policy = headers.get('content-security-policy') ?? '';
  const body = answer.body?.pipeThrough(firstBytes(MOST_BYTES)) ?? null;
  return { end: 'page', url, policy, markup: await readMarkup(new Response(body)) };
}

/**
 * Follows a page of one of the origins to where it answers. Each step must be of the store's own origins, because
 * whoever may ask for pages must not be able to reach what only this server can: addresses of its network or itself.
 */
export async function seePage(address: URL, origins: readonly string[], from: string): Promise<Seen> {
  const signal = AbortSignal.timeout(TIMEOUT);
  const headers = { accept: 'text/html', 'user-agent': `Mozilla/5.0 (compatible; Tundish check; +${from})` };
  let url = address;
  let status: number | null = null;
  try {
    for (let step = 0; step <= REDIRECTS; step++) {
      if (!origins.includes(url.origin)) return { end: 'elsewhere', origin: url.origin };
      const answer = await fetch(url, { redirect: 'manual', signal, headers });
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || !location) return await readPage(url, answer);
      status = answer.status;
      await answer.body?.cancel();
      if (!URL.canParse(location, url)) break;
      url = new URL(location, url);
      if (url.protocol !== 'https:' && url.protocol !== 'http:') break;
    }
  } catch {
    // Too slow, no such name, nobody there, no certificate: the reader can do the same about each.
    status = null;
  }
  return { end: 'unreachable', status };
}
