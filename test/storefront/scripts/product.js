// One product: what it is, into the cart with it, a review, a link for a friend.
import { addToCart } from './basket.js';
import { card } from './card.js';
import {
  CATEGORIES,
  CURRENCY,
  findProduct,
  majorUnits,
  PRODUCTS,
  picture,
  productPage,
  showPrice,
} from './catalogue.js';
import { element } from './element.js';

/** How many other products stand below. */
const OTHERS = 4;

const find = (selector) => document.querySelector(selector);

function show(product) {
  document.title = `${product.name} – Halfmoon Tea`;
  find('#picture').src = picture(product);
  find('#picture').alt = `${product.name}, ${product.kind}`;
  find('#category').textContent = CATEGORIES[product.category];
  find('#category').href = `list.html?category=${product.category}`;
  find('#name').textContent = product.name;
  find('#kind').textContent = product.kind;
  find('#price').textContent = showPrice(product.cents);
  find('#about').textContent = product.about;
  for (const [fact, says] of Object.entries(product.facts)) {
    find('#facts').append(element('div', {}, element('dt', {}, fact), element('dd', {}, says)));
  }
  const place = PRODUCTS.indexOf(product);
  const others = [...PRODUCTS.slice(place + 1), ...PRODUCTS.slice(0, place)].slice(0, OTHERS);
  find('#others').append(...others.map(card));
  find('#product').hidden = false;
}

function offerCart(product) {
  find('#buy').addEventListener('submit', (event) => {
    event.preventDefault();
    const quantity = Number(find('#quantity').value);
    addToCart(product.sku, quantity);
    tundish('cart', {
      item: product.sku,
      value: majorUnits(product.cents * quantity),
      currency: CURRENCY,
    });
    find('#added').replaceChildren(
      `${product.name} is in your cart. `,
      element('a', { href: 'cart.html', 'data-test': 'go-cart' }, 'See the cart'),
    );
  });
}

function offerReview(product) {
  find('#review').addEventListener('submit', (event) => {
    event.preventDefault();
    tundish('review', { item: product.sku });
    find('#reviewed').textContent = 'Thank you! (A demo shop: the review is not published.)';
  });
}

function offerShare(product) {
  find('#share').addEventListener('click', async () => {
    tundish('share', { item: product.sku });
    const address = new URL(productPage(product), location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      find('#shared').textContent = 'The link is copied.';
    } catch {
      find('#shared').textContent = address;
    }
  });
}

const product = findProduct(new URLSearchParams(location.search).get('sku'));
if (product) {
  show(product);
  offerCart(product);
  offerReview(product);
  offerShare(product);
  tundish('product', { item: product.sku, value: majorUnits(product.cents), currency: CURRENCY });
} else {
  find('#missing').hidden = false;
}
