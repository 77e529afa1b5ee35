// Under a figure: its change since another period.
import { Delta } from '../parts/delta.tsx';
import { goodOf } from '../rates/meaning.ts';
import { type Column, changeOf } from './column.ts';

interface ChangeProps<F> {
  column: Column<F>;
  now: F;
  before: F | undefined;
  currency: string;
}

export const CellChange = <F,>({ column, now, before, currency }: ChangeProps<F>) => (
  <Delta
    change={changeOf(column, now, before, currency)}
    kind={column.kind === 'rate' ? 'points' : 'relative'}
    good={goodOf(column.name)}
    brief
  />
);
