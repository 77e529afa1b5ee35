// Inquiries that count by themselves: links to ask by, one a visit for each way.
import { beforeEach, expect, it } from 'vitest';
import { call, calm, stage } from './stage.ts';

const on = stage();

/** A page with this on it. Nothing in it leaves the page. */
const show = async (html: string) => {
  on.shop.pages['/'] = `{tag}${html}`;
  await on.page.goto(on.shop.url);
  await on.collector.until((events) => events.length === 1, 0);
  // What watches the page has come with the last of what loads.
  await on.page.waitForLoadState('networkidle');
};
const inquiries = () => on.collector.events.filter(({ type }) => type === 'inquiry');
const ways = async (count: number) => {
  await on.collector.until(() => inquiries().length === count);
  return inquiries().map((event) => ('via' in event ? event.via : undefined));
};

const STAY = `<script>
  addEventListener('click', (event) => event.target.closest('a') && event.preventDefault());
  addEventListener('submit', (event) => event.preventDefault());
</script>`;
const LINK = `${STAY}<a href="https://wa.me/15550100">Write to us</a>`;

beforeEach(() => {
  on.shop.pages = {};
});

it('counts a click on a link, with its way, and sends nothing but that', async () => {
  await show(LINK);
  await on.page.click('a');
  expect(await ways(1)).toEqual(['chat']);
  expect(Object.keys(inquiries()[0] ?? {}).sort()).toEqual([
    'at',
    'engaged',
    'id',
    'referrer',
    'type',
    'url',
    'via',
    'visit',
  ]);
  expect(JSON.stringify(on.collector.requests)).not.toContain('15550100');
});

it('counts a click on what lies in the link, though the page stops the event', async () => {
  await show(`${STAY}<a href="tel:+15550100"><span>Call</span></a>
    <script>document.querySelector('span').addEventListener('click', (event) => event.stopImmediatePropagation())</script>`);
  await on.page.click('span');
  expect(await ways(1)).toEqual(['tel']);
});

it('counts a link inside a shadow tree', async () => {
  await show(`${STAY}<div></div><script>
    document.querySelector('div').attachShadow({ mode: 'open' }).innerHTML = '<a href="mailto:hi@shop.example">Mail</a>';
  </script>`);
  await on.page.click('a');
  expect(await ways(1)).toEqual(['mailto']);
});

it('counts a link that leads away from the page', async () => {
  await show('<a href="https://line.me/R/ti/p/@halfmoon">LINE</a>');
  await on.context.route('https://line.me/**', (route) => route.fulfill({ body: 'LINE' }));
  await on.page.click('a');
  await on.page.waitForURL('https://line.me/**');
  // Whatever became of the request on the way out: it was written down before, and goes with the next page.
  await on.page.goto(`${on.shop.url}/b`);
  expect(await ways(1)).toEqual(['chat']);
});

it('counts one way once a visit, and each way', async () => {
  await show(
    `${STAY}<a href="https://wa.me/1">W</a><a href="https://t.me/halfmoon" id="t">T</a><a href="tel:1" id="tel">C</a>`,
  );
  for (const link of ['a', '#t', 'a', '#tel']) await on.page.click(link);
  expect(await ways(2)).toEqual(['chat', 'tel']);
  await on.page.reload();
  await on.page.waitForLoadState('networkidle');
  await on.page.click('a');
  await calm(600);
  expect(inquiries()).toHaveLength(2);
  // A new visit half an hour later.
  await on.page.evaluate(
    'localStorage.tundish = localStorage.tundish.replace(/\\d{13}$/, Date.now() - 30 * 60_000)',
  );
  await on.page.click('a');
  await on.collector.until(() => inquiries().length === 3);
});

it('counts what the shop reports, too, as the same inquiry', async () => {
  await show(LINK);
  await call(on.page, 'inquiry', { via: 'chat' });
  await on.page.click('a');
  await call(on.page, 'inquiry', { via: 'chat' });
  expect(await ways(1)).toEqual(['chat']);
});
