// The home page's picks.
import { card } from './card.js';
import { findProduct } from './catalogue.js';

const PICKS = ['jade-cloud', 'clay-teapot', 'night-ferry', 'four-phases'];

document.querySelector('#picks').append(...PICKS.map((sku) => card(findProduct(sku))));
