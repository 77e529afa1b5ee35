// Annotations of a store: what happened on a day that its figures do not say; listed, made, deleted.
import { z } from '@hono/zod-openapi';
import { dateOfDay, dayOfDate } from '../collect/calendar.ts';
import { next, pageOf, pages } from '../metrics/page.ts';
import { day } from '../metrics/question.ts';
import {
  type AnnotationPlace,
  createAnnotation,
  deleteAnnotation,
  listAnnotations,
  type StoredAnnotation,
  storeOfAnnotation,
} from '../store/annotations.ts';
import { openStore, requireThing } from './access.ts';
import { asking, changing, json, routes } from './route.ts';
import { EXAMPLES, SHOWN, shown, storeId } from './schemas.ts';

const TAG = 'Figures';
/** Characters of one: it must fit beside a chart. */
const MOST = 200;
/** Days that no store reaches, where a list has no end of its own. */
const ALWAYS = { from: '1970-01-01', to: '9999-12-31' } as const;

const annotationId = z.string().openapi({ example: EXAMPLES.annotation });
const noted = {
  day: day.openapi({ description: 'The day it is about, in the store’s time zone.' }),
  text: z
    .string('Say what happened.')
    .trim()
    .min(1, 'Say what happened.')
    .max(MOST, `At most ${MOST} characters.`)
    .regex(shown, 'An annotation is one line of text.')
    .openapi(SHOWN),
};

export const annotation = z
  .object({ id: annotationId, store: storeId, day: noted.day, text: z.string(), created: z.int() })
  .openapi('Annotation');
export type Annotation = z.infer<typeof annotation>;

export const newAnnotation = z.strictObject({ store: storeId, ...noted }).openapi('NewAnnotation', {
  example: { store: EXAMPLES.store, day: '2026-11-11', text: 'Singles’ Day: everything 20 % off' },
});
export type NewAnnotation = z.infer<typeof newAnnotation>;

export const annotationsQuestion = z
  .strictObject({
    store: storeId,
    from: day.optional().openapi({ description: 'Only those of this day and later ones.' }),
    to: day
      .optional()
      .openapi({ description: 'Only those of this day and earlier ones.', example: '2026-11-30' }),
    ...pages(z.tuple([z.int(), z.string()]), 100, 500),
  })
  .openapi('AnnotationsQuestion');

export const annotationsAnswer = z.object({ annotations: z.array(annotation), next }).openapi('Annotations');
export type AnnotationsAnswer = z.infer<typeof annotationsAnswer>;

const getAnnotations = asking({
  path: '/v1/annotations',
  tag: TAG,
  scope: 'read',
  summary: 'What people noted about days',
  request: { query: annotationsQuestion },
  responses: {
    200: { description: 'The annotations, the earliest day first.', ...json(annotationsAnswer) },
  },
});

const postAnnotation = changing('post', {
  path: '/v1/annotations',
  tag: TAG,
  scope: 'edit',
  summary: 'Note something about a day',
  description: 'A campaign’s start, a new price, a delivery that stood still: the charts mark the day.',
  request: { body: { required: true, ...json(newAnnotation) } },
  responses: { 201: { description: 'The annotation.', ...json(annotation) } },
});

const deleteRoute = changing('delete', {
  path: '/v1/annotations/{id}',
  tag: TAG,
  scope: 'edit',
  summary: 'Delete an annotation',
  request: { params: z.object({ id: annotationId }) },
  responses: { 204: { description: 'It is gone.' } },
});

const told = ({ id, day, text, created }: StoredAnnotation, store: string): Annotation => ({
  id,
  store,
  day: dateOfDay(day),
  text,
  created,
});

export const annotationRoutes = routes()
  .openapi(getAnnotations, async (c) => {
    const { store, from = ALWAYS.from, to = ALWAYS.to, limit, cursor } = c.req.valid('query');
    const { key, id } = await openStore(c.env, c.var.access, 'read', store);
    const days = { from: dayOfDate(from), to: dayOfDate(to) };
    const after = cursor as AnnotationPlace | undefined;
    const found = await listAnnotations(c.env, key, days, after, limit + 1);
    const page = pageOf(found, limit, ({ day, id }) => [day, id]);
    return c.json({ annotations: page.shown.map((one) => told(one, id)), next: page.next }, 200);
  })
  .openapi(postAnnotation, async (c) => {
    const { store, day, text } = c.req.valid('json');
    const { key, id } = await openStore(c.env, c.var.access, 'edit', store);
    const made = await createAnnotation(c.env, key, { day: dayOfDate(day), text }, Date.now());
    return c.json(told(made, id), 201);
  })
  .openapi(deleteRoute, async (c) => {
    const { id } = c.req.valid('param');
    requireThing(c.var.access, 'edit', await storeOfAnnotation(c.env, id), 'unknown_annotation');
    await deleteAnnotation(c.env, id);
    return c.body(null, 204);
  });
