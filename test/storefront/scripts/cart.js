// The cart: change it, or go on to checkout.
import { readCart, setQuantity, sumCents } from './basket.js';
import { findProduct, picture, productPage, showPrice } from './catalogue.js';
import { element } from './element.js';

function row({ sku, quantity }) {
  const product = findProduct(sku);
  const field = element('input', {
    type: 'number',
    min: '1',
    max: '20',
    value: String(quantity),
    'aria-label': `Quantity of ${product.name}`,
    'data-test': `quantity-${sku}`,
  });
  field.addEventListener('change', () => setQuantity(sku, field.valueAsNumber || 1));
  const remove = element(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-label': `Remove ${product.name}`,
      'data-test': `remove-${sku}`,
    },
    'Remove',
  );
  remove.addEventListener('click', () => setQuantity(sku, 0));
  return element(
    'li',
    { class: 'line' },
    element('img', { class: 'line-picture', src: picture(product), alt: '', width: 96, height: 96 }),
    element(
      'div',
      { class: 'line-what' },
      element('a', { class: 'line-name', href: productPage(product) }, product.name),
      element('span', { class: 'line-kind' }, product.kind),
    ),
    element('div', { class: 'line-how-many' }, field, remove),
    element('strong', { class: 'line-price' }, showPrice(product.cents * quantity)),
  );
}

function show() {
  const lines = readCart();
  document.querySelector('#lines').replaceChildren(...lines.map(row));
  document.querySelector('#total').textContent = showPrice(sumCents(lines));
  document.querySelector('#full').hidden = lines.length === 0;
  document.querySelector('#empty').hidden = lines.length > 0;
}

document.addEventListener('halfmoon:cart', show);
window.addEventListener('pageshow', show);
