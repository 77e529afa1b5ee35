// Annotations: what people note about days of a store.
import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';
import type { Days } from './facts.ts';
import { randomText } from './random.ts';
import { annotations, stores } from './schema-stores.ts';

/** As it is kept, without its store: the day is counted from 1970-01-01. */
export type StoredAnnotation = Omit<typeof annotations.$inferSelect, 'store'>;

const kept = {
  id: annotations.id,
  day: annotations.day,
  text: annotations.text,
  created: annotations.created,
};

export async function createAnnotation(
  env: Env,
  store: number,
  { day, text }: Pick<StoredAnnotation, 'day' | 'text'>,
  now: number,
): Promise<StoredAnnotation> {
  const made = { id: `an_${randomText(10)}`, day, text, created: now };
  await drizzle(env.DB)
    .insert(annotations)
    .values({ ...made, store });
  return made;
}

/** Where a list of annotations goes on. */
export type AnnotationPlace = [day: number, id: string];

/** Those of some days, the earliest day first. */
export function listAnnotations(
  env: Env,
  store: number,
  { from, to }: Days,
  after: AnnotationPlace | undefined,
  limit: number,
): Promise<StoredAnnotation[]> {
  const [day, id] = after ?? [from - 1, ''];
  return drizzle(env.DB)
    .select(kept)
    .from(annotations)
    .where(
      and(
        eq(annotations.store, store),
        gte(annotations.day, from),
        lte(annotations.day, to),
        sql`(${annotations.day}, ${annotations.id}) > (${day}, ${id})`,
      ),
    )
    .orderBy(asc(annotations.day), asc(annotations.id))
    .limit(limit)
    .all();
}

/** The public id of an annotation's store, or null where there is no such annotation. */
export async function storeOfAnnotation(env: Env, id: string): Promise<string | null> {
  const found = await drizzle(env.DB)
    .select({ store: stores.id })
    .from(annotations)
    .innerJoin(stores, eq(stores.key, annotations.store))
    .where(eq(annotations.id, id))
    .get();
  return found?.store ?? null;
}

export async function deleteAnnotation(env: Env, id: string): Promise<void> {
  await drizzle(env.DB).delete(annotations).where(eq(annotations.id, id));
}
