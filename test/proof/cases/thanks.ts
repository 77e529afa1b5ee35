// A thank-you page that is loaded again and again, in several tabs.
import { acknowledged, bought, type Place, purchase, ready, VALUE } from '../place.ts';
import { type Case, view } from './case.ts';

const TABS = 3;

/** What the endpoint says must be one order, paid once. */
async function countedOnce(place: Place): Promise<void> {
  const { orders, paid_orders: paid, buyers, money } = await place.totals();
  const told = [orders, paid, buyers, money.length, money[0]?.gross].join();
  if (told !== [1, 1, 1, 1, VALUE].join())
    throw new Error(`Orders, paid, buyers, currencies, gross: ${told}.`);
}

const reloaded =
  (times: number, html: string, attributes = '', confirmed = false): Case =>
  async (on) => {
    const place = await on.place();
    const link = await place.link(300);
    place.page('/thanks', link, html, attributes);
    const context = await on.visitor();
    let left = times;
    const tab = async () => {
      const page = await context.newPage();
      await page.goto(`${place.url}/thanks`);
      while (left > 0) {
        left--;
        await page.reload();
      }
      await ready(page);
      return page;
    };
    const [tabs] = await Promise.all([
      Promise.all(Array.from({ length: TABS }, tab)),
      confirmed && place.confirm('A-1'),
    ]);
    const told = confirmed ? ['order A-1', 'payment A-1'] : [];
    const sent = [...told, ...Array.from({ length: times + TABS }, () => view('/thanks')), ...bought('A-1')];
    await place.arrived(sent);
    for (const page of tabs) await acknowledged(page);
    await context.close();
    place.same(sent);
    await countedOnce(place);
    return { sent: sent.length, note: `${times + TABS} page views, one order, one payment` };
  };

/** The page calls by itself; the shop's server may confirm in between. */
export const thanks = (times: number, confirmed = false): Case =>
  reloaded(
    times,
    `{tag}<script>addEventListener('load', () => { ${purchase('A-1')} })</script>`,
    '',
    confirmed,
  );

/** The page speaks GA4 and also tells the order itself; the payment only GA4's purchase knows of. */
export const thanksInGa4 = (times: number): Case => {
  const params = { transaction_id: 'A-1', value: VALUE / 100, currency: 'USD', items: [{ item_id: 'tea' }] };
  const order = purchase('A-1').split(';')[0];
  return reloaded(
    times,
    `<script>
      window.dataLayer = window.dataLayer || [];
      function gtag() { dataLayer.push(arguments) }
      gtag('js', new Date());
      gtag('event', 'purchase', ${JSON.stringify(params)});
    </script>{tag}<script>addEventListener('load', () => { ${order} })</script>`,
    'data-adapters="ga4" data-ga4-paid',
  );
};
