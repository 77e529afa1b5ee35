// POST /v1/stores/{id}/channel-rules/dry-run: what other channel rules would make of the latest visits.
import { z } from '@hono/zod-openapi';
import { answerRulesTried, rulesTried, TRIED_DAYS } from '../metrics/channel-rules.ts';
import { settingsOf } from '../store/stores.ts';
import { openStore } from './access.ts';
import { changing, json, routes } from './route.ts';
import { channelRules, storeId } from './schemas.ts';

const dryRun = changing('post', {
  path: '/v1/stores/{id}/channel-rules/dry-run',
  tag: 'Stores and tokens',
  scope: 'edit',
  summary: 'Try channel rules on the latest visits',
  description: `Changes nothing: says what these rules, in the place of the store's own, would make of the visits of the last ${TRIED_DAYS} days. A change of the rules has everything counted anew, to the same numbers.`,
  request: {
    params: z.object({ id: storeId }),
    body: {
      required: true,
      ...json(
        z.strictObject({ channel_rules: channelRules }).openapi('ChannelRulesToTry', {
          example: { channel_rules: [{ channel: 'affiliate', source: 'partner.*' }] },
        }),
      ),
    },
  },
  responses: { 200: { description: 'What they would do.', ...json(rulesTried) } },
});

export const channelRuleRoutes = routes().openapi(dryRun, async (c) => {
  const store = await openStore(c.env, c.var.access, 'edit', c.req.valid('param').id);
  const { channel_rules } = c.req.valid('json');
  return c.json(await answerRulesTried(c.env, settingsOf(store), channel_rules, Date.now()), 200);
});
