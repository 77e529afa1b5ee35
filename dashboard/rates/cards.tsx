// The seven rates: value, change, what it was counted from; choosing one draws its history.
import type { Rate } from '../../worker/metrics/question.ts';
import { type CardRate, RATES } from '../address.ts';
import type { MetricsAnswer } from '../api.ts';
import { rateChange } from '../change.ts';
import { f, t } from '../messages/index.tsx';
import { Delta } from '../parts/delta.tsx';
import { address, go } from '../state.ts';
import './cards.css';

/** Why a rate is over nothing, by what it is counted over. */
const NOTHING = {
  effective_entry_rate: 'rate.none.visitors',
  consult_rate: 'rate.none.visitors',
  consult_conversion: 'rate.none.consulting',
  silent_conversion: 'rate.none.silent',
  visit_to_order_rate: 'rate.none.visitors',
  payment_rate: 'rate.none.orders',
  deal_conversion: 'rate.none.visitors',
} as const satisfies Record<CardRate, string>;

/** More inquiries may mean more interest or less clear pages: neither good nor bad by themselves. */
export const GOOD: Record<CardRate, 'up' | 'neither'> = {
  effective_entry_rate: 'up',
  consult_rate: 'neither',
  consult_conversion: 'up',
  silent_conversion: 'up',
  visit_to_order_rate: 'up',
  payment_rate: 'up',
  deal_conversion: 'up',
};

const TONES: Partial<Record<CardRate, string>> = {
  consult_rate: 'consulting',
  consult_conversion: 'consulting',
  silent_conversion: 'silent',
};

interface Props {
  name: CardRate;
  rate: Rate;
  before: Rate | undefined;
  compared: boolean;
}

const Counted = ({ rate }: { rate: Rate }) => (
  <span class="rate-foot">
    <span class="rate-of">{t('rate.of', { numerator: rate.numerator, denominator: rate.denominator })}</span>
    {rate.ci !== null && (
      <span class="rate-interval">
        {t('rate.interval', { low: f().percent(rate.ci[0]), high: f().percent(rate.ci[1]) })}
      </span>
    )}
  </span>
);

const RateCard = ({ name, rate, before, compared }: Props) => {
  const chosen = address.value.show === name;
  return (
    <li>
      <button
        type="button"
        class={`rate tone-${TONES[name] ?? 'whole'}`}
        aria-pressed={chosen}
        onClick={() => go({ show: name })}
        data-test={`rate-${name}`}
        data-value={rate.value ?? ''}
        data-numerator={rate.numerator}
        data-denominator={rate.denominator}
      >
        <span class="rate-name">{t(`rate.${name}`)}</span>
        <span class="rate-value" title={rate.value === null ? undefined : String(rate.value)}>
          {rate.value === null ? '–' : f().percent(rate.value)}
        </span>
        {rate.value === null ? (
          <span class="rate-foot">{t(NOTHING[name])}</span>
        ) : (
          <>
            {compared && (
              <span class="rate-change">
                <Delta change={rateChange(rate, before)} kind="points" good={GOOD[name]} />
              </span>
            )}
            <Counted rate={rate} />
          </>
        )}
      </button>
    </li>
  );
};

export const RateCards = ({ answer }: { answer: MetricsAnswer }) => (
  <ul class="rates">
    {RATES.map((name) => (
      <RateCard
        key={name}
        name={name}
        rate={answer.rates[name]}
        before={answer.comparison?.rates[name]}
        compared={answer.comparison !== undefined}
      />
    ))}
  </ul>
);
