// GET /v1/maturity: how the consult conversion of cohorts ripens.
import { createRoute } from '@hono/zod-openapi';
import { answerMaturity, maturityAnswer, maturityQuestion } from '../metrics/maturity.ts';
import { settingsOf } from '../store/stores.ts';
import { visibleStore } from './access.ts';
import { json, routes } from './route.ts';
import { problem } from './schemas.ts';

const getMaturity = createRoute({
  method: 'get',
  path: '/v1/maturity',
  summary: 'Consult conversion by how soon those who asked bought',
  request: { query: maturityQuestion },
  responses: {
    200: { description: 'The answer.', ...json(maturityAnswer) },
    422: {
      description: 'A parameter is wrong.',
      content: { 'application/problem+json': { schema: problem } },
    },
  },
});

export const maturity = routes().openapi(getMaturity, async (c) => {
  const question = c.req.valid('query');
  const store = await visibleStore(c.env, c.var.access, question.store);
  return c.json(await answerMaturity(c.env, settingsOf(store), question, Date.now()), 200);
});
