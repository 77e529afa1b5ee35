// The chart's numbers as a table, with what was noted about each stretch of time.
import type { Numbered } from '../annotations/annotations.ts';
import { t } from '../messages/index.tsx';
import { longName } from './names.ts';
import type { Series } from './series.ts';

interface Props {
  series: Series;
  name: string;
  write: (value: number | null) => string;
  /** What was noted, by place. */
  noted: ReadonlyMap<number, readonly Numbered[]>;
}

export const SeriesTable = ({ series, name, write, noted }: Props) => {
  const { step, period, before } = series;
  const beforeName = (key: string | undefined) =>
    key === undefined || before === null ? '–' : longName(key, step, before.period);
  return (
    <table class="plain-table" data-test="chart-table">
      <caption class="unseen">{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t('chart.table.time')}</th>
          <th scope="col">{t('chart.table.value')}</th>
          {before !== null && <th scope="col">{t('chart.table.before')}</th>}
          {before !== null && <th scope="col">{t('chart.table.before_value')}</th>}
          {noted.size > 0 && (
            <th scope="col" class="is-text">
              {t('annotations.title')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {series.keys.map((key, place) => (
          <tr key={key}>
            <th scope="row">
              {longName(key, step, period)}
              {place === series.open && ` · ${t(`chart.incomplete.${step}`)}`}
            </th>
            <td data-value={series.values[place] ?? ''}>{write(series.values[place] ?? null)}</td>
            {before !== null && <td>{beforeName(before.keys[place])}</td>}
            {before !== null && <td>{write(before.values[place] ?? null)}</td>}
            {noted.size > 0 && (
              <td class="is-text">{(noted.get(place) ?? []).map(({ text }) => text).join(' · ')}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
