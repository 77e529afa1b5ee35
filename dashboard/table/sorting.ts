// How a table is sorted: a column, and which way; kept in the address as `sort=-orders`.
import { choice, type OwnChoice } from '../state.ts';
import type { Column } from './column.ts';

/** The first column, which names the rows. */
export const NAME = 'name';

export interface Sorting {
  column: string;
  down: boolean;
}

const USUAL: Sorting = { column: 'visitors', down: true };

/** The minus stands for the largest first. A column that a table does not have sorts by visitors. */
export const sorting: OwnChoice<Sorting> = choice(
  'sort',
  (text) => {
    if (text === null) return USUAL;
    const down = text.startsWith('-');
    return { column: down ? text.slice(1) : text, down };
  },
  ({ column, down }) => (column === USUAL.column && down === USUAL.down ? null : (down ? '-' : '') + column),
);

/** What a table makes of it: without the column it is as usual. */
export const sortingIn = (columns: readonly Pick<Column<never>, 'name'>[], wanted: Sorting): Sorting =>
  wanted.column === NAME || columns.some(({ name }) => name === wanted.column) ? wanted : USUAL;

/** Rows in this order: nothing stands last whichever way, and some rows under everything. */
export const sortRows = <F, R extends F & { key: string }>(
  rows: readonly R[],
  { column, down }: Sorting,
  columns: readonly Column<F>[],
  currency: string,
  nameOf: (key: string) => string,
  isLast: (key: string) => boolean,
): R[] => {
  const sign = down ? -1 : 1;
  const sorted = columns.find(({ name }) => name === column);
  const compare = (a: R, b: R): number => {
    if (sorted === undefined) return sign * nameOf(a.key).localeCompare(nameOf(b.key));
    const [left, right] = [sorted.value(a, currency), sorted.value(b, currency)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  };
  // Sorting is stable: among equals the endpoint's order stays, most visitors first.
  return [...rows].sort((a, b) => Number(isLast(a.key)) - Number(isLast(b.key)) || compare(a, b));
};
