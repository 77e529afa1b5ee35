// GET /v1/funnel and /v1/funnel/visitors: how many get how far in steps of the asker's own, and who leaves where.
import { answerFunnel, answerFunnelVisitors, daysOfFunnel } from '../metrics/funnel.ts';
import {
  type FunnelAnswer,
  funnelAnswer,
  funnelQuestion,
  funnelVisitorsAnswer,
  funnelVisitorsQuestion,
} from '../metrics/funnel-question.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { answer, format } from './answer.ts';
import { asking, routes, table } from './route.ts';

const getFunnel = asking({
  path: '/v1/funnel',
  tag: 'Figures',
  scope: 'read',
  tagged: true,
  summary: 'How many reach each step',
  description: 'As CSV: a line for each step, of each of the `rows` where there are any.',
  request: { query: funnelQuestion.extend({ format }) },
  responses: { 200: { description: 'The answer.', ...table(funnelAnswer) } },
});

const getFunnelVisitors = asking({
  path: '/v1/funnel/visitors',
  tag: 'People and orders',
  scope: 'people',
  tagged: true,
  summary: 'Who reached a step, or left at it',
  request: { query: funnelVisitorsQuestion.extend({ format }) },
  responses: { 200: { description: 'The latest first.', ...table(funnelVisitorsAnswer) } },
});

const linesOf = ({ steps, rows }: FunnelAnswer) =>
  rows ? rows.flatMap(({ key, steps }) => steps.map((step) => ({ key, ...step }))) : steps;

export const funnel = routes()
  .openapi(getFunnel, async (c) => {
    const question = c.req.valid('query');
    const store = await openStore(c.env, c.var.access, 'read', question.store);
    return answer(
      c,
      { spans: [daysOfFunnel(question)], store, question },
      () => answerFunnel(c.env, settingsOf(store), question, Date.now()),
      linesOf,
    );
  })
  .openapi(getFunnelVisitors, async (c) => {
    const question = c.req.valid('query');
    const store = await openStore(c.env, c.var.access, 'people', question.store);
    return answer(
      c,
      { spans: [daysOfFunnel(question)], store, question },
      () => answerFunnelVisitors(c.env, settingsOf(store), question, Date.now()),
      ({ visitors }) => visitors,
    );
  });
