// GET /v1/live: the last half hour.
import { answerLive } from '../metrics/live.ts';
import { liveAnswer, liveQuestion } from '../metrics/live-answer.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { asking, json, routes } from './route.ts';

const getLive = asking({
  path: '/v1/live',
  tag: 'Figures',
  scope: 'people',
  summary: 'The last 30 minutes',
  request: { query: liveQuestion },
  responses: { 200: { description: 'Who is here and what happens.', ...json(liveAnswer) } },
});

export const live = routes().openapi(getLive, async (c) => {
  const store = await openStore(c.env, c.var.access, 'people', c.req.valid('query').store);
  return c.json(await answerLive(c.env, settingsOf(store), Date.now()), 200);
});
