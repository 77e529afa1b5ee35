// One visitor's timeline: as many of the visits as are wanted, the latest first.
import { Failure, getVisitor, type VisitorAnswer } from '../api.ts';
import { asking } from '../asking.ts';
import { store } from '../data.ts';
import { address } from '../state.ts';
import { shown, visitor } from './choices.ts';

/** Visits of one answer at most, as the endpoint has it. */
const MOST = 100;

export interface Timeline {
  visitor: string;
  /** Null where the store knows no such visitor. */
  visits: VisitorAnswer['visits'] | null;
  more: boolean;
}

const question = () =>
  address.value.view === 'people' && visitor.value !== null && store.value !== null
    ? { store: store.value.id, visitor: visitor.value, shown: shown.value }
    : null;

async function ask(asked: NonNullable<ReturnType<typeof question>>): Promise<Timeline> {
  const visits: VisitorAnswer['visits'] = [];
  let next: string | null | undefined;
  try {
    do {
      const limit = String(Math.min(asked.shown - visits.length, MOST));
      const page: VisitorAnswer = await getVisitor(asked.visitor, {
        store: asked.store,
        limit,
        ...(next ? { cursor: next } : {}),
      });
      visits.push(...page.visits);
      next = page.next;
    } while (next !== null && visits.length < asked.shown);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'unknown_visitor') throw error;
    return { visitor: asked.visitor, visits: null, more: false };
  }
  return { visitor: asked.visitor, visits, more: next !== null };
}

export const timeline = asking(question, ask, undefined, (asked) => `${asked.store} ${asked.visitor}`);
