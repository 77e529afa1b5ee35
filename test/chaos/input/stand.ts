// A server to send bad bodies to: a store, and one of each thing that the document's examples name.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EXAMPLES } from '../../../worker/api/schemas.ts';
import { call } from '../../../worker/cli/operator.ts';
import { SHOP, type Victim } from '../victim.ts';
import type { Keys } from './endpoints.ts';

const STRIPE = 'whsec_5WQh7YJrOcDqN2tXlVZbKfS8uGmEaP1i';

/** Gives what was made the names of the examples; no server may run. */
function rename(data: string, changes: [text: string, ...values: string[]][]): void {
  const file = readdirSync(data, { recursive: true, encoding: 'utf8' }).find(
    (name) => name.endsWith('.sqlite') && !name.includes('metadata'),
  );
  const database = new DatabaseSync(join(data, file ?? ''), { timeout: 10_000 });
  database.exec('pragma foreign_keys = off');
  for (const [text, ...values] of changes) database.prepare(text).run(...values);
  database.close();
}

/** @returns what lets one in; the server has been started again by then. */
export async function furnish(victim: Victim): Promise<Keys> {
  const make = <T>(path: string, body: object) => call<T & { id: string }>(victim, 'POST', path, body);
  const store = await victim.store(SHOP);
  const named = { store, name: 'Example' };
  const { secret: server } = await make<{ secret: string }>('/v1/secrets', { store });
  await make('/v1/secrets', { store, kind: 'stripe', secret: STRIPE });
  const funnel = await make('/v1/funnels', { ...named, question: { steps: ['visit', 'order'] } });
  const annotation = await make('/v1/annotations', { store, day: '2026-11-02', text: 'A new price' });
  const member = await make('/v1/members', { store, email: 'ann@shop.example', role: 'viewer' });
  const share = await make('/v1/shares', named);
  const { url } = await make<{ url: string }>('/v1/operator/sign-in-links', { email: 'mia@shop.example' });
  const signedIn = await fetch(url.replace(/^http:\/\/[^/]+/, victim.url), { redirect: 'manual' });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  await victim.kill();
  rename(victim.data, [
    ['update stores set id = ? where id = ?', EXAMPLES.store, store],
    ['update funnels set id = ? where id = ?', EXAMPLES.funnel, funnel.id],
    ['update annotations set id = ? where id = ?', EXAMPLES.annotation, annotation.id],
    ['update shares set id = ? where id = ?', EXAMPLES.share, share.id],
    ['update user set id = ? where id = ?', EXAMPLES.member, member.id],
    ['update members set user = ? where user = ?', EXAMPLES.member, member.id],
  ]);
  await victim.start();
  return { operator: victim.secret, cookie, server, stripe: STRIPE };
}
