// Stores: listed, made, and looked at while the first event is awaited.
import { z } from '@hono/zod-openapi';
import { digitsOf } from '../collect/money.ts';
import type { Env } from '../env.ts';
import { next, pageOf, pages } from '../metrics/page.ts';
import { ownStore } from '../store/members.ts';
import {
  changeStore,
  createStore,
  deleteStore,
  firstEvent,
  type StoreChange,
  type StoredStore,
  storesAfter,
} from '../store/stores.ts';
import { usageOf } from '../store/usage.ts';
import { type Access, openStore, requireMay, roleIn } from './access.ts';
import { ProblemError } from './problem.ts';
import { asking, changing, json, routes } from './route.ts';
import {
  type StoreChange as Change,
  EXAMPLES,
  newStore,
  type Store,
  store,
  storeChange,
  storeId,
} from './schemas.ts';

const TAG = 'Stores and tokens';

const getStores = asking({
  path: '/v1/stores',
  tag: TAG,
  scope: 'read',
  summary: 'The stores you may see',
  request: { query: z.strictObject(pages(z.int(), 100, 500)) },
  responses: {
    200: {
      description: 'The stores, the oldest first; of a token its own.',
      ...json(z.object({ stores: z.array(store), next }).openapi('Stores')),
    },
  },
});

const getStore = asking({
  path: '/v1/stores/{id}',
  tag: TAG,
  scope: 'read',
  summary: 'One store, with its first event',
  request: { params: z.object({ id: storeId }) },
  responses: { 200: { description: 'The store.', ...json(store) } },
});

const patchStore = changing('patch', {
  path: '/v1/stores/{id}',
  tag: TAG,
  scope: 'edit',
  summary: 'Change a store’s name, origins or settings',
  request: { params: z.object({ id: storeId }), body: { required: true, ...json(storeChange) } },
  responses: { 200: { description: 'The store as it is now.', ...json(store) } },
});

const postStore = changing('post', {
  path: '/v1/stores',
  tag: TAG,
  summary: 'Make a store',
  request: { body: { required: true, ...json(newStore) } },
  responses: { 201: { description: 'The store with its script tag.', ...json(store) } },
});

const removeStore = changing('delete', {
  path: '/v1/stores/{id}',
  tag: TAG,
  scope: 'members',
  summary: 'Delete a store',
  description:
    'It vanishes at once, with everything in it; the database is emptied of it within minutes. There is no way back.',
  request: {
    params: z.object({ id: storeId }),
    query: z.strictObject({
      confirm: z.string('Write the name of the store, or its id, to say that you mean it.').openapi({
        description: 'The store’s name or id, so that none is deleted by mistake.',
        example: EXAMPLES.store,
      }),
    }),
  },
  responses: { 204: { description: 'It is gone.' } },
});

/** A change in the columns' names; what is not named stays. */
function changeOf(change: Change): StoreChange {
  const { min_pages, min_engaged, channel_rules, exchange_rates, ...rest } = change;
  const { retention_days, daily_events, claim_limit, ...same } = rest;
  const wanted = {
    ...same,
    minPages: min_pages,
    minEngaged: min_engaged,
    channelRules: channel_rules,
    exchangeRates: exchange_rates,
    retentionDays: retention_days,
    dailyEvents: daily_events,
    claimLimit: claim_limit,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

async function shown(env: Env, host: string, access: Access, stored: StoredStore): Promise<Store> {
  const { id, name, origins, timezone, currency, demo, created } = stored;
  return {
    id,
    name,
    origins,
    timezone,
    currency,
    digits: digitsOf(currency),
    demo,
    role: roleIn(access, id) ?? 'viewer',
    created,
    min_pages: stored.minPages,
    min_engaged: stored.minEngaged,
    channel_rules: stored.channelRules,
    confirm: stored.confirm,
    exchange_rates: stored.exchangeRates,
    retention_days: stored.retentionDays,
    daily_events: stored.dailyEvents,
    claim_limit: stored.claimLimit,
    usage: await usageOf(env, stored, Date.now()),
    recounting: stored.recountAfter !== null,
    tag: `<script defer src="${host}/t.js" data-store="${id}" data-adapters="forms"></script>`,
    first_event: await firstEvent(env, stored),
  };
}

/** The stores that somebody may see, those after a key. */
async function visible(env: Env, access: Access, after: number, limit: number): Promise<StoredStore[]> {
  if (access.kind === 'operator') return storesAfter(env, after, limit);
  if (access.kind === 'person')
    return storesAfter(env, after, limit, access.everywhere ? undefined : [...access.roles.keys()]);
  const { id } = await openStore(env, access, 'read', access.store);
  return storesAfter(env, after, limit, [id]);
}

const hostOf = (url: string) => new URL(url).origin;

export const storeRoutes = routes()
  .openapi(getStores, async (c) => {
    const { access } = c.var;
    const { limit, cursor } = c.req.valid('query');
    const host = hostOf(c.req.url);
    const seen = await visible(c.env, access, cursor ?? 0, limit + 1);
    const page = pageOf(seen, limit, ({ key }) => key);
    const stores = await Promise.all(page.shown.map((each) => shown(c.env, host, access, each)));
    return c.json({ stores, next: page.next }, 200);
  })
  .openapi(getStore, async (c) => {
    const found = await openStore(c.env, c.var.access, 'read', c.req.valid('param').id);
    return c.json(await shown(c.env, hostOf(c.req.url), c.var.access, found), 200);
  })
  .openapi(patchStore, async (c) => {
    const { id } = c.req.valid('param');
    const change = c.req.valid('json');
    const found = await openStore(c.env, c.var.access, 'edit', id);
    // It deletes, for good.
    if (change.retention_days !== undefined) requireMay(c.var.access, 'admin', id);
    const changed = await changeStore(c.env, found, changeOf(change), Date.now());
    return c.json(await shown(c.env, hostOf(c.req.url), c.var.access, changed), 200);
  })
  .openapi(postStore, async (c) => {
    const { access } = c.var;
    requireMay(access, 'admin', null);
    const now = Date.now();
    const made = await createStore(c.env, c.req.valid('json'), now);
    if (access.kind === 'person' && access.everywhere !== 'owner')
      await ownStore(c.env, access.user, made.key, now);
    return c.json({ ...(await shown(c.env, hostOf(c.req.url), access, made)), role: 'owner' as const }, 201);
  })
  .openapi(removeStore, async (c) => {
    const found = await openStore(c.env, c.var.access, 'members', c.req.valid('param').id);
    const { confirm } = c.req.valid('query');
    if (confirm.trim() !== found.name && confirm.trim() !== found.id)
      throw new ProblemError(
        'invalid_parameter',
        'confirm: This is neither the name nor the id of the store.',
        'confirm',
      );
    await deleteStore(c.env, found, Date.now());
    return c.body(null, 204);
  });
