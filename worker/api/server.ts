// POST /v1/server/events: what a shop's own server confirms, by its signature or a write token.
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { LIMITS } from '../../sdk/event.ts';
import { openServerBatch, receiveConfirmed } from '../collect/confirm.ts';
import type { StoreSettings } from '../collect/event.ts';
import { Refusal } from '../collect/receive.ts';
import { readSignature, SIGNATURE_HEADER, SignatureError, verifySignature } from '../collect/signature.ts';
import { secretOf } from '../env.ts';
import { appendConfirmed } from '../store/confirmed.ts';
import { activeSecrets } from '../store/secrets.ts';
import { findSettings } from '../store/stores.ts';
import { type Access, type AppEnv, requireMay } from './access.ts';
import { confirmedAnswer } from './confirmed.ts';
import { authenticate } from './gate.ts';
import { limited } from './quota.ts';
import { noParameters, refusal, refusalOf } from './refusal.ts';

/** The store that a body names, before anything of it is believed. */
function namedStore(body: string): string | null {
  try {
    const { store } = JSON.parse(body);
    return typeof store === 'string' ? store : null;
  } catch {
    return null;
  }
}

/** @throws {SignatureError} which says the same whatever does not fit. */
async function signedStore(c: Context<AppEnv>, body: Uint8Array, now: number): Promise<StoreSettings> {
  const signature = readSignature(c.req.header(SIGNATURE_HEADER), now);
  const id = namedStore(new TextDecoder().decode(body));
  const store = id === null ? null : await findSettings(c.env, id, now);
  if (!store) throw new SignatureError('invalid_signature');
  await verifySignature(signature, body, await activeSecrets(c.env, store.key, 'server'));
  return store;
}

/** By a token it is known who calls, and how often, before the body is looked at; a cookie is no credential here. */
const byToken: MiddlewareHandler<AppEnv> = (c, next) =>
  c.req.header('authorization') ? authenticate(c, () => limited(c, next) as Promise<void>) : next();

export const serverEvents = new Hono<AppEnv>().post(
  '/v1/server/events',
  bodyLimit({
    maxSize: LIMITS.bytes,
    onError: () => {
      throw refusal('too_large');
    },
  }),
  noParameters,
  byToken,
  async (c) => {
    const now = Date.now();
    const body = new Uint8Array(await c.req.arrayBuffer());
    try {
      const access = c.get('access') as Access | undefined;
      const signed = access ? null : await signedStore(c, body, now);
      const batch = openServerBatch(new TextDecoder().decode(body));
      if (access) requireMay(access, 'write', batch.store);
      const store = signed ?? (await findSettings(c.env, batch.store, now));
      if (!store) throw new Refusal('unknown_store');
      const { events, rejected } = receiveConfirmed(
        batch.events,
        store,
        { now, secret: secretOf(c.env) },
        batch.visitor,
      );
      return c.json(confirmedAnswer(await appendConfirmed(c.env, store, events), rejected));
    } catch (error) {
      throw refusalOf(error);
    }
  },
);
