// One sentence that names the bottleneck: the step, what it costs, by which channel, and how long people take there.
import type { BottleneckAnswer } from '../api.ts';
import { filterBy, valueName } from '../filters/filters.ts';
import { f, Rich, t } from '../messages/index.tsx';
import type { MessageKey } from '../messages/parts.ts';
import { Link } from '../parts/link.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { address } from '../state.ts';
import { bottleneck } from './asked.ts';
import './bottleneck.css';

type Step = BottleneckAnswer['steps'][number]['step'];
type Named = NonNullable<BottleneckAnswer['best']>;

/** In whole units of money: what is estimated has no cents. */
const amount = (lost: number, { currency, digits }: BottleneckAnswer): string =>
  f().money(Math.round(Math.abs(lost) / 10 ** digits), currency, 0);

const percent = (value: number | null): string => (value === null ? '–' : f().percent(value));

/** What happened at a step; who buys is said by the basis, and who counts by the scope. */
const happened = (step: Step, { scope, basis }: BottleneckAnswer): MessageKey => {
  if (step === 'payment') return 'bottleneck.payment';
  if (step === 'consulting_buyers' || step === 'silent_buyers') return `bottleneck.${step}.${scope}.${basis}`;
  return `bottleneck.${step}.${scope}`;
};

const took = (step: Step, { basis }: BottleneckAnswer): MessageKey =>
  step === 'consulting_buyers' || step === 'silent_buyers'
    ? `bottleneck.time.${step}.${basis}`
    : `bottleneck.time.${step}`;

const Channel = ({ named }: { named: Named }) => {
  const { channel } = named;
  if (channel === null) return null;
  const link = (
    <Link to={filterBy('channel', channel.key)} test="bottleneck-channel">
      {valueName('channel', channel.key)}
    </Link>
  );
  return <Rich text="bottleneck.channel" parts={{ channel: link }} />;
};

/** The rate then and now, as the answer has them. */
const Happened = ({ step, answer }: { step: Step; answer: BottleneckAnswer }) => {
  const found = answer.steps.find((one) => one.step === step);
  return (
    <Rich
      text={happened(step, answer)}
      parts={{
        rate: (
          <strong data-test="bottleneck-rate" data-value={found?.rate.value ?? ''}>
            {percent(found?.rate.value ?? null)}
          </strong>
        ),
        before: percent(found?.before.value ?? null),
      }}
    />
  );
};

const Worse = ({ answer }: { answer: BottleneckAnswer }) => {
  const named = answer.bottleneck;
  if (named === null) return null;
  const { step, lost, median_ms } = named;
  const cost = (
    <strong data-test="bottleneck-lost" data-value={lost}>
      {amount(lost, answer)}
    </strong>
  );
  return (
    <>
      <b class="bottleneck-lead">{t('bottleneck.lead')}</b> <Happened step={step} answer={answer} />
      <Rich text="bottleneck.cost" parts={{ lost: cost }} />
      <Channel named={named} />
      {median_ms !== null && t(took(step, answer), { time: f().duration(median_ms) })}
      {step === 'payment' && !answer.period.complete && t('bottleneck.young')}
      {t('bottleneck.end')}
    </>
  );
};

const Steady = ({ answer }: { answer: BottleneckAnswer }) => {
  const { best } = answer;
  return (
    <>
      {t('bottleneck.steady')}
      {best !== null && (
        <>
          {t('bottleneck.best')}
          <Happened step={best.step} answer={answer} />
          <Rich text="bottleneck.gain" parts={{ gained: <strong>{amount(best.lost, answer)}</strong> }} />
          <Channel named={best} />
          {t('bottleneck.end')}
        </>
      )}
    </>
  );
};

/** With room kept for it, so that nothing jumps when it comes. */
export const Bottleneck = () => {
  const answer = bottleneck.value.value;
  const failure = bottleneck.failure.value;
  const busy = bottleneck.loading.value;
  if (address.value.compare === 'none') return <p class="bottleneck">{t('bottleneck.uncompared')}</p>;
  if (failure !== null) return <Trouble failure={failure} onRetry={() => void bottleneck.refresh()} />;
  if (answer === null) return <div class="bottleneck bone" />;
  return (
    <p
      class={`bottleneck is-${answer.verdict} ${busy ? 'is-waiting' : ''}`}
      data-test="bottleneck"
      data-verdict={answer.verdict}
      data-step={answer.bottleneck?.step ?? ''}
    >
      {answer.verdict === 'worse' && <Worse answer={answer} />}
      {answer.verdict === 'steady' && <Steady answer={answer} />}
      {answer.verdict === 'too_little' && t('bottleneck.too_little')}
    </p>
  );
};
