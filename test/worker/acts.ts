// What people do around noon of one day, for the tests of the metrics endpoint.
import { ORIGIN } from './shop.ts';

export const NOON = Date.UTC(2026, 4, 10, 12);
export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const PERIOD = { from: '2026-05-10', to: '2026-05-10' };

let made = 0;
/** An event of a visitor's only visit, some minutes after noon. */
export const act = (visitor: string, type: string, minutes: number, fields: object = {}) => ({
  id: `${visitor}w.${String(made++).padStart(6, '0')}`,
  type,
  visitor,
  visit: `${visitor}w`,
  at: NOON + minutes * MINUTE,
  ...(type === 'visit' ? { url: `${ORIGIN}/` } : {}),
  ...(type === 'order' || type === 'payment' || type === 'refund'
    ? { order: `of-${visitor}`, value: 10, currency: 'USD' }
    : {}),
  ...fields,
});
