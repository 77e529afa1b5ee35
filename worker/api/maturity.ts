// GET /v1/maturity: how the consult conversion of cohorts ripens.
import {
  answerMaturity,
  type MaturityAnswer,
  maturityAnswer,
  maturityQuestion,
} from '../metrics/maturity.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { answer, format } from './answer.ts';
import { asking, routes, table } from './route.ts';

const getMaturity = asking({
  path: '/v1/maturity',
  tag: 'Figures',
  scope: 'read',
  summary: 'Consult conversion by how soon those who asked bought',
  request: { query: maturityQuestion.extend({ format }) },
  responses: { 200: { description: 'The answer.', ...table(maturityAnswer) } },
});

const linesOf = ({ consulting_visitors, windows, rows }: MaturityAnswer) =>
  rows ?? [{ consulting_visitors, windows }];

export const maturity = routes().openapi(getMaturity, async (c) => {
  const question = c.req.valid('query');
  const store = await openStore(c.env, c.var.access, 'read', question.store);
  // Without an ETag: who asked in sealed days may still buy.
  return answer(
    c,
    { store, question },
    () => answerMaturity(c.env, settingsOf(store), question, Date.now()),
    linesOf,
  );
});
