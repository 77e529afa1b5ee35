// The cart, kept in this browser under the shop's own key: a list of { sku, quantity }.
import { findProduct } from './catalogue.js';

const KEY = 'halfmoon.cart';
/** More than this of one thing is a typing mistake; the quantity fields in the pages say the same. */
const MOST = 20;

export function readCart() {
  try {
    const lines = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return lines.filter((line) => findProduct(line.sku) && line.quantity > 0);
  } catch {
    return [];
  }
}

function writeCart(lines) {
  localStorage.setItem(KEY, JSON.stringify(lines));
  document.dispatchEvent(new Event('halfmoon:cart'));
}

export function setQuantity(sku, quantity) {
  const lines = readCart();
  const wanted = Math.min(MOST, Math.max(0, Math.trunc(quantity) || 0));
  const line = lines.find((candidate) => candidate.sku === sku);
  if (line) line.quantity = wanted;
  else lines.push({ sku, quantity: wanted });
  writeCart(lines.filter((candidate) => candidate.quantity > 0));
}

export function addToCart(sku, quantity) {
  const line = readCart().find((candidate) => candidate.sku === sku);
  setQuantity(sku, (line?.quantity ?? 0) + quantity);
}

export const emptyCart = () => writeCart([]);

export const countThings = (lines) => lines.reduce((sum, line) => sum + line.quantity, 0);

export const sumCents = (lines) =>
  lines.reduce((sum, line) => sum + findProduct(line.sku).cents * line.quantity, 0);
