// Which text explains a failure: by what it was about, for a status alone would say the wrong thing.
import type { Failure } from '../api.ts';
import type { MessageKey } from '../messages/parts.ts';

const TEXTS: Readonly<Record<string, MessageKey>> = {
  network: 'error.network',
  limited: 'error.limited',
  too_many_requests: 'error.limited',
  internal: 'error.internal',
  unavailable: 'error.internal',
  not_configured: 'error.not_configured',
  unknown_store: 'error.unknown_store',
  unknown_token: 'error.unknown_token',
  wrong_password: 'error.wrong_password',
  too_many_tries: 'error.too_many_tries',
  missing_role: 'error.missing_role',
  share_only_looks: 'error.share_only_looks',
  // The page asks only for what its own version of the server knows.
  not_found: 'error.outdated',
  unknown_parameter: 'error.outdated',
};

/** What is filled in here, as the server names it; of a list it names the item too: `origins.0`. */
const FIELDS: Readonly<Record<string, MessageKey>> = {
  name: 'stores.name',
  origins: 'stores.origins',
  timezone: 'stores.timezone',
  currency: 'stores.currency',
  from: 'choose.from',
  to: 'choose.to',
};

export type Explanation =
  | { text: MessageKey }
  /** A value that the server refuses, by the name of its field. */
  | { field: MessageKey }
  /** The server's own sentence: English, and better than none. */
  | { sentence: string };

export const explain = ({ code, problem }: Failure): Explanation => {
  const text = TEXTS[code];
  if (text !== undefined) return { text };
  const field = code === 'invalid_parameter' ? FIELDS[problem?.parameter?.split('.')[0] ?? ''] : undefined;
  if (field !== undefined) return { field };
  return problem === null ? { text: 'error.unexpected' } : { sentence: problem.detail };
};
