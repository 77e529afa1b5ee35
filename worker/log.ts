// The log: a line of JSON for each request and each job that failed, and nothing in it that a visitor or a shop sent.

/** Facts of a failure, all of them the product's own words: a route's pattern, never an address. */
export type Facts = Readonly<Record<string, string | number | undefined>>;

/** Characters of a message, and frames of a stack, that are kept. */
const MESSAGE = 200;
const FRAMES = 6;

/** The error at the bottom: the libraries above it put what was written into their messages. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? causeOf(error.cause) : error;
}

/** The database speaks of its own tables; what others say may repeat what was sent. */
const isSafe = ({ name, message }: Error) => name === 'ConfigurationError' || message.startsWith('D1_');

/** Where it was thrown. A message can be longer than a line and look like a stack, so that it is cut off whole. */
function framesOf({ name, message, stack = '' }: Error): string[] {
  const head = message === '' ? name : `${name}: ${message}`;
  if (!stack.startsWith(head)) return [];
  const lines = stack.slice(head.length).split('\n');
  return lines.flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? []).slice(0, FRAMES);
}

function told(error: unknown): object {
  const cause = causeOf(error);
  if (!(cause instanceof Error)) return { error: typeof cause };
  const { name, message } = cause;
  return {
    error: /^\w{1,60}$/.test(name) ? name : 'Error',
    ...(isSafe(cause) ? { says: message.slice(0, MESSAGE) } : {}),
    at: framesOf(cause),
  };
}

/** Writes a line about what failed, with the error where there is one. */
export function report(facts: Facts, error?: unknown): void {
  console.error(JSON.stringify({ level: 'error', ...facts, ...(error === undefined ? {} : told(error)) }));
}
