// GET /v1/bottleneck: the step of the funnel that costs most against another period.
import { answerBottleneck } from '../metrics/bottleneck-answer.ts';
import { bottleneckAnswer, bottleneckQuestion } from '../metrics/bottleneck-question.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { answer, format } from './answer.ts';
import { asking, routes, table } from './route.ts';

const getBottleneck = asking({
  path: '/v1/bottleneck',
  tag: 'Figures',
  scope: 'read',
  summary: 'The step that costs most against another period',
  description:
    'What the change of each step’s rate cost by itself: (rate then − rate now) × those who stand before the step now × what one of them more would bring, with all that comes after it as it is now. The `bottleneck` is the dearest of those that got worse by more than chance. As CSV: a line for each step.',
  request: { query: bottleneckQuestion.extend({ format }) },
  responses: { 200: { description: 'The answer.', ...table(bottleneckAnswer) } },
});

export const bottleneck = routes().openapi(getBottleneck, async (c) => {
  const { format, ...question } = c.req.valid('query');
  const store = await openStore(c.env, c.var.access, 'read', question.store);
  // Without an ETag: how long a step took is told by what happened after the period, too.
  return answer(
    c,
    { store, question: { ...question, format } },
    () => answerBottleneck(c.env, settingsOf(store), question, Date.now()),
    ({ steps }) => steps,
  );
});
