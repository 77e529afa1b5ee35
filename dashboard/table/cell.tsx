// One figure of a table: the number, a bar for its size among its column, and what stands under it.
import type { ComponentChildren } from 'preact';
import { f, t } from '../messages/index.tsx';
import { toneOf } from '../rates/meaning.ts';
import type { Column } from './column.ts';

interface Props<F> {
  column: Column<F>;
  figures: F;
  currency: string;
  digits: number;
  /** The largest value of the column; 0 for cells without a bar. */
  most: number;
  children?: ComponentChildren;
}

/** What it was counted from and how far it can be trusted, for columns of rates. */
const backing = <F,>(column: Column<F>, figures: F): string | null => {
  const rate = column.rate?.(figures);
  if (rate?.ci == null) return null;
  const [low, high] = rate.ci;
  const counted = t('rate.of', { numerator: rate.numerator, denominator: rate.denominator });
  return `${counted}, ${t('rate.interval', { low: f().percent(low), high: f().percent(high) })}`;
};

export const Cell = <F,>({ column, figures, currency, digits, most, children }: Props<F>) => {
  const value = column.value(figures, currency);
  if (value === null) return <td class="is-nothing">–</td>;
  const written =
    column.kind === 'rate'
      ? f().percent(value)
      : column.kind === 'money'
        ? f().money(value, currency, digits)
        : f().count(value);
  const behind = backing(column, figures);
  return (
    <td data-column={column.name} data-value={value} title={behind ?? undefined}>
      {written}
      {behind !== null && <span class="unseen">({behind})</span>}
      {most > 0 && (
        <span class={`cell-bar tone-${toneOf(column.name)}`} style={{ '--share': value / most }} />
      )}
      <span class="cell-change">{children}</span>
    </td>
  );
};
