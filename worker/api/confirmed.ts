// What signed calls are answered: the collector's account, and of each order and payment what was claimed and stands.
import { z } from '@hono/zod-openapi';
import { EVENT_REASONS, type EventReason, type Rejection } from '../../sdk/event.ts';
import { majorUnits } from '../collect/money.ts';
import { STRIPE_REASONS, type StripeReason } from '../collect/stripe.ts';
import type { Amount, appendConfirmed } from '../store/confirmed.ts';

const amount = z.object({
  value: z.number().openapi({ description: 'Major units, as they are sent.' }),
  currency: z.string(),
});

export const confirmedSale = z
  .object({
    order: z.string(),
    type: z.enum(['order', 'payment']),
    claimed: amount
      .nullable()
      .openapi({ description: 'What browsers say; null when none has said anything.' }),
    stands: amount.extend({ at: z.int() }).openapi({ description: 'What counts from now on.' }),
    differs: z.boolean().openapi({ description: 'Browsers say another amount than stands.' }),
    attributed: z.boolean().openapi({ description: 'A visitor is known, by this call or by a browser.' }),
  })
  .openapi('ConfirmedSale');

const reasons = Object.keys(EVENT_REASONS) as [EventReason, ...EventReason[]];

export const serverAnswer = z
  .object({
    accepted: z.int(),
    duplicate: z.int(),
    rejected: z.array(z.object({ id: z.string().nullable(), reason: z.enum(reasons) })),
    confirmed: z.array(confirmedSale),
  })
  .openapi('ServerAnswer');
export type ServerAnswer = z.infer<typeof serverAnswer>;

export const stripeAnswer = z
  .object({
    ...serverAnswer.shape,
    ignored: z
      .object({
        reason: z.enum(Object.keys(STRIPE_REASONS) as [StripeReason, ...StripeReason[]]),
        says: z.string(),
      })
      .nullable()
      .openapi({ description: 'Why the event changes nothing; null where it does.' }),
  })
  .openapi('StripeAnswer');
export type StripeAnswer = z.infer<typeof stripeAnswer>;

const major = ({ value, currency }: Amount) => ({ value: majorUnits(value, currency), currency });

export const confirmedAnswer = (
  { accepted, duplicate, standings }: Awaited<ReturnType<typeof appendConfirmed>>,
  rejected: Rejection[],
): ServerAnswer => ({
  accepted,
  duplicate,
  rejected,
  confirmed: standings.map(({ order, type, claimed, stands, attributed }) => ({
    order,
    type,
    claimed: claimed && major(claimed),
    stands: { ...major(stands), at: stands.at },
    differs: claimed !== null && (claimed.value !== stands.value || claimed.currency !== stands.currency),
    attributed,
  })),
});
