// Signed calls: HMAC-SHA-256 over time and raw body, with a header that Stripe's webhooks use too.

/** Whose signature a secret verifies: a shop's own server, or Stripe. */
export const SECRET_KINDS = ['server', 'stripe'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

export const SIGNATURE_HEADER = 'tundish-signature';

/** Seconds between a signature's time and the server's clock, either way: what Stripe recommends. */
export const TOLERANCE = 300;

/** Signatures looked at in one header: senders that are changing secrets send one for each. */
const SIGNATURES = 8;

/**
 * Why a signed call is refused; the status is 401. A store that does not exist, a revoked secret and an altered body all
 * say the same: who has no secret learns nothing.
 */
export const SIGNATURE_REASONS = {
  missing_signature: `The call is not signed: send Tundish-Signature: t=SECONDS,v1=HEX, or a write token as Authorization: Bearer TOKEN.`,
  stale_signature: `The signature’s time is more than ${TOLERANCE} seconds from the server’s clock; sign again, and look at your clock.`,
  invalid_signature:
    'The signature fits no secret of the store: sign SECONDS.BODY, the body byte by byte as it is sent.',
} as const;
export type SignatureReason = keyof typeof SIGNATURE_REASONS;

export class SignatureError extends Error {
  override name = 'SignatureError';
  readonly reason: SignatureReason;
  constructor(reason: SignatureReason) {
    super(reason);
    this.reason = reason;
  }
}

export interface Signature {
  /** As it was sent, because that is what was signed. */
  seconds: string;
  /** Each 32 bytes. */
  signatures: Uint8Array<ArrayBuffer>[];
}

const HEX = /^[0-9a-f]{64}$/i;
const SECONDS = /^[1-9]\d{0,11}$/;

/**
 * Reads `t=SECONDS,v1=HEX`; schemes of other names are passed over, as Stripe asks.
 * @throws {SignatureError} when there is none, or none that can be right now.
 */
export function readSignature(header: string | null | undefined, now: number): Signature {
  if (!header) throw new SignatureError('missing_signature');
  const parts = header.split(',').map((part) => part.trim().split('='));
  const times = parts.filter(([name]) => name === 't').map(([, value = '']) => value);
  const hex = parts.flatMap(([name, value = '']) => (name === 'v1' && HEX.test(value) ? [value] : []));
  const [seconds = ''] = times;
  if (times.length !== 1 || !SECONDS.test(seconds) || hex.length === 0 || hex.length > SIGNATURES)
    throw new SignatureError('invalid_signature');
  if (Math.abs(Math.floor(now / 1000) - Number(seconds)) > TOLERANCE)
    throw new SignatureError('stale_signature');
  return { seconds, signatures: hex.map((text) => new Uint8Array(Buffer.from(text, 'hex'))) };
}

/**
 * Verifies a body by any of the secrets. `subtle.verify` takes the same time wherever two signatures differ.
 * @throws {SignatureError} when none fits.
 */
export async function verifySignature(
  { seconds, signatures }: Signature,
  body: Uint8Array,
  secrets: readonly string[],
): Promise<void> {
  const encoder = new TextEncoder();
  const signed = Buffer.concat([encoder.encode(`${seconds}.`), body]);
  for (const secret of secrets) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify']);
    for (const signature of signatures)
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return;
  }
  throw new SignatureError('invalid_signature');
}
