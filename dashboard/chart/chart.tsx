// The history of one series: chosen here or by a rate's card, read by pointer, keys or as a table.
import { useState } from 'preact/hooks';
import { annotations, flagOf, type Numbered, numbered } from '../annotations/annotations.ts';
import { AnnotationList } from '../annotations/list.tsx';
import type { MetricsAnswer, Store } from '../api.ts';
import { digitsOf } from '../format.ts';
import { f, t } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { Twin } from '../parts/twin.tsx';
import { toneOf } from '../rates/meaning.ts';
import { now } from '../state.ts';
import { Canvas } from './canvas.tsx';
import { Choosers, seriesName } from './choosers.tsx';
import { longName, shortName } from './names.ts';
import { isRate, type Series, seriesOf } from './series.ts';
import { SeriesTable } from './series-table.tsx';
import { type SeriesName, shownSeries } from './shown.ts';
import { daysOfStretch, isCut, placeOfDay } from './stretch.ts';
import './chart.css';

interface Props {
  answer: MetricsAnswer;
  store: Store;
}

const meaning = (name: SeriesName, answer: MetricsAnswer): string => {
  if (isRate(name)) return t(`rate.${answer.scope}.${name}.is`);
  return name === 'visitors' ? t(`chart.visitors.${answer.scope}.is`) : t(`chart.${name}.is`);
};

/** How a series' values are written, whole and on an axis. */
const writing = (name: SeriesName, answer: MetricsAnswer, currency: string) => {
  const digits = digitsOf(answer, currency);
  const kind = isRate(name) ? 'rate' : name === 'revenue' ? 'money' : 'count';
  const write = (value: number | null): string => {
    if (value === null) return '–';
    if (kind === 'rate') return f().percent(value);
    return kind === 'money' ? f().money(value, currency, digits) : f().count(value);
  };
  const axis = (value: number, step: number): string => {
    if (kind === 'rate') return f().percent(value, step < 0.000_999 ? 2 : step < 0.009_99 ? 1 : 0);
    return kind === 'money' ? f().moneyShort(value, currency, digits) : f().short(value);
  };
  return { kind, write, axis } as const;
};

/** What was noted, by the place of the chart that its day lies in. */
const byPlace = (all: readonly Numbered[], { keys, step }: Series): Map<number, Numbered[]> => {
  const places = Map.groupBy(all, ({ day }) => placeOfDay(keys, step, day));
  places.delete(-1);
  return places;
};

const Legend = ({ series, tone }: { series: Series; tone: string }) => (
  <ul class="chart-legend">
    <li class={`key-this tone-${tone}`}>{t('chart.this')}</li>
    {series.before !== null && <li class="key-before">{t('chart.before')}</li>}
    {series.open >= 0 && <li class={`key-open tone-${tone}`}>{t(`chart.incomplete.${series.step}`)}</li>}
  </ul>
);

export const Chart = ({ answer, store }: Props) => {
  const [pointed, setPointed] = useState<number | null>(null);
  const name = shownSeries.value;
  const series = seriesOf(answer, name, store.currency, now.value);
  const { step, keys, period, before } = series;
  const { kind, write, axis } = writing(name, answer, store.currency);
  const all = numbered(annotations.value.value ?? []);
  const noted = byPlace(all, series);
  const notesAt = (place: number): string =>
    (noted.get(place) ?? []).map(({ text }) => ` · ${text}`).join('');
  const say = (place: number): string => {
    const value = write(series.values[place] ?? null);
    const time = longName(keys[place] ?? '', step, period);
    const earlier = before?.keys[place];
    if (earlier === undefined || before === null) return t('chart.at', { time, value });
    const before_time = longName(earlier, step, before.period);
    return t('chart.at.before', {
      ...{ time, value, before_time },
      before: write(before.values[place] ?? null),
    });
  };
  const last = keys.length - 1;
  const nothing = [...series.values, ...(before?.values ?? [])].every((value) => value === null);
  const shown = pointed === null || pointed > last ? null : pointed;
  // Until somebody points, the latest that has begun is told of.
  const told = shown ?? (series.open >= 0 ? series.open : last);
  const label = seriesName(name, answer, store.currency);
  const tone = toneOf(name);

  return (
    <>
      <div class="chart-head">
        <Choosers answer={answer} store={store} step={step} />
        <p class="chart-meaning">
          {meaning(name, answer)}
          {isCut(period, step) && ` ${t('chart.cut')}`}
        </p>
      </div>
      {nothing ? (
        <Empty title={t('chart.none')}>{meaning(name, answer)}</Empty>
      ) : (
        <>
          <Canvas
            series={series}
            kind={kind}
            colour={tone === 'whole' ? 'ink' : tone}
            words={{ axis, time: (key) => shortName(key, step) }}
            marks={[...noted].map(([at, some]) => ({ at, flag: flagOf(some.map((one) => one.number)) }))}
            label={t('chart.slider', { series: label, title: t(`chart.title.${step}`) })}
            say={(place) => say(place) + notesAt(place)}
            pointed={shown ?? told}
            onPoint={setPointed}
          />
          <div class="chart-foot">
            <p class="chart-readout" data-test="chart-readout">
              {say(told)}
              <span class="chart-noted">{notesAt(told)}</span>
            </p>
            <Legend series={series} tone={tone} />
          </div>
        </>
      )}
      <AnnotationList
        all={all}
        store={store}
        days={period}
        day={daysOfStretch(keys[told] ?? period.to, step, period).from}
        onDay={(day) => setPointed(placeOfDay(keys, step, day))}
      />
      <Twin of={label} test="chart-twin">
        <SeriesTable series={series} name={label} write={write} noted={noted} />
      </Twin>
    </>
  );
};
