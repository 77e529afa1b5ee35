// All products, or those of one category.
import { card } from './card.js';
import { CATEGORIES, PRODUCTS } from './catalogue.js';

const filter = document.querySelector('#filter');
const shelf = document.querySelector('#shelf');
const found = document.querySelector('#found');

function show() {
  const category = filter.elements.category.value;
  const products = PRODUCTS.filter((product) => category === 'all' || product.category === category);
  shelf.replaceChildren(...products.map(card));
  found.textContent = products.length === 1 ? '1 product' : `${products.length} products`;
}

const asked = new URLSearchParams(location.search).get('category');
if (asked !== null && Object.hasOwn(CATEGORIES, asked)) filter.elements.category.value = asked;
filter.addEventListener('change', show);
show();
