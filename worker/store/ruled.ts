// A store's own channel rules as SQL: the first that an origin `n` matches.

/** Bytes of a pattern of LIKE that D1 takes; a longer one would fail the whole statement. */
export const LIKE_BYTES = 50;

const SPECIAL = ['^', '%', '_'];

/** The pattern of LIKE that a rule's pattern becomes, in which `*` stands for anything; see `likeOf`. */
const like = (text: string): string =>
  `replace(${SPECIAL.reduce((sql, letter) => `replace(${sql}, '${letter}', '^${letter}')`, text)}, '*', '%')`;

/** The same, to know its length before it is kept. */
export const likeOf = (text: string): string =>
  SPECIAL.reduce((like, letter) => like.replaceAll(letter, `^${letter}`), text).replaceAll('*', '%');

/** Bytes of a pattern as the database will have it; 0 of a text without `*`, which is compared as it stands. */
export const patternBytes = (text: string): number =>
  text.includes('*') ? new TextEncoder().encode(likeOf(text)).length : 0;

function fits(column: string): string {
  const text = `rule.value->>'${column}'`;
  return `(${text} is null or case
    when instr(${text}, '*') = 0 then lower(n.${column}) = lower(${text})
    when length(cast(${like(text)} as blob)) <= ${LIKE_BYTES} then n.${column} like ${like(text)} escape '^' end)`;
}

/**
 * Of the first of the rules in the parameter `rules`, as JSON, that an origin `n (source, medium, campaign)` matches, its
 * place in the list or its channel; null where none does. What has no value matches no pattern.
 */
export const firstRule = (rules: string, what: 'place' | 'channel'): string => `(
    select ${what === 'place' ? 'rule.key' : `rule.value->>'channel'`} from json_each(${rules}) rule
    where ${fits('source')} and ${fits('medium')} and ${fits('campaign')}
    order by rule.key limit 1)`;
