// One figure of the channel table: the number, a bar for its size among its column, and its change.
import type { Change } from '../change.ts';
import { f, t } from '../messages/index.tsx';
import { Delta } from '../parts/delta.tsx';
import { GOOD } from '../rates/cards.tsx';
import type { Column, Figures } from './columns.ts';

interface Props {
  column: Column;
  figures: Figures;
  currency: string;
  digits: number;
  /** The largest value of the column; 0 for cells without a bar. */
  most: number;
  change: Change | null;
}

const TONES: Partial<Record<Column['name'], string>> = {
  consult_rate: 'consulting',
  consult_conversion: 'consulting',
  silent_conversion: 'silent',
};

const goodOf = (name: Column['name']) => (name in GOOD ? GOOD[name as keyof typeof GOOD] : 'up');

export const Cell = ({ column, figures, currency, digits, most, change }: Props) => {
  const value = column.value(figures, currency);
  if (value === null) return <td class="is-nothing">–</td>;
  const written =
    column.kind === 'rate'
      ? f().percent(value)
      : column.kind === 'money'
        ? f().money(value, currency, digits)
        : f().count(value);
  const rate = column.rate?.(figures);
  const hint =
    rate?.ci == null
      ? undefined
      : `${t('rate.of', { numerator: rate.numerator, denominator: rate.denominator })}\n${t('rate.interval', { low: f().percent(rate.ci[0]), high: f().percent(rate.ci[1]) })}`;
  return (
    <td data-column={column.name} data-value={value} title={hint}>
      {written}
      {most > 0 && (
        <span class={`cell-bar tone-${TONES[column.name] ?? 'whole'}`} style={{ '--share': value / most }} />
      )}
      <span class="cell-change">
        <Delta
          change={change}
          kind={column.kind === 'rate' ? 'points' : 'relative'}
          good={goodOf(column.name)}
          brief
        />
      </span>
    </td>
  );
};
