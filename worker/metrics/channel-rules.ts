// What a change of channel rules would do to the latest visits: the answer's schema, and how it is counted.
import { z } from '@hono/zod-openapi';
import { dayOf } from '../collect/calendar.ts';
import type { ChannelRule, StoreSettings } from '../collect/event.ts';
import { CHANNELS } from '../collect/source/list.ts';
import type { Env } from '../env.ts';
import { tryRules } from '../store/dry-run.ts';
import { periodOf } from './period.ts';
import { period } from './question.ts';

/** Days looked at, today included. */
export const TRIED_DAYS = 30;

const count = z.int().min(0);

export const rulesTried = z
  .object({
    store: z.string(),
    period,
    visits: count.openapi({ description: 'Visits looked at: all of these days.' }),
    moved: count.openapi({ description: 'Those that would have another channel.' }),
    recounting: z.boolean().openapi({
      description:
        'True while an earlier change is being counted: the channels of before may mix old and new.',
    }),
    rules: z
      .array(
        z.object({
          takes: count.openapi({ description: 'Visits that it is the first to match.' }),
          moved: count.openapi({ description: 'Those of them that have another channel now.' }),
        }),
      )
      .openapi({ description: 'One for each rule, in their order.' }),
    moves: z
      .array(
        z.object({
          rule: z.int().min(0).nullable().openapi({
            description: 'The rule that moves them, the first is 0; null where none takes them any more.',
          }),
          from: z.enum(CHANNELS),
          to: z.enum(CHANNELS),
          visits: count,
        }),
      )
      .openapi({ description: 'From which channel to which, most visits first.' }),
  })
  .openapi('ChannelRulesTried');
export type RulesTried = z.infer<typeof rulesTried>;

export async function answerRulesTried(
  env: Env,
  store: StoreSettings,
  rules: readonly ChannelRule[],
  now: number,
): Promise<RulesTried> {
  const today = dayOf(now, store.timezone);
  const days = { from: today - TRIED_DAYS + 1, to: today };
  const ways = await tryRules(env, store, rules, days);
  const moves = ways.filter(({ from, to }) => from !== to);
  const sum = (some: typeof ways) => some.reduce((total, { visits }) => total + visits, 0);
  return {
    store: store.id,
    period: periodOf(days, store.timezone, now),
    visits: sum(ways),
    moved: sum(moves),
    recounting: store.recounting,
    rules: rules.map((_, place) => ({
      takes: sum(ways.filter(({ rule }) => rule === place)),
      moved: sum(moves.filter(({ rule }) => rule === place)),
    })),
    // The tables hold channels of the closed list and no others.
    moves: moves as RulesTried['moves'],
  };
}
