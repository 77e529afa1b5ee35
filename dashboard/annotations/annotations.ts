// What people noted about the days on the screen; numbered, so that a chart can point at them.
import { type Annotation, annotate, deleteAnnotation, listAnnotations, type NewAnnotation } from '../api.ts';
import { asking } from '../asking.ts';
import { periodAsked } from '../data.ts';
import { address } from '../state.ts';

export const annotations = asking(() => {
  const asked = address.value.view === 'overview' ? periodAsked() : null;
  return asked && { store: asked.store, from: asked.from, to: asked.to };
}, listAnnotations);

/** @throws {Failure} when it was not kept. */
export const addAnnotation = async (annotation: NewAnnotation): Promise<void> => {
  await annotate(annotation);
  await annotations.refresh();
};

/** @throws {Failure} when it is still there. */
export const removeAnnotation = async ({ id }: Annotation): Promise<void> => {
  await deleteAnnotation(id);
  await annotations.refresh();
};

export interface Numbered extends Annotation {
  /** From 1, in the sequence of days. */
  number: number;
}

export const numbered = (all: readonly Annotation[]): Numbered[] =>
  all.map((one, index) => ({ ...one, number: index + 1 }));

/** The numbers of one place of a chart, as short as they can be read. */
export const flagOf = (numbers: readonly number[]): string =>
  numbers.length > 2 ? `${numbers[0]}–${numbers.at(-1)}` : numbers.join(',');
