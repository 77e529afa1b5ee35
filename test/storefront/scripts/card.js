// A product as it stands on a shelf: home page, list, "goes well with".
import { CATEGORIES, picture, productPage, showPrice } from './catalogue.js';
import { element } from './element.js';

export function card(product) {
  return element(
    'li',
    { class: 'card' },
    element(
      'a',
      { class: 'card-link', href: productPage(product), 'data-test': `product-${product.sku}` },
      element('img', { class: 'card-picture', src: picture(product), alt: '', width: 400, height: 400 }),
      element('span', { class: 'card-category' }, CATEGORIES[product.category]),
      element('span', { class: 'card-name' }, product.name),
      element('span', { class: 'card-kind' }, product.kind),
      element('span', { class: 'card-price' }, showPrice(product.cents)),
    ),
  );
}
