// Locks what must be kept readable, so that a copy of the database alone gives none of it away.
import { type Env, secretOf } from '../env.ts';

/** Bytes of a nonce of AES-GCM. */
const NONCE = 12;

const encoder = new TextEncoder();

/** One key for this purpose alone, from the secret that the Worker has and the database has not. */
async function keyOf(env: Env): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey('raw', encoder.encode(secretOf(env)), 'HKDF', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: encoder.encode('tundish'),
      info: encoder.encode('vault 1: secrets of signed calls'),
    },
    master,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** `place` says where it is kept: moved to another row it cannot be opened. */
export async function lock(env: Env, place: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(place) };
  const locked = await crypto.subtle.encrypt(algorithm, await keyOf(env), encoder.encode(text));
  return Buffer.concat([iv, new Uint8Array(locked)]).toString('base64url');
}

/** What was locked, or null where the Worker's secret is another by now or somebody has changed the row. */
export async function unlock(env: Env, place: string, locked: string): Promise<string | null> {
  const bytes = Buffer.from(locked, 'base64url');
  const algorithm = {
    name: 'AES-GCM',
    iv: bytes.subarray(0, NONCE),
    additionalData: encoder.encode(place),
  };
  try {
    const opened = await crypto.subtle.decrypt(algorithm, await keyOf(env), bytes.subarray(NONCE));
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}
