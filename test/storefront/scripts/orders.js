// The orders of this browser. A real shop keeps them on its server; the thank-you page would ask there.
import { emptyCart, readCart, sumCents } from './basket.js';

const KEY = 'halfmoon.orders';

function readOrders() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}

const writeOrder = (order) =>
  localStorage.setItem(KEY, JSON.stringify({ ...readOrders(), [order.number]: order }));

function makeNumber() {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return `HM-${Date.now().toString(36)}-${random.toString(36)}`.toUpperCase();
}

/** Turns the cart into an order and empties it. `pay` is 'card' (paid at once) or 'later'. */
export function placeOrder(pay) {
  const lines = readCart();
  const paid = pay === 'card';
  const order = {
    number: makeNumber(),
    lines,
    cents: sumCents(lines),
    paid,
    method: paid ? 'card' : 'transfer',
  };
  writeOrder(order);
  emptyCart();
  return order;
}

export function findOrder(number) {
  const orders = readOrders();
  return Object.hasOwn(orders, number) ? orders[number] : undefined;
}

export function settleOrder(number) {
  const order = { ...findOrder(number), paid: true };
  writeOrder(order);
  return order;
}
