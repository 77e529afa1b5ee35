// Stripe's webhook events made into payments and refunds, as a shop's own server would send them.
import { shifted } from './money.ts';
import { isObject } from './parse.ts';

/** Why an event of Stripe's, rightly signed, changes nothing. A closed list; the answer is 200, or Stripe would repeat. */
export const STRIPE_REASONS = {
  other_type: 'Events of this type say nothing of payments or refunds.',
  not_paid: 'The session is not paid yet; its payment comes with a later event.',
  no_order:
    'It names no order: set client_reference_id of the session, or metadata.order of the payment intent.',
  no_refund: 'It does not say what was given back.',
} as const;
export type StripeReason = keyof typeof STRIPE_REASONS;

/** An event of the contract, still to be parsed as any other. */
export interface StripeSale {
  type: 'payment' | 'refund';
  id?: string;
  at: number;
  order: unknown;
  value: number;
  currency: string;
  method?: string;
}

export type StripeReading = { sales: StripeSale[]; ignored: null } | { sales: []; ignored: StripeReason };

const ignored = (reason: StripeReason): StripeReading => ({ sales: [], ignored: reason });

/**
 * Digits of Stripe's amounts that are not 2 (docs.stripe.com/currencies): not ISO 4217's everywhere. ISK and UGX have no
 * cents, yet Stripe writes them as if they had; MGA has fifths, which Stripe leaves out; HUF and TWD are whole in payouts
 * alone.
 */
const DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ...'BHD JOD KWD OMR TND'.split(' ').map((code) => [code, 3]),
]);

/** Anything of a JSON object; what is missing is undefined however deep. */
type Json = Record<string, unknown>;
const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isObject(inner) ? (inner as Json)[name] : undefined), value);
const numberAt = (value: unknown, ...path: string[]): number | null => {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
};

const currencyOf = (object: unknown) => String(at(object, 'currency') ?? '').toUpperCase();
const majorOf = (amount: number, currency: string) => shifted(amount, -(DIGITS[currency] ?? 2));
const orderOf = (object: unknown): unknown =>
  at(object, 'metadata', 'order') || at(object, 'metadata', 'order_id') || null;

function payment(object: unknown, seconds: number, order: unknown, amount: number | null): StripeReading {
  if (!order) return ignored('no_order');
  const currency = currencyOf(object);
  const value = majorOf(amount ?? Number.NaN, currency);
  return {
    sales: [{ type: 'payment', at: seconds * 1000, order, value, currency, method: 'stripe' }],
    ignored: null,
  };
}

/**
 * What a charge's refunds gave back, each once. `amount_refunded` is all so far: where the event does not list the refunds
 * (API versions since 2022-11-15), it is this event's own share that counts, known by what all came to with it.
 */
function refundsOf(event: unknown, charge: unknown): { id: string; amount: number; seconds: number }[] {
  const seconds = numberAt(event, 'created') ?? Number.NaN;
  const listed = at(charge, 'refunds', 'data');
  if (Array.isArray(listed) && listed.length > 0)
    return listed
      .filter((refund) => !['failed', 'canceled'].includes(String(at(refund, 'status'))))
      .map((refund) => ({
        id: String(at(refund, 'id')),
        amount: numberAt(refund, 'amount') ?? Number.NaN,
        seconds: numberAt(refund, 'created') ?? seconds,
      }));
  const after = numberAt(charge, 'amount_refunded');
  const before = numberAt(event, 'data', 'previous_attributes', 'amount_refunded');
  if (after === null || before === null || after <= before) return [];
  return [{ id: `${at(charge, 'id')}-${after}`, amount: after - before, seconds }];
}

function refund(event: unknown, charge: unknown): StripeReading {
  const order = orderOf(charge);
  if (!order) return ignored('no_order');
  const refunds = refundsOf(event, charge);
  if (refunds.length === 0) return ignored('no_refund');
  const currency = currencyOf(charge);
  return {
    sales: refunds.map(({ id, amount, seconds }) => ({
      type: 'refund',
      id,
      at: seconds * 1000,
      order,
      value: majorOf(amount, currency),
      currency,
      method: 'stripe',
    })),
    ignored: null,
  };
}

/** What an event means; its time is when Stripe says that it happened. */
export function readStripe(event: unknown): StripeReading {
  const object = at(event, 'data', 'object');
  const seconds = numberAt(event, 'created') ?? Number.NaN;
  switch (at(event, 'type')) {
    case 'checkout.session.completed':
    // Bank debits and vouchers are paid days after the session is completed.
    case 'checkout.session.async_payment_succeeded':
      if (at(object, 'payment_status') !== 'paid') return ignored('not_paid');
      return payment(
        object,
        seconds,
        at(object, 'client_reference_id') || orderOf(object),
        numberAt(object, 'amount_total'),
      );
    case 'payment_intent.succeeded':
      return payment(object, seconds, orderOf(object), numberAt(object, 'amount_received'));
    case 'charge.refunded':
      return refund(event, object);
    default:
      return ignored('other_type');
  }
}
