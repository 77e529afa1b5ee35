// How the channel table is sorted: a column, and which way.
import { RATES } from '../address.ts';
import { choice } from '../state.ts';

export const COLUMNS = ['channel', 'visitors', ...RATES, 'orders', 'revenue', 'revenue_per_visitor'] as const;
export type ColumnName = (typeof COLUMNS)[number];

export interface Sorting {
  column: ColumnName;
  down: boolean;
}

const USUAL: Sorting = { column: 'visitors', down: true };

const read = (text: string | null): Sorting => {
  const down = text?.startsWith('-') ?? false;
  const name = down ? text?.slice(1) : text;
  const column = COLUMNS.find((one) => one === name);
  return column === undefined ? USUAL : { column, down };
};

const write = ({ column, down }: Sorting): string | null =>
  column === USUAL.column && down === USUAL.down ? null : (down ? '-' : '') + column;

/** In the address as `sort=-orders`: the minus stands for the largest first. */
export const sorting = choice('sort', read, write);
