// The channels beside each other on the overview: compared with the period before, totals counted and not added.
import type { MetricsAnswer } from '../../worker/metrics/question.ts';
import type { Store } from '../api.ts';
import { filterBy } from '../filters/filters.ts';
import { digitsOf } from '../format.ts';
import { f, t, tMaybe } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { CellChange } from '../table/change.tsx';
import { applies, type Figures, metricsColumns, UNATTRIBUTED } from '../table/metrics.ts';
import { FigureTable } from '../table/table.tsx';

interface Props {
  answer: MetricsAnswer;
  store: Store;
}

/** A store's own rules may name channels that this page has no word for. */
export const channelName = (key: string): string => tMaybe(`channel.${key}`) ?? key;

export const isUnattributed = (key: string): boolean => key === UNATTRIBUTED;

export const ChannelTable = ({ answer, store }: Props) => {
  const rows = answer.rows ?? [];
  if (rows.length === 0) return <Empty title={t('channels.none')}>{t('channels.none.hint')}</Empty>;
  const { comparison, scope } = answer;
  const earlier = new Map((comparison?.rows ?? []).map((row) => [row.key, row]));
  return (
    <>
      <FigureTable<Figures>
        test="channel"
        caption={t('channels.title')}
        heading={t('column.channel')}
        nameOf={channelName}
        columns={metricsColumns(scope)}
        rows={rows}
        total={{ name: t('channels.total'), figures: answer }}
        currency={store.currency}
        digits={digitsOf(answer, store.currency)}
        applies={applies}
        isLast={isUnattributed}
        under={(column, now, key) => (
          <CellChange
            column={column}
            now={now}
            before={key === null ? comparison : earlier.get(key)}
            currency={store.currency}
          />
        )}
        onto={(key) => (isUnattributed(key) ? null : filterBy('channel', key))}
      />
      <p class="table-notes">
        <b>{t('channels.total')}</b>: {t(`channels.total.${scope}.is`)}{' '}
        {rows.some(({ key }) => isUnattributed(key)) && (
          <>
            <b>{channelName(UNATTRIBUTED)}</b> ({f().count(answer.totals.unattributed_orders)}):{' '}
            {t('channels.unattributed.is')}
          </>
        )}
      </p>
    </>
  );
};
