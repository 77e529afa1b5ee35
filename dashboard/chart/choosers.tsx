// What the chart draws, and how finely: both go to the address.
import type { TargetedEvent } from 'preact';
import { RATES } from '../address.ts';
import type { MetricsAnswer, Store } from '../api.ts';
import { t } from '../messages/index.tsx';
import { countDays } from '../period.ts';
import { go } from '../state.ts';
import { isRate } from './series.ts';
import { COUNTS, SERIES, type SeriesName, shownSeries } from './shown.ts';
import { chosenStep } from './step.ts';
import { type Step, suiting, usualStep } from './stretch.ts';

interface Props {
  answer: MetricsAnswer;
  store: Store;
}

export const seriesName = (name: SeriesName, answer: MetricsAnswer, currency: string): string => {
  if (isRate(name)) return t(`rate.${name}`);
  return name === 'visitors' ? t(`chart.visitors.${answer.scope}`) : t(`chart.${name}`, { currency });
};

const SeriesChooser = ({ answer, store }: Props) => {
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

const StepChooser = ({ step, days }: { step: Step; days: number }) => {
  const options = suiting(days);
  if (options.length < 2) return null;
  const choose = (event: TargetedEvent<HTMLSelectElement>) => {
    const wanted = options.find((one) => one === event.currentTarget.value) ?? null;
    go(chosenStep.to(wanted === usualStep(days) ? null : wanted));
  };
  return (
    <label class="field-inline">
      <span>{t('chart.step')}</span>
      <select onChange={choose} data-test="chart-step">
        {options.map((one) => (
          <option key={one} value={one} selected={one === step}>
            {t(`chart.step.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
};

export const Choosers = ({ answer, store, step }: Props & { step: Step }) => (
  <>
    <SeriesChooser answer={answer} store={store} />
    <StepChooser step={step} days={countDays(answer.period)} />
  </>
);
