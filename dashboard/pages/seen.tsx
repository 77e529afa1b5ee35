// Points of interest: every page that was seen, and what those who saw it did from then on.
import type { PagesAnswer, Store } from '../api.ts';
import { digitsOf } from '../format.ts';
import { t } from '../messages/index.tsx';
import { FigureTable } from '../table/table.tsx';
import { columnsShown, found, NothingFound, Tools } from '../table/tools.tsx';
import { MOST } from './asked.ts';
import { type Seen, seenColumns } from './columns.ts';

interface Props {
  answer: PagesAnswer;
  store: Store;
}

const nameOf = (path: string) => path;

export const SeenTable = ({ answer, store }: Props) => {
  const all = seenColumns(answer.scope);
  const columns = columnsShown(
    all,
    all.map(({ name }) => name),
  );
  const rows = found(answer.rows, nameOf);
  return (
    <>
      <div class="table-head">
        <Tools columns={all} shown={columns} />
      </div>
      {rows.length === 0 ? (
        <NothingFound />
      ) : (
        <FigureTable<Seen>
          test="page"
          caption={t('pages.tab.seen')}
          heading={t('pages.column.page')}
          nameOf={nameOf}
          columns={columns}
          rows={rows}
          total={{ name: t('pages.all'), figures: answer }}
          currency={store.currency}
          digits={digitsOf(answer, store.currency)}
        />
      )}
      {answer.next !== null && <p class="table-notes">{t('pages.seen.first', { n: MOST })}</p>}
    </>
  );
};
