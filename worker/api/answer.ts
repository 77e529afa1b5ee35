// How a question is answered: from the asker's own copy where nothing can have changed, as JSON or as CSV.
import { z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';
import { accepts } from 'hono/accepts';
import type { JSONParsed } from 'hono/utils/types';
import type { Days } from '../store/facts.ts';
import { digestOf } from '../store/idempotency.ts';
import { sealedState } from '../store/sealed-state.ts';
import { type StoredStore, settingsOf } from '../store/stores.ts';
import type { AppEnv } from './access.ts';
import { csvOf } from './table.ts';

/** Counts up when answers change their form, so that nobody is told that an old one is still right. */
const FORM = 1;

export const format = z.enum(['json', 'csv']).optional().openapi({
  description:
    'The form of the answer. Left out, it is by `Accept`: `text/csv` is CSV, anything else JSON. CSV has a line for each row, and columns by the names that JSON has, with dots between them.',
});
type Format = NonNullable<z.infer<typeof format>>;

const TYPES = { json: 'application/json', csv: 'text/csv' } as const;

const formatOf = (c: Context<AppEnv>, asked: Format | undefined): Format =>
  asked ??
  (accepts(c, { header: 'Accept', supports: Object.values(TYPES), default: TYPES.json }) === TYPES.csv
    ? 'csv'
    : 'json');

/** Copies are weighed by what they say, not by how they travelled. */
const holds = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag) ?? false;

interface Asked {
  /** The days that the answer depends on; left out where it depends on more. */
  spans?: readonly Days[];
  store: StoredStore;
  question: object & { format?: Format | undefined };
}

/**
 * Answers a question about a store. Where all days that matter are sealed, the answer has an ETag made of the question,
 * the store's settings and the days' state, none of which takes figures to read; who has it already gets a 304.
 */
export async function answer<T extends object>(
  c: Context<AppEnv>,
  { spans, store, question }: Asked,
  ask: () => Promise<T>,
  rowsOf: (answer: T) => readonly object[],
): Promise<TypedResponse<JSONParsed<T>, 200, 'json'>> {
  const form = formatOf(c, question.format);
  // The state is read before the figures: what changes in between has another ETag than this answer.
  const state = spans ? await sealedState(c.env, store.key, spans) : null;
  c.header('vary', 'Accept, Authorization, Cookie');
  if (state !== null) {
    const facts = [FORM, form, c.req.path, question, settingsOf(store), state];
    const etag = `"${await digestOf(JSON.stringify(facts))}"`;
    c.header('etag', etag);
    c.header('cache-control', 'private, no-cache');
    if (holds(c.req.header('if-none-match'), etag)) return c.body(null, 304) as never;
  }
  const answered = await ask();
  // Its type is that of JSON, which is all that the dashboard asks for.
  if (form === 'csv')
    return c.body(csvOf(rowsOf(answered)), 200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
    }) as never;
  return c.json(answered, 200) as never;
}
