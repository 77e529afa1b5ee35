// GET /v1/metrics: any number on the dashboard, by one call.
import { answerMetrics } from '../metrics/answer.ts';
import { COMPARED, daysOf } from '../metrics/period.ts';
import { type MetricsAnswer, metricsAnswer, metricsQuestion } from '../metrics/question.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { answer, format } from './answer.ts';
import { asking, routes, table } from './route.ts';

const getMetrics = asking({
  path: '/v1/metrics',
  tag: 'Figures',
  scope: 'read',
  tagged: true,
  summary: 'Totals and rates of a period',
  description:
    'As CSV: a line for each of the `rows`, or one of the whole; with `compare` those of the other period after them, told apart by `from` and `to`.',
  request: { query: metricsQuestion.extend({ format }) },
  responses: { 200: { description: 'The answer.', ...table(metricsAnswer) } },
});

/** One line a row; of what is not grouped the whole. */
const linesOf = ({ comparison, ...current }: MetricsAnswer) =>
  [current, ...(comparison ? [comparison] : [])].flatMap(({ period: { from, to }, totals, rates, rows }) =>
    (rows ?? [{ totals, rates }]).map(({ totals: { money, ...counts }, rates, ...key }) => ({
      from,
      to,
      ...key,
      ...counts,
      ...rates,
      money,
    })),
  );

export const metrics = routes().openapi(getMetrics, async (c) => {
  const question = c.req.valid('query');
  const store = await openStore(c.env, c.var.access, 'read', question.store);
  const days = daysOf(question);
  const spans = question.compare ? [days, COMPARED[question.compare](days)] : [days];
  return answer(
    c,
    { spans, store, question },
    () => answerMetrics(c.env, settingsOf(store), question, Date.now()),
    linesOf,
  );
});
