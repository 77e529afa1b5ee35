// One truth: what the dashboard asks for, JSON and CSV agree digit for digit, over random questions about a random shop.
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  COMPARISONS,
  GROUPINGS,
  type MetricsAnswer,
  type MetricsQuestion,
} from '../../worker/metrics/question.ts';
import { runs } from '../effort.ts';
import { parse } from './csv.ts';
import { createStore, fetchWorker, HOST, importEvents, ORIGIN, operator, sealStore } from './shop.ts';

/** Questions asked, each three ways. */
const QUESTIONS = runs(24, 240);
const FIRST = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const DAYS = 40;

let store = '';
/** The dashboard is a browser's program, which this one cannot be compiled with. */
const DASHBOARD = '../../dashboard/api.ts';
let getMetrics: (question: MetricsQuestion) => Promise<MetricsAnswer>;

beforeAll(async () => {
  store = (await createStore({ timezone: 'America/New_York' })).id;
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const ways = [
    '',
    '?utm_source=letter&utm_medium=email&utm_campaign=%3Dspring',
    '?utm_source=google&utm_medium=cpc',
  ];
  const events = Array.from({ length: 1_500 }, (_, n) => {
    const at = FIRST + random(DAYS * DAY);
    const visitor = `person${random(300)}`;
    const visit = `${visitor}d${Math.floor(at / DAY)}`;
    const type = ['visit', 'visit', 'visit', 'inquiry', 'order', 'payment', 'refund'][random(7)] as string;
    const sold = ['order', 'payment', 'refund'].includes(type);
    const order = `o${random(200)}`;
    const currency = ['USD', 'USD', 'JPY', 'KWD'][random(4)];
    return {
      id: `${visit}.${n}`,
      ...{
        type,
        visitor,
        visit,
        at,
        device: ['mobile', 'desktop'][random(2)],
        country: ['DE', 'CN'][random(2)],
      },
      ...(type === 'visit' ? { url: `${ORIGIN}/p${random(5)}${ways[random(3)]}` } : {}),
      ...(sold ? { order, currency, value: random(100_000) / 100 } : {}),
    };
  });
  await importEvents(store, events);
  // Some days are sealed and some are not.
  await sealStore(store);
  await env.DB.prepare('delete from sealed where day % 3 = 0').run();
  // The dashboard's own way to the server, in the place of the browser's.
  vi.stubGlobal('fetch', (input: string | URL, init: RequestInit = {}) =>
    fetchWorker(new URL(String(input), HOST).href.slice(HOST.length), {
      ...init,
      headers: { ...operator() },
    }),
  );
  ({ getMetrics } = (await import(DASHBOARD)) as { getMetrics: typeof getMetrics });
});
afterAll(() => vi.unstubAllGlobals());

const date = (n: number) => new Date(FIRST + n * DAY).toISOString().slice(0, 10);
const questions: fc.Arbitrary<Omit<MetricsQuestion, 'store'>> = fc
  .record({
    first: fc.integer({ min: -2, max: DAYS }),
    days: fc.integer({ min: 0, max: 20 }),
    scope: fc.constantFrom('visitor' as const, 'visit' as const),
    basis: fc.constantFrom('order' as const, 'payment' as const),
    money: fc.constantFrom('order' as const, 'payment' as const),
    by: fc.constantFrom(undefined, ...GROUPINGS),
    compare: fc.constantFrom(undefined, ...COMPARISONS),
    device: fc.constantFrom<string[] | undefined>(undefined, ['mobile'], ['mobile', 'desktop']),
  })
  .map(({ first, days, by, compare, device, ...same }) => ({
    ...same,
    from: date(first),
    to: date(first + (by === 'hour' ? days % 7 : days)),
    ...(by ? { by } : {}),
    ...(compare ? { compare } : {}),
    ...(device ? { 'filter[device]': device } : {}),
  }));

const endpoint = async (question: object, format: string): Promise<string> => {
  const query = new URLSearchParams({ store, format });
  for (const [name, value] of Object.entries(question))
    for (const each of [value].flat()) query.append(name, String(each));
  const response = await fetchWorker(`/v1/metrics?${query}`, { headers: operator() });
  expect(response.status).toBe(200);
  return response.text();
};

/** What CSV must say of an answer, written down without the product's own writer. */
function expectedLines({ comparison, ...current }: MetricsAnswer): Record<string, string>[] {
  const digits = (value: number | null) => (value === null ? '' : JSON.stringify(value));
  return [current, ...(comparison ? [comparison] : [])].flatMap(({ period, totals, rates, rows }) =>
    (rows ?? [{ key: null, totals, rates }]).map((row) => {
      const { money, converted, ...counts } = row.totals;
      const line: Record<string, string> = { from: period.from, to: period.to };
      if (row.key !== null) line.key = row.key.replace(/^[=+\-@]/, "'$&");
      for (const [name, count] of Object.entries(counts)) line[name] = digits(count);
      line.converted = '';
      expect(converted).toBeNull();
      for (const [name, { value, numerator, denominator, ci }] of Object.entries(row.rates)) {
        line[`${name}.value`] = digits(value);
        line[`${name}.numerator`] = digits(numerator);
        line[`${name}.denominator`] = digits(denominator);
        if (ci) [line[`${name}.ci.0`], line[`${name}.ci.1`]] = [digits(ci[0]), digits(ci[1])];
      }
      for (const { currency, ...amounts } of money) {
        line[`money.${currency}.currency`] = currency;
        for (const [name, amount] of Object.entries(amounts))
          line[`money.${currency}.${name}`] = digits(amount);
      }
      return line;
    }),
  );
}

const filled = (line: Record<string, string>) =>
  Object.fromEntries(Object.entries(line).filter(([, cell]) => cell !== ''));

test(`${QUESTIONS} random questions`, { timeout: 120_000 }, async () => {
  let [asked, counted] = [0, 0];
  await fc.assert(
    fc.asyncProperty(questions, async (question) => {
      const json = await endpoint(question, 'json');
      const shown = await getMetrics({ store, ...question } as MetricsQuestion);
      // Text for text: the same digits, not numbers that are near.
      expect(JSON.stringify(shown)).toBe(json);
      const lines = parse(await endpoint(question, 'csv'));
      expect(lines.map(filled)).toEqual(expectedLines(shown).map(filled));
      asked++;
      counted += shown.totals.visitors;
    }),
    { numRuns: QUESTIONS },
  );
  expect(asked).toBeGreaterThanOrEqual(QUESTIONS);
  expect(counted).toBeGreaterThan(40 * QUESTIONS);
});
