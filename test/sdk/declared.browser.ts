// Events declared in plain HTML: data-tundish-TYPE on what is clicked or sent, meta elements in the head.
import { expect, it } from 'vitest';
import { calm, ORDER, stage } from './stage.ts';

const on = stage();

const show = async (html: string) => {
  on.shop.pages['/'] = `${html}{tag}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length > 0, 0);
  await on.page.waitForLoadState('networkidle');
};
const told = () => on.collector.events.filter(({ type }) => type !== 'visit');
const attribute = (fields: object) => JSON.stringify(fields).replaceAll('"', '&quot;');

/** A row a case: the attribute, and what is sent of it. */
const CASES: [string, object][] = [
  ['data-tundish-inquiry="chat"', { type: 'inquiry', via: 'chat' }],
  ['data-tundish-inquiry', { type: 'inquiry', via: '' }],
  ['data-tundish-cart', { type: 'cart' }],
  ['data-tundish-cart="tea-1"', { type: 'cart', via: 'tea-1' }],
  ['data-tundish-product="tea-1"', { type: 'product', via: 'tea-1' }],
  ['data-tundish-checkout', { type: 'checkout' }],
  ['data-tundish-share="tea-1"', { type: 'share', via: 'tea-1' }],
  ['data-tundish-review="tea-1"', { type: 'review', via: 'tea-1' }],
  ['data-tundish-custom="quiz"', { type: 'custom', via: 'quiz' }],
  [`data-tundish-order="${attribute(ORDER)}"`, { type: 'order', id: 'order:A-1', ...ORDER }],
  [`data-tundish-payment="${attribute(ORDER)}"`, { type: 'payment', id: 'payment:A-1', ...ORDER }],
  [`data-tundish-refund="${attribute(ORDER)}"`, { type: 'refund', ...ORDER }],
  [
    `data-tundish-cart="${attribute({ item: 'tea-1', value: 9.5, currency: 'EUR' })}"`,
    { type: 'cart', value: 9.5 },
  ],
];
it('reports each type by its attribute, with what its value says', async () => {
  await show(CASES.map(([html], row) => `<button ${html}><b id="b${row}">x</b></button>`).join(''));
  for (const row of CASES.keys()) await on.page.click(`#b${row}`);
  await on.collector.until(() => told().length === CASES.length);
  const ordered = told().sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  expect(ordered).toEqual(CASES.map(([, sent]) => expect.objectContaining(sent)));
});

it('counts though the page stops the event, and each click', async () => {
  await show(`<button data-tundish-cart>x</button><script>
    for (const target of [document.body, document.querySelector('button')])
      target.addEventListener('click', (event) => event.stopImmediatePropagation(), true);
  </script>`);
  await on.page.click('button');
  await on.page.click('button');
  await on.collector.until((events) => events.length === 3);
});

it('reports the innermost of several, and elements that came later', async () => {
  await show('<div data-tundish-share><p></p></div>');
  await on.page.evaluate(
    `document.querySelector('p').innerHTML = '<button data-tundish-cart="p">x</button>'`,
  );
  await on.page.click('button');
  await on.collector.until((events) => events.length === 2);
  expect(told()).toEqual([expect.objectContaining({ type: 'cart', via: 'p' })]);
});

it('reports a form when it is sent, not when it is clicked', async () => {
  await show(`<form data-tundish-inquiry="form" onsubmit="return false"><input><button>x</button></form>`);
  await on.page.click('input');
  await calm(600);
  expect(told()).toEqual([]);
  await on.page.press('input', 'Enter');
  await on.collector.until((events) => events.length === 2);
  expect(told()).toEqual([expect.objectContaining({ type: 'inquiry', via: 'form' })]);
});

it('asks once where a link to ask by is declared, too', async () => {
  await show('<a href="tel:1" data-tundish-inquiry="phone" onclick="return false">Call</a>');
  await on.page.click('a');
  await on.page.click('a');
  await on.collector.until((events) => events.length === 2, 600);
  expect(told()).toMatchObject([{ via: 'phone' }]);
});

it('leaves out what is to be ignored, and lets the collector judge what is broken', async () => {
  await show('<a href="tel:1" data-tundish="ignore"><button>x</button></a><i data-tundish-order="{">y</i>');
  await on.page.click('button');
  await on.page.click('i');
  await on.collector.until((events) => events.length === 2, 600);
  expect(told()).toEqual([expect.objectContaining({ type: 'order' })]);
});

it('reports what the head declares, once a view', async () => {
  await show(`<meta name="tundish:order" content="${attribute(ORDER)}">
    <meta name="tundish:payment" content="${attribute({ ...ORDER, method: 'card' })}">
    <meta name="tundish:product" content="tea-1"><meta name="tundish" content="no">`);
  await on.collector.until((events) => events.length === 4);
  expect(
    told()
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['order', 'payment', 'product']);
  expect(told()).toContainEqual(expect.objectContaining({ ...ORDER, id: 'payment:A-1', method: 'card' }));
  await on.page.reload();
  await on.collector.until((events) => events.length === 6);
  // The order and its payment are the same; the product is looked at again.
  expect(on.collector.types().filter((type) => type === 'product')).toHaveLength(2);
});

it('reports what the page adds to its head later, each once', async () => {
  on.shop.pages['/'] = `{tag}<script>
    document.addEventListener('DOMContentLoaded', () => document.head.insertAdjacentHTML('beforeend', '<meta name="tundish:cart">'));
  </script>`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 2);
  expect(told()).toEqual([expect.objectContaining({ type: 'cart' })]);
});
