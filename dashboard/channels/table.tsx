// The channels beside each other: sortable, compared with the period before, totals counted and not added.
import type { MetricsAnswer, Row } from '../../worker/metrics/question.ts';
import type { Store } from '../api.ts';
import { isRate } from '../chart/series.ts';
import { filterBy } from '../filters/filters.ts';
import { digitsOf } from '../format.ts';
import { f, t, tMaybe } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { Link } from '../parts/link.tsx';
import { go } from '../state.ts';
import { Cell } from './cell.tsx';
import { applies, COLUMN_LIST, type Column, type Figures, sortRows, UNATTRIBUTED } from './columns.ts';
import { type ColumnName, sorting } from './sorting.ts';
import './table.css';

interface Props {
  answer: MetricsAnswer;
  store: Store;
}

/** A store's own rules may name channels that this page has no word for. */
export const channelName = (key: string): string => tMaybe(`channel.${key}`) ?? key;

const columnName = (name: ColumnName, scope: MetricsAnswer['scope']): string =>
  name === 'visitors' || name === 'revenue_per_visitor' ? t(`column.${name}.${scope}`) : t(`column.${name}`);

const longName = (name: ColumnName): string | undefined => (isRate(name) ? t(`rate.${name}`) : undefined);

const sortBy = (column: ColumnName): void => {
  const sort = sorting.value;
  // Numbers begin with the largest, names with the first letter; a second press turns round.
  const down = sort.column === column ? !sort.down : column !== 'channel';
  go(sorting.to({ column, down }), 'replace');
};

const Heading = ({ name, scope }: { name: ColumnName; scope: MetricsAnswer['scope'] }) => {
  const sort = sorting.value;
  const sorted = sort.column === name;
  return (
    <th scope="col" aria-sort={sorted ? (sort.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => sortBy(name)} title={longName(name)} data-test={`sort-${name}`}>
        {columnName(name, scope)}
        <span class="sort-arrow" aria-hidden="true">
          {sorted ? (sort.down ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
};

interface LineProps {
  figures: Figures;
  before: Figures | undefined;
  store: Store;
  digits: number;
  most: Record<string, number>;
  columns: readonly Column[];
  rowKey: string;
}

const Cells = ({ figures, before, store, digits, most, columns, rowKey }: LineProps) => (
  <>
    {columns.map((column) =>
      applies(rowKey, column) ? (
        <Cell
          key={column.name}
          column={column}
          figures={figures}
          currency={store.currency}
          digits={digits}
          most={most[column.name] ?? 0}
          change={column.change(figures, before, store.currency)}
        />
      ) : (
        <td key={column.name} class="is-nothing">
          –
        </td>
      ),
    )}
  </>
);

const largest = (rows: readonly Row[], currency: string): Record<string, number> =>
  Object.fromEntries(
    COLUMN_LIST.map((column) => [
      column.name,
      Math.max(
        0,
        ...rows.filter((row) => applies(row.key, column)).map((row) => column.value(row, currency) ?? 0),
      ),
    ]),
  );

export const ChannelTable = ({ answer, store }: Props) => {
  const rows = answer.rows ?? [];
  if (rows.length === 0) return <Empty title={t('channels.none')}>{t('channels.none.hint')}</Empty>;
  const earlier = new Map((answer.comparison?.rows ?? []).map((row) => [row.key, row]));
  const digits = digitsOf(answer, store.currency);
  const most = largest(rows, store.currency);
  const common = { store, digits, columns: COLUMN_LIST };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="table-scroll" aria-label={t('channels.scroll')} tabIndex={0}>
        <table class="channels" data-test="channels">
          <caption class="unseen">{t('channels.title')}</caption>
          <thead>
            <tr>
              <Heading name="channel" scope={answer.scope} />
              {COLUMN_LIST.map(({ name }) => (
                <Heading key={name} name={name} scope={answer.scope} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sortRows(rows, sorting.value, store.currency, channelName).map((row) => (
              <tr key={row.key} data-test={`channel-${row.key}`}>
                <th scope="row">
                  <Link
                    to={filterBy('channel', row.key)}
                    class="row-filter"
                    title={t('filter.add', { value: channelName(row.key) })}
                    test={`filter-by-${row.key}`}
                  >
                    {channelName(row.key)}
                  </Link>
                </th>
                <Cells rowKey={row.key} figures={row} before={earlier.get(row.key)} most={most} {...common} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr data-test="channel-total">
              <th scope="row">{t('channels.total')}</th>
              <Cells rowKey="" figures={answer} before={answer.comparison} most={{}} {...common} />
            </tr>
          </tfoot>
        </table>
      </section>
      <p class="table-notes">
        <b>{t('channels.total')}</b>: {t(`channels.total.${answer.scope}.is`)}{' '}
        {rows.some((row) => row.key === UNATTRIBUTED) && (
          <>
            <b>{channelName(UNATTRIBUTED)}</b> ({f().count(answer.totals.unattributed_orders)}):{' '}
            {t('channels.unattributed.is')}
          </>
        )}
      </p>
    </>
  );
};
