// Writes that are asked for twice and done once: the first claims the key, the others get its answer.
import { Buffer } from 'node:buffer';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { type Env, secretOf } from '../env.ts';
import { answers } from './schema-stores.ts';

const DAY = 86_400_000;
/** Milliseconds after which a claim without an answer is a request that died. */
const ABANDONED = 60_000;

const bytes = (text: string) => new TextEncoder().encode(text);
export const digestOf = async (text: string) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes(text))).toString('base64url');

export interface Answered {
  status: number;
  body: string;
}

/** `first`: do it, then `keep` or `forget`. `busy`: the first is not answered yet. `other`: it was another request. */
export type Claim =
  | { kind: 'first'; keep(answer: Answered): Promise<void>; forget(): Promise<void> }
  | { kind: 'again'; answer: Answered }
  | { kind: 'busy' }
  | { kind: 'other' };

/** Made of the server's secret and the caller's own key, neither of which is in the database. */
async function cipherOf(env: Env, key: string) {
  const material = await crypto.subtle.digest('SHA-256', bytes(`answers\n${secretOf(env)}\n${key}`));
  return crypto.subtle.importKey('raw', material, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

async function encrypted(env: Env, key: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await cipherOf(env, key), bytes(text));
  return Buffer.concat([iv, new Uint8Array(sealed)]).toString('base64');
}

async function decrypted(env: Env, key: string, text: string): Promise<string> {
  const all = new Uint8Array(Buffer.from(text, 'base64'));
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: all.slice(0, 12) },
    await cipherOf(env, key),
    all.slice(12),
  );
  return new TextDecoder().decode(opened);
}

/** Claims a key for a request; both are texts, the key with the credential it came with. */
export async function claim(env: Env, key: string, request: string, now: number): Promise<Claim> {
  const db = drizzle(env.DB);
  // A body may hold a password, whose plain digest could be tried out against a copy of the database.
  const [id, asked] = [await digestOf(key), await digestOf(`${secretOf(env)}\n${request}`)];
  await db
    .delete(answers)
    .where(
      or(
        lt(answers.created, now - DAY),
        and(eq(answers.id, id), isNull(answers.status), lt(answers.created, now - ABANDONED)),
      ),
    );
  const claimed = await db
    .insert(answers)
    .values({ id, request: asked, created: now })
    .onConflictDoNothing()
    .returning({ id: answers.id });
  if (claimed.length > 0)
    return {
      kind: 'first',
      keep: async ({ status, body }) => {
        await db
          .update(answers)
          .set({ status, body: await encrypted(env, key, body) })
          .where(eq(answers.id, id));
      },
      forget: async () => {
        await db.delete(answers).where(eq(answers.id, id));
      },
    };
  const known = await db.select().from(answers).where(eq(answers.id, id)).get();
  // Forgotten in between: the first has failed.
  if (!known) return { kind: 'busy' };
  if (known.request !== asked) return { kind: 'other' };
  if (known.status === null || known.body === null) return { kind: 'busy' };
  return { kind: 'again', answer: { status: known.status, body: await decrypted(env, key, known.body) } };
}
