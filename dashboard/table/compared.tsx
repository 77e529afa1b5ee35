// Rows of the metrics endpoint under one dimension: against the rest or the period before, searched, with its notes.
import type { ComponentChildren } from 'preact';
import type { Dimension } from '../address.ts';
import type { MetricsAnswer, MetricsQuestion, Store } from '../api.ts';
import { isUnattributed } from '../channels/table.tsx';
import { isRate } from '../chart/series.ts';
import { NONE, valueName } from '../filters/filters.ts';
import { digitsOf } from '../format.ts';
import { t } from '../messages/index.tsx';
import { Choice } from '../parts/choice.tsx';
import { address, choiceOf, go } from '../state.ts';
import { Beside } from './beside.tsx';
import { CellChange } from './change.tsx';
import type { Column } from './column.ts';
import { AVERAGE_ORDER, applies, type Figures, metricsColumns } from './metrics.ts';
import { FigureTable, type TableProps } from './table.tsx';
import { columnsShown, found, NothingFound, Tools } from './tools.tsx';

const AGAINST = ['rest', 'before'] as const;
type Against = (typeof AGAINST)[number];
const against = choiceOf<Against>('against', AGAINST, 'rest');

const USUAL = [
  'visitors',
  'effective_entry_rate',
  'consult_rate',
  'consult_conversion',
  'silent_conversion',
  'visit_to_order_rate',
  'payment_rate',
  'revenue_per_visitor',
  'average_order_value',
  'orders',
  'revenue',
];

/** The dimension's value in words; what is unattributed is so under every dimension. */
export const rowName = (dimension: Dimension, key: string): string =>
  isUnattributed(key) ? t('channel.unattributed') : valueName(dimension, key);

/** The named row that sells better than all others together by more than chance, and by the largest difference. */
export const bestOf = (answer: MetricsAnswer) =>
  (answer.rows ?? [])
    .filter(({ key }) => key !== NONE)
    .flatMap(({ key, rates, against_rest }) => {
      const beside = against_rest?.visit_to_order_rate;
      return beside?.verdict === 'higher'
        ? [{ key, rate: rates.visit_to_order_rate.value ?? 0, beside }]
        : [];
    })
    .sort((a, b) => (b.beside.difference ?? 0) - (a.beside.difference ?? 0))[0];

/** What was asked, and what came. */
export interface Compared {
  question: MetricsQuestion & { by: Dimension };
  answer: MetricsAnswer;
}

interface Props extends Compared, Pick<TableProps<Figures>, 'test' | 'caption' | 'heading' | 'onto'> {
  store: Store;
  total: string;
  /** What can be chosen beside the tools. */
  choices: ComponentChildren;
  /** What has to be said under the table. */
  notes: ComponentChildren;
}

const AgainstChoice = () => (
  <Choice<Against>
    legend={t('table.beside')}
    name="against"
    options={AGAINST.map((value) => ({ value, label: t(`table.beside.${value}`) }))}
    chosen={against.value}
    onChoose={(value) => go(against.to(value))}
  />
);

export const ComparedTable = ({ question, answer, store, total, choices, notes, ...table }: Props) => {
  const { by, scope } = question;
  const all: readonly Column<Figures>[] = [...metricsColumns(scope), AVERAGE_ORDER];
  const columns = columnsShown(all, USUAL);
  const nameOf = (key: string) => rowName(by, key);
  const rows = found(answer.rows ?? [], nameOf);
  const { comparison } = answer;
  const earlier = new Map((comparison?.rows ?? []).map((row) => [row.key, row]));
  const beside = new Map((answer.rows ?? []).map((row) => [row.key, row.against_rest]));
  // Without a period to compare with there is only the rest.
  const chosen = comparison === undefined ? 'rest' : against.value;
  const under = (column: Column<Figures>, now: Figures, key: string | null) => {
    if (chosen === 'before')
      return (
        <CellChange
          column={column}
          now={now}
          before={key === null ? comparison : earlier.get(key)}
          currency={store.currency}
        />
      );
    const { name } = column;
    return key === null || !isRate(name) ? null : <Beside name={name} beside={beside.get(key)?.[name]} />;
  };
  return (
    <>
      <div class="table-head">
        {choices}
        <Tools columns={all} shown={columns} />
        {comparison !== undefined && <AgainstChoice />}
      </div>
      {rows.length === 0 ? (
        <NothingFound />
      ) : (
        <FigureTable<Figures>
          // What was shown of another list's rows says nothing of this one's.
          key={`${by} ${JSON.stringify(address.value.filters)}`}
          {...table}
          nameOf={nameOf}
          columns={columns}
          rows={rows}
          total={{ name: total, figures: answer }}
          currency={store.currency}
          digits={digitsOf(answer, store.currency)}
          applies={applies}
          isLast={isUnattributed}
          under={under}
        />
      )}
      {notes}
      <p class="table-notes">{t(`table.${chosen}.is`)}</p>
      {chosen === 'rest' && (
        <details class="table-about">
          <summary>{t('table.test')}</summary>
          <p>{t('table.test.is')}</p>
        </details>
      )}
    </>
  );
};
