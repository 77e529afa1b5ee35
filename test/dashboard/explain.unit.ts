// A failure is explained by what it was about, in the reader's language, wherever the page knows the server's code.
import { describe, expect, test } from 'vitest';
import { Failure } from '../../dashboard/api.ts';
import { type Explanation, explain } from '../../dashboard/parts/explain.ts';
import type { Problem } from '../../worker/api/schemas.ts';

const failure = (status: number, code: string, parameter?: string) =>
  new Failure(code, status, {
    type: 'about:blank',
    title: 'Refused',
    status,
    // A server of another version may say what this one does not know.
    code: code as Problem['code'],
    detail: 'An English sentence.',
    ...(parameter === undefined ? {} : { parameter }),
    request_id: 'made-here',
  });

describe('failures', () => {
  test.each<[Failure, Explanation]>([
    [new Failure('network'), { text: 'error.network' }],
    [new Failure('internal', 502), { text: 'error.internal' }],
    [new Failure('limited', 429), { text: 'error.limited' }],
    [new Failure('unexpected', 418), { text: 'error.unexpected' }],
    [failure(500, 'internal'), { text: 'error.internal' }],
    [failure(429, 'too_many_requests'), { text: 'error.limited' }],
    [failure(503, 'unavailable'), { text: 'error.internal' }],
    [failure(503, 'not_configured'), { text: 'error.not_configured' }],
    // Three kinds of 404, and only one of them is about a store.
    [failure(404, 'unknown_store', 'store'), { text: 'error.unknown_store' }],
    [failure(404, 'unknown_token'), { text: 'error.unknown_token' }],
    [failure(404, 'not_found'), { text: 'error.outdated' }],
    [failure(422, 'unknown_parameter', 'scop'), { text: 'error.outdated' }],
    [failure(422, 'invalid_parameter', 'origins.0'), { field: 'stores.origins' }],
    [failure(422, 'invalid_parameter', 'from'), { field: 'choose.from' }],
    [failure(422, 'invalid_parameter', 'something'), { sentence: 'An English sentence.' }],
    [failure(409, 'new_since'), { sentence: 'An English sentence.' }],
  ])('%o', (given, expected) => {
    expect(explain(given)).toEqual(expected);
  });
});
