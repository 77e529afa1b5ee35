// What can be found out about a page of the shop. A closed list: the check, its answer, dashboard, docs and tests share it.

/** Each with what else is known of it. */
export type Finding =
  /** `status` is null where no answer came at all. */
  | { cause: 'page_unreachable'; status: number | null }
  /** Where a redirect leads to. */
  | { cause: 'origin_not_allowed'; origin: string }
  | { cause: 'tag_missing' }
  | { cause: 'tag_twice'; times: number }
  /** The id found; null where the tag has none. */
  | { cause: 'wrong_store'; store: string | null }
  /** Where the tag loads its script from. */
  | { cause: 'wrong_host'; host: string }
  /** `add` is what the directive lacks; null where only a nonce helps, because it trusts nothing else. */
  | { cause: 'csp_blocks_script'; directive: string; add: string | null }
  | { cause: 'csp_blocks_connect'; directive: string; add: string | null }
  | { cause: 'consent_required' }
  | { cause: 'debug_on' }
  | { cause: 'ok' };

export type Cause = Finding['cause'];

/** In the order in which they are told: what is nearest to the root comes first. */
export const CAUSES = [
  'page_unreachable',
  'origin_not_allowed',
  'tag_missing',
  'wrong_store',
  'wrong_host',
  'tag_twice',
  'csp_blocks_script',
  'csp_blocks_connect',
  'consent_required',
  'debug_on',
  'ok',
] as const satisfies readonly Cause[];
