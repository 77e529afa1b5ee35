// A database that fails as D1 does: before it commits, after it has committed, late, and in D1's own words.
import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types';

/** D1's errors as developers.cloudflare.com/d1/observability/debug-d1 lists them, and as the binding words them. */
export const PASSING_ERRORS = [
  'D1_ERROR: Network connection lost.',
  'Network connection lost.',
  'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
  'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
] as const;
export const LASTING_ERRORS = [
  'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
  'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
  'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
  "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
  'D1_ERROR: D1 DB exceeded its CPU time limit and was reset.',
  'D1_ERROR: Exceeded maximum DB size.',
] as const;

/** What happens to one call of the database. `stall` is in milliseconds. */
export type Fault = { stall: number } | { commits: boolean; error: string };

/** The same database; before each call `next` says what goes wrong with it, or null. */
export function faulty(inner: D1Database, next: () => Fault | null): D1Database {
  const within = new WeakMap<object, D1PreparedStatement>();
  const suffer = async <T>(call: () => Promise<T>): Promise<T> => {
    const fault = next();
    if (!fault) return call();
    if ('stall' in fault) {
      await new Promise((resolve) => setTimeout(resolve, fault.stall));
      return call();
    }
    if (fault.commits) await call();
    throw new Error(fault.error);
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const outer = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all: () => suffer(() => statement.all()),
      run: () => suffer(() => statement.run()),
      raw: () => suffer(() => statement.raw()),
      first: (column?: string) =>
        suffer(() => (column === undefined ? statement.first() : statement.first(column))),
    } as unknown as D1PreparedStatement;
    within.set(outer, statement);
    return outer;
  };
  return {
    prepare: (text: string) => wrap(inner.prepare(text)),
    batch: (statements: D1PreparedStatement[]) =>
      suffer(() => inner.batch(statements.map((each) => within.get(each) ?? each))),
  } as unknown as D1Database;
}
