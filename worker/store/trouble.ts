// What the database's errors mean: worth another try at once, worth one later, or a fault of ours.

/** Of D1's own errors those after which the very same may succeed at once. Overload is none of them. */
const PASSING =
  /network connection lost|storage caused object to be reset|reset because its code was updated|cannot resolve d1 db due to transient issue/i;

/** What asking again cannot mend: a statement, a value or a row that is wrong. */
const OURS =
  /constraint|SQLITE_(ERROR|CONSTRAINT|TOOBIG|MISMATCH|RANGE|AUTH)|D1_(TYPE_ERROR|COLUMN_NOTFOUND)/;

/** An error and what caused it: the query builder's own has the database's as its cause. */
const messagesOf = (error: unknown): string[] =>
  error instanceof Error ? [error.message, ...messagesOf(error.cause)] : [];

const isPassing = (error: unknown): boolean => messagesOf(error).some((message) => PASSING.test(message));

/** Whether the database could not do it now, but may do it later. */
export const isUnavailable = (error: unknown): boolean =>
  messagesOf(error).some(
    (message) => PASSING.test(message) || (message.startsWith('D1_') && !OURS.test(message)),
  );

/** Tries of one transaction, the first included: what takes longer is for the sender to repeat, who has more time. */
const TRIES = 3;
/** Milliseconds before the second try, up to twice as many, so that those who failed together do not return together. */
const PAUSE = 50;

/**
 * Does what may be done twice, such as storing events, once more where the database has only just moved. What has
 * failed may have been committed: then the events are duplicates the second time. D1 repeats by itself what only reads.
 */
export async function repeatedly<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === TRIES || !isPassing(error)) throw error;
      const pause = PAUSE * 2 ** (attempt - 1) * (1 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
