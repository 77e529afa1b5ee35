// The seven rates: value, change, what it was counted from; choosing one draws its history.
import type { Rate } from '../../worker/metrics/question.ts';
import { type CardRate, RATES, type Scope } from '../address.ts';
import type { MetricsAnswer } from '../api.ts';
import { rateChange } from '../change.ts';
import { shownSeries } from '../chart/shown.ts';
import { f, t } from '../messages/index.tsx';
import { Delta } from '../parts/delta.tsx';
import { go } from '../state.ts';
import { goodOf, toneOf } from './meaning.ts';
import './cards.css';

/** What a rate is counted over, for saying that there was nothing of it. */
const OVER = {
  effective_entry_rate: 'visitors',
  consult_rate: 'visitors',
  consult_conversion: 'consulting',
  silent_conversion: 'silent',
  visit_to_order_rate: 'visitors',
  payment_rate: 'orders',
  deal_conversion: 'visitors',
} as const satisfies Record<CardRate, string>;

interface Props {
  name: CardRate;
  rate: Rate;
  before: Rate | undefined;
  compared: boolean;
  scope: Scope;
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

const RateCard = ({ name, rate, before, compared, scope }: Props) => {
  const chosen = shownSeries.value === name;
  return (
    <li>
      <button
        type="button"
        class={`rate tone-${toneOf(name)}`}
        aria-pressed={chosen}
        onClick={() => go(shownSeries.to(name))}
        data-test={`rate-${name}`}
        data-value={rate.value ?? ''}
        data-numerator={rate.numerator}
        data-denominator={rate.denominator}
      >
        <span class="rate-name">{t(`rate.${name}`)}</span>
        <span class="rate-value">{rate.value === null ? '–' : f().percent(rate.value)}</span>
        {rate.value === null ? (
          <span class="rate-foot">{t(`rate.none.${scope}.${OVER[name]}`)}</span>
        ) : (
          <>
            {compared && (
              <span class="rate-change">
                <Delta change={rateChange(rate, before)} kind="points" good={goodOf(name)} />
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
        scope={answer.scope}
      />
    ))}
  </ul>
);
