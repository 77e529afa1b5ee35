// GET /v1/funnel and /v1/funnel/visitors: how many get how far in steps of the asker's own, and who leaves where.
import { createRoute } from '@hono/zod-openapi';
import { answerFunnel, answerFunnelVisitors } from '../metrics/funnel.ts';
import {
  funnelAnswer,
  funnelQuestion,
  funnelVisitorsAnswer,
  funnelVisitorsQuestion,
} from '../metrics/funnel-question.ts';
import { settingsOf } from '../store/stores.ts';
import { visibleStore } from './access.ts';
import { json, routes } from './route.ts';
import { problem } from './schemas.ts';

const refused = {
  description: 'A parameter is wrong.',
  content: { 'application/problem+json': { schema: problem } },
};

const getFunnel = createRoute({
  method: 'get',
  path: '/v1/funnel',
  summary: 'How many reach each step',
  request: { query: funnelQuestion },
  responses: { 200: { description: 'The answer.', ...json(funnelAnswer) }, 422: refused },
});

const getFunnelVisitors = createRoute({
  method: 'get',
  path: '/v1/funnel/visitors',
  summary: 'Who reached a step, or left at it',
  request: { query: funnelVisitorsQuestion },
  responses: { 200: { description: 'The latest first.', ...json(funnelVisitorsAnswer) }, 422: refused },
});

export const funnel = routes()
  .openapi(getFunnel, async (c) => {
    const question = c.req.valid('query');
    const store = await visibleStore(c.env, c.var.access, question.store);
    return c.json(await answerFunnel(c.env, settingsOf(store), question, Date.now()), 200);
  })
  .openapi(getFunnelVisitors, async (c) => {
    const question = c.req.valid('query');
    const store = await visibleStore(c.env, c.var.access, question.store);
    return c.json(await answerFunnelVisitors(c.env, settingsOf(store), question, Date.now()), 200);
  });
