// A shop's server to test with: makes secrets, signs by the documented scheme with Node's own crypto, sends.
import { createHmac } from 'node:crypto';
import type { ServerAnswer } from '../../../worker/api/confirmed.ts';
import type { Problem } from '../../../worker/api/schemas.ts';
import type { Secret } from '../../../worker/api/secrets.ts';
import { ask, fetchWorker } from '../shop.ts';

export type MadeSecret = Secret & { secret: string };

export const createSecret = (store: string, fields: object = {}) =>
  ask<MadeSecret>('POST', '/v1/secrets', { store, ...fields });

export const STRIPE_SECRET = 'whsec_5WQh7YJrOcDqN2tXlVZbKfS8uGmEaP1i';

export const seconds = () => Math.floor(Date.now() / 1000);

export const hexOf = (secret: string, time: number, body: string) =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');

export const signatureOf = (secret: string, body: string, time = seconds()) =>
  `t=${time},v1=${hexOf(secret, time, body)}`;

/** Sends a body with the header as it is given. */
export const sendWith = (body: string, headers: Record<string, string> = {}) =>
  fetchWorker('/v1/server/events', { method: 'POST', headers, body });

export const sendSigned = (secret: string, body: string, time?: number) =>
  sendWith(body, { 'tundish-signature': signatureOf(secret, body, time) });

/** Confirms some events of a store. @throws when the call is refused. */
export async function confirm(store: string, secret: string, events: readonly object[], fields: object = {}) {
  const response = await sendSigned(secret, JSON.stringify({ v: 1, store, events, ...fields }));
  if (!response.ok) throw new Error(await response.text());
  return response.json<ServerAnswer>();
}

/** Status and code of an answer. */
export async function refusedWith(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json<Problem>()).code];
}
