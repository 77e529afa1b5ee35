// What every page has: the number beside the cart, and the chat.
import { countThings, readCart } from './basket.js';
import './chat.js';

function showCount() {
  const count = countThings(readCart());
  const badge = document.querySelector('#cart-count');
  badge.textContent = String(count);
  badge.hidden = count === 0;
}

showCount();
document.addEventListener('halfmoon:cart', showCount);
window.addEventListener('storage', showCount);
window.addEventListener('pageshow', showCount);
