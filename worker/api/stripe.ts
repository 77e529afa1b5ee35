// POST /v1/stripe/{store}: Stripe's webhook. Its signature is the credential; payments and refunds are confirmed by it.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { receiveConfirmed } from '../collect/confirm.ts';
import { Refusal } from '../collect/receive.ts';
import { readSignature, SignatureError, verifySignature } from '../collect/signature.ts';
import { readStripe, STRIPE_REASONS } from '../collect/stripe.ts';
import { secretOf } from '../env.ts';
import { appendConfirmed } from '../store/confirmed.ts';
import { activeSecrets } from '../store/secrets.ts';
import { findSettings } from '../store/stores.ts';
import type { AppEnv } from './access.ts';
import { confirmedAnswer, type StripeAnswer } from './confirmed.ts';
import { ProblemError } from './problem.ts';
import { noParameters, refusalOf } from './refusal.ts';

/** Bytes of one event: a session with all its lines expanded stays far below. */
export const BYTES = 500_000;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('invalid_json');
  }
}

export const stripeEvents = new Hono<AppEnv>().post(
  '/v1/stripe/:store',
  bodyLimit({
    maxSize: BYTES,
    onError: () => {
      throw new ProblemError('too_large', `At most ${BYTES} bytes go in one request.`);
    },
  }),
  noParameters,
  async (c) => {
    const now = Date.now();
    const body = new Uint8Array(await c.req.arrayBuffer());
    try {
      const signature = readSignature(c.req.header('stripe-signature'), now);
      const store = await findSettings(c.env, c.req.param('store'), now);
      if (!store) throw new SignatureError('invalid_signature');
      await verifySignature(signature, body, await activeSecrets(c.env, store.key, 'stripe'));
      const { sales, ignored } = readStripe(readJson(new TextDecoder().decode(body)));
      const { events, rejected } = receiveConfirmed(sales, store, { now, secret: secretOf(c.env) });
      const answer = confirmedAnswer(await appendConfirmed(c.env, store, events), rejected);
      // Whoever looks at a delivery in Stripe's dashboard reads there why it counted nothing.
      return c.json({
        ...answer,
        ignored: ignored && { reason: ignored, says: STRIPE_REASONS[ignored] },
      } satisfies StripeAnswer);
    } catch (error) {
      throw refusalOf(error);
    }
  },
);
