// GET /v1/export: the events as they are kept, streamed as NDJSON, which the import reads back to the same tables.
import { z } from '@hono/zod-openapi';
import { LIMITS } from '../../sdk/event.ts';
import { lineOf } from '../collect/export.ts';
import type { Env } from '../env.ts';
import { upTo } from '../metrics/page.ts';
import { readEvents } from '../store/export.ts';
import type { StoredStore } from '../store/stores.ts';
import { openStore } from './access.ts';
import { asking, routes } from './route.ts';
import { storeId } from './schemas.ts';

/** Events of one request: a hundred reads, of the thousand that the platform allows. */
const MOST = 100_000;
/** Events of one read, some hundred kilobytes. */
const READ = 1_000;

const getExport = asking({
  path: '/v1/export',
  tag: 'Events',
  scope: 'people',
  summary: 'All events, to be imported again',
  description:
    'One event a line, in the sequence of their ids. To go on, after an end or a broken connection, send the `id` of the last whole line as `cursor`; an answer without lines is the end.',
  request: {
    query: z.strictObject({
      store: storeId,
      limit: upTo(MOST)
        .prefault(String(MOST))
        .openapi({ type: 'integer', default: MOST, description: 'At most so many at once.', example: 1000 }),
      cursor: z
        .string()
        .min(1, 'Send the id of the last line, or no cursor to begin.')
        .max(LIMITS.id, `An id has at most ${LIMITS.id} characters.`)
        .optional()
        .openapi({ description: 'The `id` of the last line of before.' }),
    }),
  },
  responses: {
    200: {
      description: 'Lines of JSON.',
      content: { 'application/x-ndjson': { schema: z.string() } },
    },
  },
});

/** Reads only as fast as the asker takes it. */
function streamOf(env: Env, { key, origins }: StoredStore, after: string, limit: number): ReadableStream {
  const encoder = new TextEncoder();
  let [last, left] = [after, limit];
  return new ReadableStream({
    async pull(controller) {
      const events = await readEvents(env, key, last, Math.min(READ, left));
      const lines = events.map((event) => `${JSON.stringify(lineOf(event, origins[0] as string))}\n`);
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')));
      last = events.at(-1)?.id ?? last;
      left -= events.length;
      if (events.length < READ || left === 0) controller.close();
    },
  });
}

export const exported = routes().openapi(getExport, async (c) => {
  const { store: id, limit, cursor = '' } = c.req.valid('query');
  const store = await openStore(c.env, c.var.access, 'people', id);
  return c.body(streamOf(c.env, store, cursor, limit), 200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    // The library knows no type for a stream of lines.
  }) as never;
});
