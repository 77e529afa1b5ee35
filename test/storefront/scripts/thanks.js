// The thank-you page. A reload tells Tundish everything again, as in most shops; it counts an order once.
import { CURRENCY, findProduct, majorUnits, showPrice } from './catalogue.js';
import { findOrder, settleOrder } from './orders.js';
import { summary } from './summary.js';

const find = (selector) => document.querySelector(selector);

const sale = (order) => ({
  order: order.number,
  value: majorUnits(order.cents),
  currency: CURRENCY,
  method: order.method,
});

const items = (order) =>
  order.lines.map(({ sku, quantity }) => {
    const product = findProduct(sku);
    return { item_id: sku, item_name: product.name, price: majorUnits(product.cents), quantity };
  });

function show(order) {
  find('#number').textContent = order.number;
  find('#summary').replaceChildren(...summary(order.lines));
  find('#total').textContent = showPrice(order.cents);
  find('#paid').hidden = !order.paid;
  find('#unpaid').hidden = order.paid;
  find('#thanks').hidden = false;
}

const order = findOrder(new URLSearchParams(location.search).get('order'));
if (order) {
  show(order);
  tundish('order', { ...sale(order), items: items(order) });
  if (order.paid) tundish('payment', sale(order));
  find('#pay-now').addEventListener('click', () => {
    const settled = settleOrder(order.number);
    tundish('payment', sale(settled));
    show(settled);
  });
} else {
  find('#missing').hidden = false;
}
