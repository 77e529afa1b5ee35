// Why a request is refused: one closed list of codes, shared by the answers, their schema, the README and the tests.
import { REQUEST_REASONS } from '../../sdk/event.ts';
import { SIGNATURE_REASONS } from '../collect/signature.ts';

/** Each code with its status and what it says where there is nothing more exact to say. */
export const PROBLEMS = {
  invalid_json: { status: 400, says: 'The body is not JSON.' },
  no_credential: {
    status: 401,
    says: 'Sign in, or send a valid token as Authorization: Bearer TOKEN.',
  },
  wrong_password: { status: 401, says: 'The e-mail address or the password is wrong.' },
  missing_scope: { status: 403, says: 'This token may not do this; make one with the scope that it needs.' },
  wrong_store: { status: 403, says: 'This token belongs to another store.' },
  not_for_tokens: { status: 403, says: 'No token may do this; sign in, or use the operator’s commands.' },
  operator_only: { status: 403, says: 'Only the operator’s commands may do this.' },
  no_session: {
    status: 403,
    says: 'This credential is not a person’s; sign in by a link to have a session.',
  },
  missing_role: {
    status: 403,
    says: 'Your role in this store does not let you do this; ask an owner of it.',
  },
  share_only_looks: {
    status: 403,
    says: 'A share link shows figures, no single visitors or orders, and changes nothing; sign in for more.',
  },
  wrong_current: {
    status: 403,
    says: 'The password so far is wrong; or sign in anew, and set another within 15 minutes.',
  },
  refused: {
    status: 403,
    says: 'The request seems to come from another site; use the dashboard itself.',
  },
  not_found: { status: 404, says: 'There is nothing here; GET /v1/openapi.json lists the routes.' },
  unknown_store: { status: 404, says: 'No store has this id.' },
  unknown_token: { status: 404, says: 'There is no such token; it may be revoked already.' },
  unknown_secret: { status: 404, says: 'There is no such secret; it may be revoked already.' },
  unknown_funnel: { status: 404, says: 'There is no such funnel; it may be deleted already.' },
  unknown_member: { status: 404, says: 'The store has no such member; they may be removed already.' },
  unknown_share: { status: 404, says: 'There is no such share link; it may be revoked already.' },
  unknown_session: { status: 404, says: 'You have no such session; it may be over already.' },
  unknown_annotation: { status: 404, says: 'There is no such annotation; it may be deleted already.' },
  unknown_visitor: { status: 404, says: 'This store knows no such visitor.' },
  key_in_use: {
    status: 409,
    says: 'The first request with this Idempotency-Key is not answered yet; ask again after Retry-After.',
  },
  already_member: {
    status: 409,
    says: 'This person sees the store already; change the role, or make a new link.',
  },
  member_elsewhere: {
    status: 409,
    says: 'This account sees other stores too, so that its link is not yours to make; ask who runs this server: npm run admin -- sign-in',
  },
  member_everywhere: {
    status: 409,
    says: 'This person sees all stores of this installation; only who runs it changes that: npm run admin -- member remove',
  },
  last_owner: { status: 409, says: 'Somebody must own the store; make another member owner first.' },
  too_large: { status: 413, says: 'The body is too large; split it.' },
  invalid_parameter: { status: 422, says: 'A parameter is wrong.' },
  unknown_parameter: { status: 422, says: 'There is no such parameter; remove it.' },
  key_reused: {
    status: 422,
    says: 'This Idempotency-Key came with another request within the last 24 hours; make a new one.',
  },
  origin_not_allowed: {
    status: 422,
    says: 'The page is of no origin of the store, and only those are looked at.',
  },
  too_many_secrets: {
    status: 422,
    says: 'The store has as many secrets of a kind as it may; revoke one that nothing signs with any more.',
  },
  too_many_funnels: {
    status: 422,
    says: 'The store keeps as many funnels as it may; delete one that nobody looks at any more.',
  },
  too_many_members: {
    status: 422,
    says: 'A store has at most 100 members; remove one who does not look any more.',
  },
  too_many_shares: { status: 422, says: 'The store has as many share links as it may; revoke one.' },
  too_many_tries: {
    status: 429,
    says: 'Too many wrong tries; try again after Retry-After, or open a sign-in link.',
  },
  too_many_requests: { status: 429, says: 'Too many requests; ask again after Retry-After.' },
  internal: { status: 500, says: 'Something went wrong here; try again, and look into the log.' },
  not_configured: { status: 503, says: 'A setting of the server is missing.' },
  not_ready: {
    status: 503,
    says: 'The database does not answer or lacks its tables; apply the migrations with: npm run deploy',
  },
  unavailable: { status: 503, says: 'The database is busy; ask again after Retry-After.' },
} as const satisfies Record<string, { status: number; says: string }>;

/** The collector and signed calls have their own reasons beside these. */
export type ProblemCode =
  | keyof typeof PROBLEMS
  | keyof typeof REQUEST_REASONS
  | keyof typeof SIGNATURE_REASONS;

export const PROBLEM_CODES = [
  ...new Set([...Object.keys(PROBLEMS), ...Object.keys(REQUEST_REASONS), ...Object.keys(SIGNATURE_REASONS)]),
] as ProblemCode[];

const isIn = <T extends object>(list: T, code: PropertyKey): code is keyof T => code in list;

/** Of a code that two lists have, the one here is meant unless the collector says its own sentence. */
export function problemFor(code: ProblemCode): { status: number; says: string } {
  if (isIn(PROBLEMS, code)) return PROBLEMS[code];
  if (isIn(REQUEST_REASONS, code)) return REQUEST_REASONS[code];
  return { status: 401, says: SIGNATURE_REASONS[code] };
}
