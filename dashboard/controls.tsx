// What is shown: period, comparison, what is counted, and what makes a buyer. All of it goes to the address.
import type { TargetedEvent } from 'preact';
import { BASES, type Basis, COMPARES, oneOf, SCOPES, type Scope } from './address.ts';
import type { Store } from './api.ts';
import { FilterChips } from './filters/chips.tsx';
import { t } from './messages/index.tsx';
import { Choice } from './parts/choice.tsx';
import { dayIn, isDay, PRESETS, stepped } from './period.ts';
import { address, daysIn, go, now } from './state.ts';
import './controls.css';

const PeriodSelect = ({ timezone }: { timezone: string }) => {
  const { period } = address.value;
  const choose = (event: TargetedEvent<HTMLSelectElement>) => {
    const preset = PRESETS.find((one) => one === event.currentTarget.value);
    // Custom days begin with the days on the screen.
    go({ period: preset ?? daysIn(timezone) });
  };
  const chosen = typeof period === 'string' ? period : 'custom';
  return (
    <label class="field">
      <span>{t('choose.period')}</span>
      <select value={chosen} onChange={choose} data-test="choose-period">
        {PRESETS.map((preset) => (
          <option key={preset} value={preset}>
            {t(`period.${preset}`)}
          </option>
        ))}
        <option value="custom">{t('period.custom')}</option>
      </select>
    </label>
  );
};

const CustomDays = ({ timezone }: { timezone: string }) => {
  const { from, to } = daysIn(timezone);
  const today = dayIn(timezone, now.value);
  const set = (side: 'from' | 'to') => (event: TargetedEvent<HTMLInputElement>) => {
    const day = event.currentTarget.value;
    if (!isDay(day)) return;
    const next = { from, to, [side]: day };
    // The other end gives way, so that no impossible period can be chosen.
    if (next.from > next.to) next[side === 'from' ? 'to' : 'from'] = day;
    go({ period: next }, 'replace');
  };
  return (
    <>
      <label class="field">
        <span>{t('choose.from')}</span>
        <input type="date" value={from} max={today} onChange={set('from')} data-test="choose-from" />
      </label>
      <label class="field">
        <span>{t('choose.to')}</span>
        <input type="date" value={to} max={today} onChange={set('to')} data-test="choose-to" />
      </label>
    </>
  );
};

/** The days before and the days after, a period at a time. */
const Steps = ({ timezone }: { timezone: string }) => {
  const days = daysIn(timezone);
  const step = (by: -1 | 1, text: 'period.earlier' | 'period.later', arrow: string) => {
    const next = stepped(days, by, timezone, now.value);
    return (
      <button
        type="button"
        class="button is-step"
        disabled={next === null}
        onClick={() => next !== null && go({ period: next })}
        aria-label={t(text)}
        title={t(text)}
        data-test={`choose-${text.split('.')[1]}`}
      >
        {arrow}
      </button>
    );
  };
  return (
    <span class="steps-of-period">
      {step(-1, 'period.earlier', '‹')}
      {step(1, 'period.later', '›')}
    </span>
  );
};

const CompareSelect = () => (
  <label class="field">
    <span>{t('choose.compare')}</span>
    <select
      value={address.value.compare}
      onChange={(event) => go({ compare: oneOf(COMPARES, event.currentTarget.value, 'none') })}
      data-test="choose-compare"
    >
      {COMPARES.map((one) => (
        <option key={one} value={one}>
          {t(`choose.compare.${one}`)}
        </option>
      ))}
    </select>
  </label>
);

/** For views whose people are who they are, whatever is counted. */
export const PeriodControls = ({ store }: { store: Store }) => (
  <section class="controls" aria-label={t('choose.title')}>
    <div class="controls-period">
      <PeriodSelect timezone={store.timezone} />
      {typeof address.value.period !== 'string' && <CustomDays timezone={store.timezone} />}
      <Steps timezone={store.timezone} />
    </div>
    <FilterChips />
  </section>
);

interface Props {
  store: Store;
  /** What makes no difference to the figures on the screen, and is not offered. */
  without?: readonly ('compare' | 'basis')[];
}

/** For every view that shows figures of a period. */
export const Controls = ({ store, without = [] }: Props) => {
  const { period, scope, basis } = address.value;
  return (
    <section class="controls" aria-label={t('choose.title')}>
      <div class="controls-period">
        <PeriodSelect timezone={store.timezone} />
        {typeof period !== 'string' && <CustomDays timezone={store.timezone} />}
        <Steps timezone={store.timezone} />
        {!without.includes('compare') && <CompareSelect />}
      </div>
      <Choice<Scope>
        legend={t('choose.scope')}
        name="scope"
        options={SCOPES.map((value) => ({ value, label: t(`choose.scope.${value}`) }))}
        chosen={scope}
        hint={t(`choose.scope.${scope}.hint`)}
        onChoose={(value) => go({ scope: value })}
      />
      {!without.includes('basis') && (
        <Choice<Basis>
          legend={t('choose.basis')}
          name="basis"
          options={BASES.map((value) => ({ value, label: t(`choose.basis.${value}`) }))}
          chosen={basis}
          hint={t(`choose.basis.${basis}.hint`)}
          onChoose={(value) => go({ basis: value })}
        />
      )}
      <FilterChips />
    </section>
  );
};
