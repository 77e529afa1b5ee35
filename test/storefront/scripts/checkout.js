// Checkout: an address, a way to pay, and the order number is made when the order is placed.
import { readCart, sumCents } from './basket.js';
import { CURRENCY, majorUnits, showPrice } from './catalogue.js';
import { placeOrder } from './orders.js';
import { summary } from './summary.js';

const form = document.querySelector('#checkout');

function show() {
  const lines = readCart();
  document.querySelector('#summary').replaceChildren(...summary(lines));
  document.querySelector('#total').textContent = showPrice(sumCents(lines));
  document.querySelector('#full').hidden = lines.length === 0;
  document.querySelector('#empty').hidden = lines.length > 0;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  // An order placed in another tab has emptied the cart: nothing is left to buy twice.
  if (readCart().length === 0) return show();
  const order = placeOrder(form.elements.pay.value);
  location.assign(`thanks.html?order=${order.number}`);
});

window.addEventListener('pageshow', show);
if (readCart().length > 0) {
  tundish('checkout', { value: majorUnits(sumCents(readCart())), currency: CURRENCY });
}
