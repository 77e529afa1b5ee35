// What arrives of a store, and what does not and why: the live log of its set-up.
import { z } from '@hono/zod-openapi';
import { says } from '../collect/tally.ts';
import { latestEvents } from '../store/arrivals.ts';
import { refusalsOf } from '../store/refusals.ts';
import { openStore } from './access.ts';
import { arrivals } from './arriving.ts';
import { asking, json, routes } from './route.ts';
import { storeId } from './schemas.ts';

const getArrivals = asking({
  path: '/v1/stores/{id}/arrivals',
  tag: 'Events',
  scope: 'people',
  summary: 'The last events of a store, and what was refused and why',
  request: { params: z.object({ id: storeId }) },
  responses: { 200: { description: 'Both.', ...json(arrivals) } },
});

export const arrivalRoutes = routes().openapi(getArrivals, async (c) => {
  const store = await openStore(c.env, c.var.access, 'people', c.req.valid('param').id);
  const [events, refused] = await Promise.all([latestEvents(c.env, store), refusalsOf(c.env, store)]);
  const shown = refused.map(({ origin, first, last, count, ...rest }) => ({
    ...rest,
    many: { origin: origin || null, first, last, count },
  }));
  return c.json(
    {
      events,
      refusals: shown
        .filter(({ reason }) => reason !== 'unknown_store')
        .map(({ reason, many }) => ({ reason, says: says(reason), ...many })),
      unknown_stores: shown
        .filter(({ reason }) => reason === 'unknown_store')
        .map(({ named, many }) => ({ store: named, ...many })),
    },
    200,
  );
});
