// Pitfalls of counting people: ties, rows that do not add up, rates above 100 %.
import { describe, expect, test } from 'vitest';
import { some } from '../../effort.ts';
import { createStore, importEvents, metrics, ORIGIN } from '../shop.ts';
import { ADS, act, DAY, EMAIL, keepClock, MAY, MINUTE, NOON, rate, sale, send, TODAY } from './shoppers.ts';

keepClock();

/** Every sequence of some things. */
const permutations = <T>(things: readonly T[]): T[][] =>
  things.length === 0
    ? [[]]
    : things.flatMap((thing, n) =>
        permutations(things.filter((_, other) => other !== n)).map((rest) => [thing, ...rest]),
      );

describe('ties in time', () => {
  const moment = [
    act('visit', 'w1', NOON, { id: 'w1.1' }),
    act('inquiry', 'w1', NOON, { id: 'w1.2' }),
    sale('order', 'w1', NOON, 'A-1', { id: 'w1.3' }),
    sale('payment', 'w1', NOON, 'A-1', { id: 'w1.4' }),
  ];
  test('an inquiry and an order of one whole second convert, in whichever sequence they arrive', async () => {
    for (const arrival of permutations(moment))
      for (const size of some([2], [1, 2, 4])) {
        const store = await createStore();
        for (let sent = 0; sent < arrival.length; sent += size)
          await send(store.id, 'ann', arrival.slice(sent, sent + size));
        const answer = await metrics(store.id, TODAY);
        expect(answer.totals).toMatchObject({ visitors: 1, consulting_visitors: 1, consulting_buyers: 1 });
        expect(answer.rates.consult_conversion.value).toBe(1);
        expect((await metrics(store.id, { ...TODAY, basis: 'payment' })).rates.consult_conversion.value).toBe(
          1,
        );
      }
  });

  test('the id decides a tie: an inquiry whose id comes after the order’s is after-sales', async () => {
    for (const arrival of permutations(moment.slice(0, 3))) {
      const store = await createStore();
      const late = arrival.map((event) => (event.type === 'inquiry' ? { ...event, id: 'w1.9' } : event));
      for (const event of late) await send(store.id, 'ann', [event]);
      expect((await metrics(store.id, TODAY)).totals).toMatchObject({
        consulting_visitors: 0,
        silent_buyers: 1,
        buyers: 1,
      });
    }
  });
});

