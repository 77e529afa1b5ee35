// A sealed day's figures under one dimension: how SQL packs them, and how a period's sum is read from many days.
import { type SQL, sql } from 'drizzle-orm';

/**
 * The text of one day: {"email": {"v": …, "oUSD": …}, …}, measures by their letters and currencies. Each holds spans
 * (before, until, n): `n` are counted by periods that begin less than `before` days ahead of this one (0: however
 * many) and at least `until` days ahead of it; see Measure in steps.ts. Days ahead stay small where day numbers would
 * not. Most spans have `until` 0, and many `n` 1:
 * - a number is the `n` of the only span, (0, 0, n);
 * - a list holds the `before` of each span with `until` 0, after -n where `n` is not 1;
 * - under the name with a tilde stand spans of any kind, three numbers each.
 */
export type Pack = Record<string, Record<string, number | readonly number[]>>;

/** Of one dimension and day: more values than that are noise, or somebody's attack, and are counted live. */
const MOST_KEYS = 500;
/** Characters of one pack: the eight of a day stay far below the 2 MB of a row. */
const MOST_TEXT = 200_000;

/** Whether a span can stand in a short list. */
const SHORT = sql`until = 0 and n > 0`;

/**
 * From `keyed (dimension, day, key, measure, currency, low, high, n)` a table `packs (dimension, day, pack)`; the same
 * rows give the same text.
 */
export const PACKING: SQL = sql`spans as (
      select dimension, day, key, measure || currency as measure, case when low < 0 then 0 else day - low end as before,
        day - high as until, sum(n) as n
      from keyed group by 1, 2, 3, 4, 5, 6
    ),
    lists as (
      select dimension, day, key, json_quote(iif(${SHORT}, measure, measure || '~')) || ':' || case
          when not (${SHORT}) then '[' ||
            group_concat(before || ',' || until || ',' || n, ',' order by before, until) || ']'
          when count(*) = 1 and before = 0 then n
          else '[' || group_concat(iif(n = 1, '', -n || ',') || before, ',' order by before) || ']'
        end as list
      from spans group by dimension, day, key, measure, ${SHORT}
    ),
    objects as (
      select dimension, day, json_quote(key) || ':{' || group_concat(list, ',' order by list) || '}' as object, key
      from lists group by dimension, day, key
    ),
    packs as (
      select dimension, day, '{' || group_concat(object, ',' order by key) || '}' as pack
      from objects group by dimension, day
      having count(*) <= ${MOST_KEYS} and sum(length(object)) <= ${MOST_TEXT}
    )`;

/** The sum of the spans that count where a period begins so many days ahead; null where there are none. */
function sumOf(spans: number | readonly number[], whole: boolean, ahead: number): number | null {
  if (typeof spans === 'number') return spans;
  let sum: number | null = null;
  if (whole) {
    for (let at = 0; at < spans.length; at += 3) {
      const before = spans[at] as number;
      if ((before === 0 || before > ahead) && ahead >= (spans[at + 1] as number))
        sum = (sum ?? 0) + (spans[at + 2] as number);
    }
    return sum;
  }
  let n = 1;
  for (const number of spans)
    if (number < 0) n = -number;
    else {
      if (number === 0 || number > ahead) sum = (sum ?? 0) + n;
      n = 1;
    }
  return sum;
}

/**
 * Adds to `add` what a day counts for a period or stretch that begins on `start`, a day at or before it. A sum of
 * nothing is not added, a sum of amounts of 0 is: it names its currency.
 */
export function readPack(
  pack: Pack,
  day: number,
  start: number,
  add: (key: string, measure: string, n: number) => void,
): void {
  const ahead = day - start;
  for (const [key, measures] of Object.entries(pack))
    for (const [measure, spans] of Object.entries(measures)) {
      const whole = measure.endsWith('~');
      const sum = sumOf(spans, whole, ahead);
      if (sum !== null) add(key, whole ? measure.slice(0, -1) : measure, sum);
    }
}
