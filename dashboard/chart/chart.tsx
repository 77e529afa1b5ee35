// The history of one series: chosen here or by a rate's card, read by pointer, keys or as a table.
import type { TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { RATES } from '../address.ts';
import type { MetricsAnswer, Store } from '../api.ts';
import { digitsOf } from '../format.ts';
import { f, t } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { Twin } from '../parts/twin.tsx';
import { toneOf } from '../rates/meaning.ts';
import { go, now } from '../state.ts';
import { Canvas } from './canvas.tsx';
import { isRate, type Series, seriesOf } from './series.ts';
import { COUNTS, SERIES, type SeriesName, shownSeries } from './shown.ts';
import './chart.css';

interface Props {
  answer: MetricsAnswer;
  store: Store;
}

const seriesName = (name: SeriesName, answer: MetricsAnswer, currency: string): string => {
  if (isRate(name)) return t(`rate.${name}`);
  return name === 'visitors' ? t(`chart.visitors.${answer.scope}`) : t(`chart.${name}`, { currency });
};

const meaning = (name: SeriesName, answer: MetricsAnswer): string => {
  if (isRate(name)) return t(`rate.${answer.scope}.${name}.is`);
  return name === 'visitors' ? t(`chart.visitors.${answer.scope}.is`) : t(`chart.${name}.is`);
};

const Chooser = ({ answer, store }: Props) => {
  const choose = (event: TargetedEvent<HTMLSelectElement>) => {
    const wanted = SERIES.find((one) => one === event.currentTarget.value);
    if (wanted !== undefined) go(shownSeries.to(wanted));
  };
  const option = (name: SeriesName) => (
    <option key={name} value={name} selected={shownSeries.value === name}>
      {seriesName(name, answer, store.currency)}
    </option>
  );
  return (
    <label class="field-inline">
      <span>{t('chart.show')}</span>
      <select onChange={choose} data-test="chart-show">
        <optgroup label={t('chart.group.rates')}>{RATES.map(option)}</optgroup>
        <optgroup label={t('chart.group.counts')}>{COUNTS.map(option)}</optgroup>
      </select>
    </label>
  );
};

const SeriesTable = ({
  series,
  name,
  write,
}: {
  series: Series;
  name: string;
  write: (value: number | null) => string;
}) => {
  const compared = series.before.length > 0;
  return (
    <table class="plain-table" data-test="chart-table">
      <caption class="unseen">{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t('chart.table.day')}</th>
          <th scope="col">{t('chart.table.value')}</th>
          {compared && <th scope="col">{t('chart.table.before')}</th>}
          {compared && <th scope="col">{t('chart.table.before_value')}</th>}
        </tr>
      </thead>
      <tbody>
        {series.days.map((day, index) => (
          <tr key={day}>
            <th scope="row">
              {f().weekday(day)}
              {index === series.open && ` · ${t('chart.incomplete')}`}
            </th>
            <td data-value={series.values[index] ?? ''}>{write(series.values[index] ?? null)}</td>
            {compared && <td>{f().day(series.beforeDays[index] ?? day)}</td>}
            {compared && <td>{write(series.before[index] ?? null)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const Chart = ({ answer, store }: Props) => {
  const [pointed, setPointed] = useState<number | null>(null);
  const name = shownSeries.value;
  const series = seriesOf(answer, name, store.currency, now.value);
  const digits = digitsOf(answer, store.currency);
  const kind = isRate(name) ? 'rate' : name === 'revenue' ? 'money' : 'count';
  const write = (value: number | null): string => {
    if (value === null) return '–';
    if (kind === 'rate') return f().percent(value);
    return kind === 'money' ? f().money(value, store.currency, digits) : f().count(value);
  };
  const axis = (value: number, step: number): string => {
    if (kind === 'rate') return f().percent(value, step < 0.000_999 ? 2 : step < 0.009_99 ? 1 : 0);
    return kind === 'money' ? f().moneyShort(value, store.currency, digits) : f().short(value);
  };
  const say = (index: number): string => {
    const day = f().weekday(series.days[index] ?? '');
    const value = write(series.values[index] ?? null);
    const beforeDay = series.beforeDays[index];
    if (beforeDay === undefined) return t('chart.day', { day, value });
    const before = write(series.before[index] ?? null);
    return t('chart.day.before', { day, value, before_day: f().day(beforeDay), before });
  };
  const last = series.days.length - 1;
  const nothing = [...series.values, ...series.before].every((value) => value === null);
  const shown = pointed === null || pointed > last ? null : pointed;
  const label = seriesName(name, answer, store.currency);
  const tone = toneOf(name);

  return (
    <>
      <div class="chart-head">
        <Chooser answer={answer} store={store} />
        <p class="chart-meaning">{meaning(name, answer)}</p>
      </div>
      {nothing ? (
        <Empty title={t('chart.none')}>{meaning(name, answer)}</Empty>
      ) : (
        <>
          <Canvas
            series={series}
            kind={kind}
            colour={tone === 'whole' ? 'ink' : tone}
            words={{ axis, day: (day) => f().day(day) }}
            label={t('chart.slider', { series: label })}
            say={say}
            pointed={shown}
            onPoint={setPointed}
          />
          <div class="chart-foot">
            <p class="chart-readout" data-test="chart-readout">
              {last === 0 ? t('chart.one_day') : say(shown ?? last)}
            </p>
            <ul class="chart-legend">
              <li class={`key-this tone-${tone}`}>{t('chart.this')}</li>
              {series.before.length > 0 && <li class="key-before">{t('chart.before')}</li>}
              {series.open >= 0 && <li class={`key-open tone-${tone}`}>{t('chart.incomplete')}</li>}
            </ul>
          </div>
        </>
      )}
      <Twin of={label} test="chart-twin">
        <SeriesTable series={series} name={label} write={write} />
      </Twin>
    </>
  );
};
