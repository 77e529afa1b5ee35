// GET /v1/export: the events as they are kept, streamed as NDJSON, which the import reads back to the same tables.
import { z } from '@hono/zod-openapi';
import { LIMITS } from '../../sdk/event.ts';
import { type KeptEvent, lineOf } from '../collect/export.ts';
import { upTo } from '../metrics/page.ts';
import { readEvents, readVisitorEvents, type VisitorPlace } from '../store/export.ts';
import { openStore } from './access.ts';
import { asking, routes } from './route.ts';
import { EXAMPLES, storeId } from './schemas.ts';

/** Events of one request: a hundred reads, of the thousand that the platform allows. */
const MOST = 100_000;
/** Events of one read, some hundred kilobytes. */
const READ = 1_000;

const lines = {
  200: {
    description: 'Lines of JSON.',
    content: { 'application/x-ndjson': { schema: z.string() } },
  },
};
const TYPE = { 'content-type': 'application/x-ndjson; charset=utf-8' };

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
  responses: lines,
});

const getVisitorExport = asking({
  path: '/v1/visitors/{id}/export',
  tag: 'Events',
  scope: 'people',
  summary: 'All that is kept of one visitor',
  description:
    'Every event that names them, visit by visit, in the lines that the import reads. What else is shown of them is made of these.',
  request: {
    params: z.object({ id: z.string().openapi({ example: EXAMPLES.visitor }) }),
    query: z.strictObject({ store: storeId }),
  },
  responses: lines,
});

/** Events as lines, from wherever `next` reads them, until it finds fewer than it was asked for; only as fast as they are taken. */
function streamOf(
  origin: string,
  next: (last: KeptEvent | undefined, most: number) => Promise<KeptEvent[]>,
  limit = Number.POSITIVE_INFINITY,
): ReadableStream {
  const encoder = new TextEncoder();
  let last: KeptEvent | undefined;
  let left = limit;
  return new ReadableStream({
    async pull(controller) {
      const most = Math.min(READ, left);
      const events = await next(last, most);
      const text = events.map((event) => `${JSON.stringify(lineOf(event, origin))}\n`).join('');
      if (text !== '') controller.enqueue(encoder.encode(text));
      last = events.at(-1);
      left -= events.length;
      if (events.length < most || left === 0) controller.close();
    },
  });
}

// The library knows no type for a stream of lines.
export const exported = routes()
  .openapi(getExport, async (c) => {
    const { store: id, limit, cursor = '' } = c.req.valid('query');
    const { key, origins } = await openStore(c.env, c.var.access, 'people', id);
    const stream = streamOf(
      origins[0] as string,
      (last, most) => readEvents(c.env, key, last?.id ?? cursor, most),
      limit,
    );
    return c.body(stream, 200, TYPE) as never;
  })
  .openapi(getVisitorExport, async (c) => {
    const { key, origins } = await openStore(c.env, c.var.access, 'people', c.req.valid('query').store);
    const { id } = c.req.valid('param');
    const placeOf = (last: KeptEvent | undefined): VisitorPlace => [last?.visit ?? '', last?.id ?? ''];
    const stream = streamOf(origins[0] as string, (last, most) =>
      readVisitorEvents(c.env, key, id, placeOf(last), most),
    );
    return c.body(stream, 200, TYPE) as never;
  });
