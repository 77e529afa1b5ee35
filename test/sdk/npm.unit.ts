// The npm API: wrong shapes do not compile, and a server may render with it.
import { expect, it } from 'vitest';
import { consent, init, optout, track, watch } from '../../sdk/index.ts';

it('does nothing on a server', () => {
  expect(typeof document).toBe('undefined');
  init({ store: 'st_test', host: 'https://host.example' });
  track('visit');
  consent('granted');
  optout();
  watch();
  expect(Object.keys(globalThis)).not.toContain('tundish');
});

/** Never called: the compiler is the test. An expected error that is none fails it. */
const shapes = (): void => {
  init({ store: 'st_test', host: 'https://host.example', consent: 'required', privacy: 'all' });
  track('visit');
  track('visit', { url: '/a' });
  track('inquiry');
  track('inquiry', { via: 'chat' });
  track('order', { order: 'A-1', value: 49.99, currency: 'USD', items: [{ item_id: 'p', quantity: 2 }] });
  track('payment', { order: 'A-1', value: 49.99, currency: 'USD', method: 'card' });
  track('refund', { order: 'A-1', value: 9.99, currency: 'USD' });
  track('product', { item: 'p', value: 1, currency: 'EUR' });
  track('custom', { name: 'quiz', props: { step: 1, done: true } });
  consent('granted');
  consent('denied');
  optout();
  watch();
  // @ts-expect-error consent is a choice
  consent();
  // @ts-expect-error granted or denied
  consent('maybe');
  // @ts-expect-error required, or not spoken of
  init({ store: 'st_test', host: 'https://host.example', consent: 'optional' });
  // @ts-expect-error all or ignore
  init({ store: 'st_test', host: 'https://host.example', privacy: 'some' });
  // @ts-expect-error consent is no event
  track('consent', 'granted');
  // @ts-expect-error a store is needed
  init({ host: 'https://host.example' });
  // @ts-expect-error a host is needed
  init({ store: 'st_test' });
  // @ts-expect-error not a type
  track('purchase', { order: 'A-1', value: 1, currency: 'USD' });
  // @ts-expect-error attention is measured, not told
  track('engaged', { engaged: 10_000 });
  // @ts-expect-error not a way to ask
  track('inquiry', { via: 'telepathy' });
  // @ts-expect-error an order has fields
  track('order');
  // @ts-expect-error an order has a number
  track('order', { value: 49.99, currency: 'USD' });
  // @ts-expect-error an order has a currency
  track('order', { order: 'A-1', value: 49.99 });
  // @ts-expect-error a value is a number
  track('order', { order: 'A-1', value: '49.99', currency: 'USD' });
  // @ts-expect-error a payment has no items
  track('payment', { order: 'A-1', value: 49.99, currency: 'USD', items: [] });
  // @ts-expect-error a custom step has a name
  track('custom', { props: { step: 1 } });
  // @ts-expect-error props are flat
  track('custom', { name: 'quiz', props: { nested: {} } });
  // @ts-expect-error the id is made here
  track('inquiry', { id: 'x' });
};
void shapes;
