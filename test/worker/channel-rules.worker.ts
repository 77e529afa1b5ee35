// Channel rules that are tried: the numbers of the dry run are those of the change itself, on random shops.
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelRule } from '../../worker/collect/event.ts';
import type { RulesTried } from '../../worker/metrics/channel-rules.ts';
import { runJobs } from '../../worker/store/jobs.ts';
import { runs } from '../effort.ts';
import {
  ask,
  batch,
  createStore,
  derivedTables,
  fetchWorker,
  importEvents,
  keptEvents,
  ORIGIN,
  operator,
  pageView,
  post,
} from './shop.ts';

const DAY = 86_400_000;
const later = () => Date.now() + 61_000;

const tried = (store: string, rules: readonly object[]) =>
  ask<RulesTried>('POST', `/v1/stores/${store}/channel-rules/dry-run`, { channel_rules: rules });
const change = (store: string, rules: readonly object[]) =>
  ask('PATCH', `/v1/stores/${store}`, { channel_rules: rules });

/** Each visit of the last 30 days with its channel as the tables have it. */
async function channelsOf(store: string): Promise<Map<string, string>> {
  const since = Math.floor(Date.now() / DAY) - 29;
  const { results } = await env.DB.prepare(
    `select visitor || ' ' || visit as id, channel from visits
      where store = (select key from stores where id = ?) and day >= ? and day <= ?`,
  )
    .bind(store, since, since + 29)
    .all<{ id: string; channel: string }>();
  return new Map(results.map(({ id, channel }) => [id, channel]));
}

const tag = fc.constantFrom('', 'letter', 'Letter_2', 'partner.example', '50%off', 'a^b', 'baidu', '字');
const visit = fc.record({
  source: tag,
  medium: fc.constantFrom('', 'email', 'cpc', 'Shelf_A'),
  campaign: fc.constantFrom('', 'spring-1', 'spring-2', 'x'.repeat(60)),
  /** Days before today, on the first of which a visit may begin before midnight; of the oldest nothing is looked at. */
  ago: fc.constantFrom(0, 0, 1, 28, 29, 30, 40),
  pages: fc.integer({ min: 0, max: 2 }),
});
const pattern = fc.option(
  fc.constantFrom(
    'letter',
    'LETTER*',
    '*',
    '*.example',
    'letter_2',
    '50%*',
    'a^*',
    'a*b',
    '字',
    'x'.repeat(60),
  ),
  { nil: undefined, freq: 2 },
);
const rules = fc.array(
  fc
    .record({
      channel: fc.constantFrom('affiliate', 'sms', 'email', 'direct' as const),
      source: pattern,
      medium: fc.option(fc.constantFrom('email', 'shelf_*', '*'), { nil: undefined }),
      campaign: fc.option(fc.constantFrom('spring-*', '*-1', 'x'.repeat(60)), { nil: undefined }),
    })
    .filter(({ source, medium, campaign }) => (source ?? medium ?? campaign) !== undefined),
  { maxLength: 4 },
);

/** The first page of a visit says where it came from; a visit may also have none, or begin with an inquiry. */
function eventsOf(visits: readonly (typeof visit extends fc.Arbitrary<infer V> ? V : never)[]) {
  const noon = Math.floor(Date.now() / DAY) * DAY;
  return visits.flatMap(({ source, medium, campaign, ago, pages }, n) => {
    const id = `w${n}`;
    const at = noon - ago * DAY + n;
    const query = new URLSearchParams(
      Object.entries({ utm_source: source, utm_medium: medium, utm_campaign: campaign }).filter(([, v]) => v),
    );
    const own = { visitor: `p${n % 3}`, visit: id };
    return [
      { id: `${id}.0`, type: 'inquiry', via: 'chat', at: at - 1, ...own },
      ...Array.from({ length: pages }, (_, page) => ({
        ...{ id: `${id}.${page + 1}`, type: 'visit', at: at + page, ...own },
        url: `${ORIGIN}/${page === 0 && query.size > 0 ? `?${query}` : ''}`,
      })),
    ].filter((event) => event.at <= Date.now());
  });
}

