// The short list of what is (or was) bought, beside the checkout and on the thank-you page.
import { findProduct, showPrice } from './catalogue.js';
import { element } from './element.js';

export const summary = (lines) =>
  lines.map(({ sku, quantity }) => {
    const product = findProduct(sku);
    return element(
      'li',
      {},
      element('span', {}, `${quantity} × ${product.name}`),
      element('span', {}, showPrice(product.cents * quantity)),
    );
  });
