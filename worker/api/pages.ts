// GET /v1/pages: who saw which page, and what they did from then on.
import { answerPages, type PagesAnswer, pagesAnswer, pagesQuestion } from '../metrics/pages-seen.ts';
import { daysOf } from '../metrics/period.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { answer, format } from './answer.ts';
import { asking, routes, table } from './route.ts';

const getPages = asking({
  path: '/v1/pages',
  tag: 'Figures',
  scope: 'read',
  tagged: true,
  summary: 'The pages seen, and what those who saw them did',
  description:
    'The most seen first; `totals` and `rates` beside `rows` are of whoever viewed any page. Somebody counts under each page they viewed, so that rows do not add up. An inquiry, an order or a payment counts for the pages first viewed before it, in the same period and, with scope=visit, in the same visit; what seems up to 2 s early counts too. Who consulted is decided as in /v1/metrics. As CSV: a line for each of the `rows`.',
  request: { query: pagesQuestion.extend({ format }) },
  responses: { 200: { description: 'The answer.', ...table(pagesAnswer) } },
});

const linesOf = ({ rows }: PagesAnswer) =>
  rows.map(({ key, totals: { money, ...counts }, rates }) => ({ key, ...counts, ...rates, money }));

export const pages = routes().openapi(getPages, async (c) => {
  const question = c.req.valid('query');
  const store = await openStore(c.env, c.var.access, 'read', question.store);
  return answer(
    c,
    { spans: [daysOf(question)], store, question },
    () => answerPages(c.env, settingsOf(store), question, Date.now()),
    linesOf,
  );
});
