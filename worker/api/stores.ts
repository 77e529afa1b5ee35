// Stores: listed, made, and looked at while the first event is awaited.
import { createRoute, z } from '@hono/zod-openapi';
import type { Env } from '../env.ts';
import {
  changeStore,
  createStore,
  firstEvent,
  listStores,
  type StoreChange,
  type StoredStore,
} from '../store/stores.ts';
import { requireOwner, visibleStore } from './access.ts';
import { json, routes } from './route.ts';
import { type StoreChange as Change, newStore, type Store, store, storeChange } from './schemas.ts';

const getStores = createRoute({
  method: 'get',
  path: '/v1/stores',
  summary: 'The stores you may see',
  responses: { 200: { description: 'The stores.', ...json(z.object({ stores: z.array(store) })) } },
});

const getStore = createRoute({
  method: 'get',
  path: '/v1/stores/{id}',
  summary: 'One store, with its first event',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: { description: 'The store.', ...json(store) } },
});

const patchStore = createRoute({
  method: 'patch',
  path: '/v1/stores/{id}',
  summary: 'Change a store’s name, origins or settings',
  request: { params: z.object({ id: z.string() }), body: { required: true, ...json(storeChange) } },
  responses: { 200: { description: 'The store as it is now.', ...json(store) } },
});

const postStore = createRoute({
  method: 'post',
  path: '/v1/stores',
  summary: 'Make a store',
  request: { body: { required: true, ...json(newStore) } },
  responses: { 201: { description: 'The store with its script tag.', ...json(store) } },
});

/** A change in the columns' names; what is not named stays. */
function changeOf({ min_pages, min_engaged, channel_rules, exchange_rates, ...same }: Change): StoreChange {
  const wanted = {
    ...same,
    minPages: min_pages,
    minEngaged: min_engaged,
    channelRules: channel_rules,
    exchangeRates: exchange_rates,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

async function shown(env: Env, host: string, stored: StoredStore): Promise<Store> {
  const { id, name, origins, timezone, currency, demo, created } = stored;
  return {
    id,
    name,
    origins,
    timezone,
    currency,
    demo,
    created,
    min_pages: stored.minPages,
    min_engaged: stored.minEngaged,
    channel_rules: stored.channelRules,
    confirm: stored.confirm,
    exchange_rates: stored.exchangeRates,
    recounting: stored.recountAfter !== null,
    tag: `<script defer src="${host}/t.js" data-store="${id}"></script>`,
    first_event: await firstEvent(env, stored),
  };
}

const hostOf = (url: string) => new URL(url).origin;

export const storeRoutes = routes()
  .openapi(getStores, async (c) => {
    const { access } = c.var;
    const all = await listStores(c.env);
    const visible = access.kind === 'token' ? all.filter(({ id }) => id === access.store) : all;
    const host = hostOf(c.req.url);
    return c.json({ stores: await Promise.all(visible.map((each) => shown(c.env, host, each))) }, 200);
  })
  .openapi(getStore, async (c) => {
    const found = await visibleStore(c.env, c.var.access, c.req.valid('param').id);
    return c.json(await shown(c.env, hostOf(c.req.url), found), 200);
  })
  .openapi(patchStore, async (c) => {
    requireOwner(c.var.access);
    const found = await visibleStore(c.env, c.var.access, c.req.valid('param').id);
    const changed = await changeStore(c.env, found, changeOf(c.req.valid('json')), Date.now());
    return c.json(await shown(c.env, hostOf(c.req.url), changed), 200);
  })
  .openapi(postStore, async (c) => {
    requireOwner(c.var.access);
    const made = await createStore(c.env, c.req.valid('json'), Date.now());
    return c.json(await shown(c.env, hostOf(c.req.url), made), 201);
  });
