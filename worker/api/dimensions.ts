// GET /v1/dimensions: what there is to group and filter by.
import { answerDimensions, dimensionsAnswer, dimensionsQuestion } from '../metrics/dimensions.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { asking, json, routes } from './route.ts';

const getDimensions = asking({
  path: '/v1/dimensions',
  tag: 'Figures',
  scope: 'read',
  summary: 'What can be grouped and filtered by, with values seen',
  request: { query: dimensionsQuestion },
  responses: { 200: { description: 'Dimensions and their values.', ...json(dimensionsAnswer) } },
});

export const dimensions = routes().openapi(getDimensions, async (c) => {
  const question = c.req.valid('query');
  const store = await openStore(c.env, c.var.access, 'read', question.store);
  return c.json(await answerDimensions(c.env, settingsOf(store), question, Date.now()), 200);
});