describe('totals that agree', () => {
  // Nine people: channel, device, country, and what they did. `back` comes a second time by another way.
  const people = [
    { name: 'p1', url: EMAIL, device: 'mobile', country: 'DE', did: ['inquiry', 'order', 'payment'] },
    { name: 'p2', url: EMAIL, device: 'mobile', country: 'FR', did: ['inquiry'], back: ADS },
    { name: 'p3', url: EMAIL, device: 'desktop', country: 'DE', did: ['order'], back: `${ORIGIN}/` },
    { name: 'p4', url: ADS, device: 'mobile', country: 'DE', did: [], back: EMAIL },
    { name: 'p5', url: ADS, device: 'desktop', country: 'FR', did: ['order', 'payment'] },
    { name: 'p6', url: `${ORIGIN}/`, device: 'desktop', country: 'DE', did: ['inquiry', 'order'] },
    { name: 'p7', url: `${ORIGIN}/`, device: 'desktop', did: [], back: `${ORIGIN}/` },
    { name: 'p8', url: `${ORIGIN}/`, did: [] },
    { name: 'p9', url: `${ORIGIN}/`, country: 'FR', did: ['inquiry'] },
  ];
  const events = people.flatMap(({ name, url, device, country, did, back }) => {
    const of = (visit: string) => ({ visitor: name, visit: name + visit, device, country });
    return [
      { ...act('visit', `${name}a`, NOON, { url }), ...of('a') },
      ...did.map((type, n) => {
        const at = NOON + (n + 1) * MINUTE;
        const event = type === 'inquiry' ? act(type, `${name}a`, at) : sale(type, `${name}a`, at, name);
        return { ...event, ...of('a') };
      }),
      ...(back ? [{ ...act('visit', `${name}b`, NOON + DAY, { url: back }), ...of('b') }] : []),
    ];
  });
  const ADDED = [
    'visitors',
    'effective_visitors',
    'consulting_visitors',
    'silent_visitors',
    'buyers',
    'consulting_buyers',
    'silent_buyers',
    'paying_visitors',
    'visits',
    'pages',
    'inquiries',
    'orders',
    'paid_orders',
  ] as const;
  const TRAITS = [
    'channel',
    'source',
    'medium',
    'campaign',
    'device',
    'country',
    'entry',
    'exit',
    'visitor_kind',
  ];
  const filters = ['', 'channel=email', 'channel=direct', 'device=mobile', 'country=FR', 'device=(none)'];

  test.each(filters)('rows by any trait add up to the totals and no rate is above 1 (%s)', async (filter) => {
    const store = await createStore();
    await importEvents(store.id, events);
    const [name, value] = filter.split('=');
    const filtered = value === undefined ? {} : { [`filter[${name}]`]: value };
    for (const scope of ['visitor', 'visit'])
      for (const by of TRAITS) {
        const answer = await metrics(store.id, { ...MAY, ...filtered, scope, by });
        const { rows = [], totals } = answer;
        expect(totals.visitors).toBeGreaterThan(0);
        for (const field of ADDED)
          expect([by, field, rows.reduce((sum, row) => sum + row.totals[field], 0)]).toEqual([
            by,
            field,
            totals[field],
          ]);
        for (const { rates } of [answer, ...rows])
          for (const { value: share, numerator, denominator } of Object.values(rates)) {
            expect(numerator).toBeLessThanOrEqual(denominator);
            expect(share ?? 0).toBeLessThanOrEqual(1);
          }
      }
  });

  test.each([
    ['', 9, 4, 4, 2, 13],
    ['channel=email', 3, 2, 2, 1, 5],
    ['channel=paid_search', 2, 0, 1, 1, 3],
    ['channel=direct', 4, 2, 1, 0, 5],
    ['device=mobile', 3, 2, 1, 1, 5],
    ['device=(none)', 2, 1, 0, 0, 2],
    ['country=FR', 3, 2, 1, 1, 4],
  ])('a filter holds for numerators and denominators alike (%s)', async (filter, ...expected) => {
    const store = await createStore();
    await importEvents(store.id, events);
    const [name, value] = filter.split('=');
    const answer = await metrics(store.id, { ...MAY, ...(value ? { [`filter[${name}]`]: value } : {}) });
    const { visitors, consulting_visitors, buyers, paying_visitors, visits } = answer.totals;
    expect([visitors, consulting_visitors, buyers, paying_visitors, visits]).toEqual(expected);
    expect(rate(answer, 'consult_rate')).toEqual([consulting_visitors, visitors]);
    expect(rate(answer, 'visit_to_order_rate')).toEqual([buyers, visitors]);
    expect(rate(answer, 'deal_conversion')).toEqual([paying_visitors, visitors]);
    // What the row of that key says without the filter.
    if (value) {
      const { rows } = await metrics(store.id, { ...MAY, by: name as string });
      expect(rows?.find(({ key }) => key === value)?.totals).toEqual(answer.totals);
    }
  });
});

describe('orders over visitors', () => {
  test('five orders of one visitor are one buyer, and no rate exceeds 100 %', async () => {
    const store = await createStore();
    const orders = [1, 2, 3, 4, 5].map((n) => sale('order', 'w1', NOON + n * MINUTE, `A-${n}`));
    await send(store.id, 'ann', [act('visit', 'w1', NOON), ...orders]);
    await send(store.id, 'ann', [act('visit', 'w2', NOON + 60 * MINUTE)]);
    const people = await metrics(store.id, TODAY);
    expect(people.totals).toMatchObject({ visitors: 1, buyers: 1, orders: 5 });
    expect(people.rates.visit_to_order_rate).toEqual({
      value: 1,
      numerator: 1,
      denominator: 1,
      ci: [expect.closeTo(0.2065, 4), 1],
    });
    const visits = await metrics(store.id, { ...TODAY, scope: 'visit' });
    expect(rate(visits, 'visit_to_order_rate')).toEqual([1, 2]);
  });

  test('one whose order comes from a server on a day without a visit is a visitor of that day', async () => {
    const store = await createStore();
    const ann = { visitor: 'ann' };
    await importEvents(store.id, [
      { ...act('visit', 'w1', NOON - DAY), ...ann },
      { ...sale('order', 'w1', NOON, 'A-1'), ...ann },
      { ...sale('payment', 'w1', NOON + DAY, 'A-1'), ...ann },
    ]);
    const ordered = await metrics(store.id, TODAY);
    expect(rate(ordered, 'visit_to_order_rate')).toEqual([1, 1]);
    const paid = await metrics(store.id, { from: '2026-05-11', to: '2026-05-11' });
    expect(rate(paid, 'deal_conversion')).toEqual([1, 1]);
    expect(rate(paid, 'visit_to_order_rate')).toEqual([0, 1]);
  });
});