const matches = (pattern: string | undefined, value: string | null): boolean => {
  if (pattern === undefined) return true;
  if (value === null) return false;
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('[^]*')}$`, 'i').test(value);
};

/** Of each visit looked at the first rule that it matches, by its entry as the tables have it. */
async function takersOf(store: string, list: readonly ChannelRule[]): Promise<number[]> {
  const seen = await channelsOf(store);
  const { results } = await env.DB.prepare(
    `select distinct visitor || ' ' || visit as id, source, medium, campaign from visits
      where store = (select key from stores where id = ?)`,
  )
    .bind(store)
    .all<{ id: string; source: string | null; medium: string | null; campaign: string | null }>();
  const takers = results
    .filter(({ id }) => seen.has(id))
    .map((row) =>
      list.findIndex(
        (rule) =>
          matches(rule.source, row.source) &&
          matches(rule.medium, row.medium) &&
          matches(rule.campaign, row.campaign),
      ),
    );
  return list.map((_, place) => takers.filter((taker) => taker === place).length);
}

/** Moves by from and to alone. */
const ways = (moves: readonly { from: string; to: string; visits: number }[]) => {
  const sums = new Map<string, number>();
  for (const { from, to, visits } of moves) {
    const way = `${from} > ${to}`;
    sums.set(way, (sums.get(way) ?? 0) + visits);
  }
  return Object.fromEntries([...sums].sort());
};

describe('a dry run', () => {
  test('says what the change then does, and changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(visit, { minLength: 1, maxLength: 25 }),
        rules,
        rules,
        async (visits, before, after) => {
          const { id } = await createStore();
          await change(id, before);
          await runJobs(env, later());
          await importEvents(id, eventsOf(visits));
          const [tables, events, channels] = [
            await derivedTables(id),
            await keptEvents(id),
            await channelsOf(id),
          ];

          const said = await tried(id, after);
          expect([await derivedTables(id), await keptEvents(id)]).toEqual([tables, events]);

          await change(id, after);
          await runJobs(env, later());
          const now = await channelsOf(id);
          const moved = [...channels]
            .map(([visit, from]) => ({ from, to: now.get(visit) ?? '', visits: 1 }))
            .filter(({ from, to }) => from !== to);
          expect(said.visits).toBe(channels.size);
          expect(said.moved).toBe(moved.length);
          expect(ways(said.moves)).toEqual(ways(moved));
          expect(said.rules.map(({ takes }) => takes)).toEqual(await takersOf(id, after as ChannelRule[]));
          expect(said.rules.map(({ moved }) => moved)).toEqual(
            after.map((_, place) =>
              said.moves.filter(({ rule }) => rule === place).reduce((sum, { visits }) => sum + visits, 0),
            ),
          );
        },
      ),
      { numRuns: runs(10, 25) },
    );
  }, 60_000);

  test('holds as well while an earlier change is still to be counted', async () => {
    const { id } = await createStore();
    await importEvents(id, eventsOf([{ source: 'letter', medium: 'email', campaign: '', ago: 1, pages: 1 }]));
    await change(id, [{ channel: 'sms', source: 'letter' }]);
    await runJobs(env, later());
    await change(id, []);
    const said = await tried(id, []);
    expect(said).toMatchObject({
      recounting: true,
      moved: 1,
      moves: [{ rule: null, from: 'sms', to: 'email' }],
    });
    await runJobs(env, later());
    expect(await tried(id, [])).toMatchObject({ recounting: false, moved: 0, moves: [] });
  });

  test('looks at 30 days of the store’s own calendar, today included', async () => {
    const { id } = await createStore({ timezone: 'Pacific/Auckland' });
    const { period, visits } = await tried(id, []);
    expect(period).toMatchObject({ days: 30, timezone: 'Pacific/Auckland', complete: false });
    expect(visits).toBe(0);
  });
});

describe('a pattern that the database would not take', () => {
  const long = 'x'.repeat(60);
  const status = async (rule: Partial<ChannelRule>) => {
    const { id } = await createStore();
    const response = await fetchWorker(`/v1/stores/${id}`, {
      method: 'PATCH',
      headers: operator(),
      body: JSON.stringify({ channel_rules: [{ channel: 'email', ...rule }] }),
    });
    const taken = await post(batch(id, [pageView({ url: `${ORIGIN}/?utm_source=${long}` })]));
    return [response.status, taken.status];
  };

  test.each([
    ['is refused: more than 50 bytes with *', `${long}*`, 422],
    ['is refused: letters of three bytes count three', `${'字'.repeat(17)}*`, 422],
    ['is refused: what stands for itself is written with two', `${'_'.repeat(25)}*`, 422],
    ['is taken: 50 bytes', `${'x'.repeat(49)}*`, 200],
    ['is taken: any length without *, which is no pattern', long, 200],
  ])('%s', async (_, source, expected) => {
    expect(await status({ source })).toEqual([expected, 200]);
  });

  test('and was kept by an earlier version stops no event, and matches nothing', async () => {
    const { id } = await createStore();
    await env.DB.prepare('update stores set channel_rules = ? where id = ?')
      .bind(JSON.stringify([{ channel: 'sms', source: `${'x'.repeat(55)}*` }]), id)
      .run();
    expect((await post(batch(id, [pageView({ url: `${ORIGIN}/?utm_source=${long}` })]))).status).toBe(200);
    expect([...(await channelsOf(id)).values()]).toEqual(['referral']);
  });
});
