// GET /v1/metrics: any number on the dashboard, by one call.
import { createRoute } from '@hono/zod-openapi';
import { answerMetrics } from '../metrics/answer.ts';
import { metricsAnswer, metricsQuestion } from '../metrics/question.ts';
import { settingsOf } from '../store/stores.ts';
import { visibleStore } from './access.ts';
import { json, routes } from './route.ts';
import { problem } from './schemas.ts';

const getMetrics = createRoute({
  method: 'get',
  path: '/v1/metrics',
  summary: 'Totals and rates of a period',
  request: { query: metricsQuestion },
  responses: {
    200: { description: 'The answer.', ...json(metricsAnswer) },
    422: {
      description: 'A parameter is wrong.',
      content: { 'application/problem+json': { schema: problem } },
    },
  },
});

export const metrics = routes().openapi(getMetrics, async (c) => {
  const question = c.req.valid('query');
  const store = await visibleStore(c.env, c.var.access, question.store);
  return c.json(await answerMetrics(c.env, settingsOf(store), question, Date.now()), 200);
});
