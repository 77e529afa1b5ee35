// Figures side by side: a row each, columns that sort, bars in the cells; of many rows the first, and more when asked.
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Address } from '../address.ts';
import { f, t } from '../messages/index.tsx';
import { Link } from '../parts/link.tsx';
import { go } from '../state.ts';
import { Cell } from './cell.tsx';
import type { Column } from './column.ts';
import { NAME, type Sorting, sorting, sortingIn, sortRows } from './sorting.ts';
import './table.css';

/** Rows drawn at once: hundreds of campaigns are looked up by name more often than read through. */
const AT_ONCE = 50;

export type Keyed<F> = F & { key: string };

export interface TableProps<F> {
  /** Names the table, its rows and its total to tests: `channel` has `channels`, `channel-email`, `channel-total`. */
  test: string;
  caption: string;
  /** Heading of the rows' names, and what a row is called. */
  heading: string;
  nameOf: (key: string) => string;
  columns: readonly Column<F>[];
  rows: readonly Keyed<F>[];
  total?: { name: string; figures: F };
  currency: string;
  digits: number;
  /** Whether a column says anything of a row; all do where it is left out. */
  applies?: (key: string, column: string) => boolean;
  /** Rows that stand under all others. */
  isLast?: (key: string) => boolean;
  /** What stands under a figure, of a row or (under a null key) of the total. */
  under?: (column: Column<F>, figures: F, key: string | null) => VNode | null;
  /** Where a row leads; null where nowhere. */
  onto?: (key: string) => Partial<Address> | null;
}

const sortBy = (column: string, now: Sorting): void => {
  // Numbers begin with the largest, names with the first letter; a second press turns round.
  const down = now.column === column ? !now.down : column !== NAME;
  go(sorting.to({ column, down }), 'replace');
};

const Heading = ({
  name,
  label,
  long,
  now,
}: {
  name: string;
  label: string;
  long?: string | undefined;
  now: Sorting;
}) => {
  const sorted = now.column === name;
  return (
    <th scope="col" aria-sort={sorted ? (now.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => sortBy(name, now)} title={long} data-test={`sort-${name}`}>
        {label}
        <span class="sort-arrow" aria-hidden="true">
          {sorted ? (now.down ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
};

const always = () => true;
const never = () => false;

const largest = <F,>({ columns, rows, currency, applies = always }: TableProps<F>): Record<string, number> =>
  Object.fromEntries(
    columns.map(({ name, value }) => [
      name,
      rows.reduce(
        (most, row) => (applies(row.key, name) ? Math.max(most, value(row, currency) ?? 0) : most),
        0,
      ),
    ]),
  );

interface CellsProps<F> {
  table: TableProps<F>;
  figures: F;
  /** Null for the total. */
  rowKey: string | null;
  most: Record<string, number>;
}

const Cells = <F,>({ table, figures, rowKey, most }: CellsProps<F>) => {
  const { columns, currency, digits, applies = always, under } = table;
  return (
    <>
      {columns.map((column) =>
        rowKey === null || applies(rowKey, column.name) ? (
          <Cell
            key={column.name}
            column={column}
            figures={figures}
            currency={currency}
            digits={digits}
            most={most[column.name] ?? 0}
          >
            {under?.(column, figures, rowKey)}
          </Cell>
        ) : (
          <td key={column.name} class="is-nothing">
            –
          </td>
        ),
      )}
    </>
  );
};

/** A press anywhere in the row follows its link, unless text is being marked. */
const follow = (to: Partial<Address>) => (event: MouseEvent) => {
  const target = event.target as Element;
  if (target.closest('a, button') || getSelection()?.isCollapsed === false) return;
  go(to);
};

const Line = <F,>({
  table,
  row,
  most,
}: {
  table: TableProps<F>;
  row: Keyed<F>;
  most: Record<string, number>;
}) => {
  const to = table.onto?.(row.key) ?? null;
  const name = table.nameOf(row.key);
  return (
    <tr
      data-test={`${table.test}-${row.key}`}
      class={to === null ? undefined : 'leads'}
      onClick={to === null ? undefined : follow(to)}
    >
      <th scope="row">
        {to === null ? (
          name
        ) : (
          <Link
            to={to}
            class="row-filter"
            title={t('filter.add', { value: name })}
            test={`filter-by-${row.key}`}
          >
            {name}
          </Link>
        )}
      </th>
      <Cells table={table} figures={row} rowKey={row.key} most={most} />
    </tr>
  );
};

const Total = <F,>({ table, total }: { table: TableProps<F>; total: { name: string; figures: F } }) => (
  <tfoot>
    <tr data-test={`${table.test}-total`}>
      <th scope="row">{total.name}</th>
      <Cells table={table} figures={total.figures} rowKey={null} most={{}} />
    </tr>
  </tfoot>
);

export const FigureTable = <F,>(table: TableProps<F>) => {
  const [atMost, setAtMost] = useState(AT_ONCE);
  const { test, caption, heading, columns, rows, total, currency, nameOf, isLast = never } = table;
  const now = sortingIn(columns, sorting.value);
  const most = largest(table);
  const sorted = sortRows<F, Keyed<F>>(rows, now, columns, currency, nameOf, isLast);
  const left = sorted.length - atMost;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="table-scroll" aria-label={t('table.scroll', { table: caption })} tabIndex={0}>
        <table class="figure-table" data-test={`${test}s`}>
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              <Heading name={NAME} label={heading} now={now} />
              {columns.map(({ name, label, long }) => (
                <Heading key={name} name={name} label={label()} long={long?.()} now={now} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, atMost).map((row) => (
              <Line key={row.key} table={table} row={row} most={most} />
            ))}
          </tbody>
          {total !== undefined && <Total table={table} total={total} />}
        </table>
      </section>
      {left > 0 && (
        <p class="table-more">
          <button
            type="button"
            class="button"
            onClick={() => setAtMost(atMost + AT_ONCE)}
            data-test={`${test}-more`}
          >
            {t('table.more', { n: Math.min(left, AT_ONCE) })}
          </button>
          <span>{t('table.shown', { shown: f().count(atMost), all: f().count(sorted.length) })}</span>
        </p>
      )}
    </>
  );
};
