// What only the operator's commands may do: sign-in links, import, rebuild, scheduled jobs at once, the demo store.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Answer } from '../../sdk/event.ts';
import { receiveImport } from '../collect/import.ts';
import { type Env, secretOf } from '../env.ts';
import { append } from '../store/append.ts';
import { runJobs } from '../store/jobs.ts';
import { addMember, changeRole, findPerson, removeMember } from '../store/members.ts';
import { rebuildStep } from '../store/rebuild.ts';
import { ALL_STORES, ROLES, type Role } from '../store/schema-stores.ts';
import { unseal } from '../store/seal.ts';
import { signInLink } from '../store/sign-in.ts';
import { keepDemoStore, settingsOf } from '../store/stores.ts';
import { type Access, type AppEnv, openStore } from './access.ts';
import { invalid, ProblemError } from './problem.ts';
import { newStore } from './schemas.ts';

/** Events of one import request; their text must fit one database parameter of 2 MB. */
const IMPORT_EVENTS = 5_000;
const IMPORT_BYTES = 2_000_000;

const importBody = z.object({ store: z.string(), events: z.array(z.unknown()).min(1).max(IMPORT_EVENTS) });
/** `after` is what the last step answered, or empty to begin. */
const rebuildBody = z.object({ store: z.string(), after: z.string() });
/** Without a store: an owner of all stores, those to come included. */
const linkBody = z.object({ email: z.email(), store: z.string().optional(), role: z.enum(ROLES).optional() });
const removalBody = z.object({ email: z.email(), store: z.string().optional() });

const placeOf = async (env: Env, access: Access, store: string | undefined): Promise<number> =>
  store === undefined ? ALL_STORES : (await openStore(env, access, 'members', store)).key;

/** Gives the role where it is not held already; a role that is not named stays, or is that of an owner. */
async function keepRole(env: Env, email: string, place: number, role: Role | undefined): Promise<void> {
  const person = await findPerson(env, email);
  const held = person?.places.find(({ key }) => key === place);
  if (!person || !held) return void (await addMember(env, email, place, role ?? 'owner', Date.now()));
  if (role === undefined || role === held.role) return;
  if (!(await changeRole(env, person.id, place, role))) throw new ProblemError('last_owner');
}

async function read<T>(schema: z.ZodType<T>, request: Request): Promise<T> {
  const result = schema.safeParse(await request.json().catch(() => null));
  if (!result.success) throw invalid(result.error);
  return result.data;
}

const limited = bodyLimit({
  maxSize: IMPORT_BYTES,
  onError: () => {
    throw new ProblemError('too_large', `At most ${IMPORT_BYTES} bytes go in one request; split the events.`);
  },
});

export const operator = new Hono<AppEnv>()
  .use('/v1/operator/*', async (c, next) => {
    if (c.var.access.kind !== 'operator') throw new ProblemError('operator_only');
    await next();
  })
  .post('/v1/operator/sign-in-links', async (c) => {
    const { email, store, role } = await read(linkBody, c.req.raw);
    const place = await placeOf(c.env, c.var.access, store);
    await keepRole(c.env, email, place, role);
    return c.json({ url: await signInLink(c.env, new URL(c.req.url).origin, email) }, 201);
  })
  .delete('/v1/operator/members', async (c) => {
    const { email, store } = await read(removalBody, c.req.raw);
    const person = await findPerson(c.env, email);
    const place = await placeOf(c.env, c.var.access, store);
    if (!person?.places.some(({ key }) => key === place))
      throw new ProblemError('unknown_member', undefined, 'email');
    if (!(await removeMember(c.env, person, place))) throw new ProblemError('last_owner');
    return c.body(null, 204);
  })
  // Made where there is no store at all; its shop may have moved to another port since.
  .put('/v1/operator/demo-store', async (c) => {
    const wanted = await read(newStore, c.req.raw);
    const demo = await keepDemoStore(c.env, wanted, Date.now());
    return c.json(demo && { id: demo.id, timezone: demo.timezone, currency: demo.currency });
  })
  .post('/v1/operator/rebuild', async (c) => {
    const { store, after } = await read(rebuildBody, c.req.raw);
    const settings = settingsOf(await openStore(c.env, c.var.access, 'admin', store));
    const next = await rebuildStep(c.env, settings, after);
    // Days are added up anew from what is right by then.
    if (next === null) await unseal(c.env, settings.key);
    return c.json({ after: next });
  })
  .post('/v1/operator/jobs', async (c) => c.json({ more: await runJobs(c.env, Date.now()) }))
  .post('/v1/operator/import', limited, async (c) => {
    const body = await read(importBody, c.req.raw);
    const store = settingsOf(await openStore(c.env, c.var.access, 'admin', body.store));
    const { events, rejected } = receiveImport(body.events, store, {
      now: Date.now(),
      secret: secretOf(c.env),
    });
    const { accepted, duplicate } = await append(c.env, store, events);
    return c.json({ accepted, duplicate, rejected } satisfies Answer);
  });
