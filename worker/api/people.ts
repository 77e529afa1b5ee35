// /v1/visitors, /v1/visitors/{id} and /v1/orders: a period's visitors and orders one by one, what one visitor did, and
// that they are forgotten.
import { z } from '@hono/zod-openapi';
import { answerOrders, ordersAnswer, ordersQuestion } from '../metrics/orders.ts';
import { daysOf } from '../metrics/period.ts';
import { answerVisitor, visitorAnswer, visitorQuestion } from '../metrics/visitor.ts';
import { answerVisitors, visitorsAnswer, visitorsQuestion } from '../metrics/visitors.ts';
import { eraseVisitor } from '../store/erase.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { answer, format } from './answer.ts';
import { erasure } from './keeping.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes, table } from './route.ts';
import { EXAMPLES, storeId } from './schemas.ts';

const TAG = 'People and orders';

const getVisitors = asking({
  path: '/v1/visitors',
  tag: TAG,
  scope: 'people',
  summary: 'A period’s visitors, one by one',
  description: 'How far each got by now, and who may still order; the latest first.',
  request: { query: visitorsQuestion.extend({ format }) },
  responses: { 200: { description: 'The visitors.', ...table(visitorsAnswer) } },
});

const getVisitor = asking({
  path: '/v1/visitors/{id}',
  tag: TAG,
  scope: 'people',
  summary: 'What one visitor did',
  description: 'The visits, the latest first: pages, inquiries, steps, and the orders, payments and refunds.',
  request: {
    params: z.object({ id: z.string().openapi({ example: EXAMPLES.visitor }) }),
    query: visitorQuestion,
  },
  responses: { 200: { description: 'The visits.', ...json(visitorAnswer) } },
});

/** Steps of one request: some seconds. */
const STEPS = 20;

const deleteVisitor = changing('delete', {
  path: '/v1/visitors/{id}',
  tag: TAG,
  scope: 'admin',
  summary: 'Erase a visitor',
  description:
    'Every event that names the visitor is deleted, and with it all that was made of it; every figure is right from then on. Orders that a server has confirmed without naming them stay, as unattributed. Repeat it until `done`; for somebody who is gone, or was never there, it does nothing.',
  request: {
    params: z.object({ id: z.string().openapi({ example: EXAMPLES.visitor }) }),
    query: z.strictObject({ store: storeId }),
  },
  responses: { 200: { description: 'What is erased.', ...json(erasure) } },
});

const getOrders = asking({
  path: '/v1/orders',
  tag: TAG,
  scope: 'people',
  tagged: true,
  summary: 'A period’s orders, one by one',
  description:
    'The latest day first, within a day by order number. With a filter a page may hold fewer than `limit`, even none, while `next` says where to go on.',
  request: { query: ordersQuestion.extend({ format }) },
  responses: { 200: { description: 'The orders.', ...table(ordersAnswer) } },
});

export const people = routes()
  .openapi(getVisitors, async (c) => {
    const question = c.req.valid('query');
    const store = await openStore(c.env, c.var.access, 'people', question.store);
    return answer(
      c,
      { store, question },
      () => answerVisitors(c.env, settingsOf(store), question, Date.now()),
      ({ visitors }) => visitors,
    );
  })
  .openapi(getVisitor, async (c) => {
    const question = c.req.valid('query');
    const store = await openStore(c.env, c.var.access, 'people', question.store);
    const answered = await answerVisitor(c.env, settingsOf(store), c.req.valid('param').id, question);
    if (!answered) throw new ProblemError('unknown_visitor', undefined, 'id');
    return c.json(answered, 200);
  })
  .openapi(deleteVisitor, async (c) => {
    const store = await openStore(c.env, c.var.access, 'admin', c.req.valid('query').store);
    return c.json(await eraseVisitor(c.env, settingsOf(store), c.req.valid('param').id, STEPS), 200);
  })
  .openapi(getOrders, async (c) => {
    const question = c.req.valid('query');
    const store = await openStore(c.env, c.var.access, 'people', question.store);
    return answer(
      c,
      // Where somebody was last seen may lie after all days that were asked for.
      { ...(question.last === 'true' ? {} : { spans: [daysOf(question)] }), store, question },
      () => answerOrders(c.env, settingsOf(store), question, Date.now()),
      ({ orders }) => orders,
    );
  });
