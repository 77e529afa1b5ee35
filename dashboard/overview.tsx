// The funnel's page: the answer as a sentence, the picture, the rates, their history, channels and money.
import type { ComponentChildren } from 'preact';
import type { MetricsAnswer, Store } from './api.ts';
import { ChannelTable } from './channels/table.tsx';
import { Chart } from './chart/chart.tsx';
import { Controls } from './controls.tsx';
import { type Figures, figures, refresh } from './data.ts';
import { Funnel } from './funnel/funnel.tsx';
import { f, Rich, t } from './messages/index.tsx';
import { MoneyLedger } from './money/money.tsx';
import { Link } from './parts/link.tsx';
import { Trouble } from './parts/trouble.tsx';
import { RateCards } from './rates/cards.tsx';
import './overview.css';

interface SectionProps {
  id: string;
  title: string;
  hint?: string;
  bare?: boolean;
  children: ComponentChildren;
}

const Section = ({ id, title, hint, bare = false, children }: SectionProps) => (
  <section class="section" aria-labelledby={`${id}-title`}>
    <div class="section-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {hint !== undefined && <p>{hint}</p>}
    </div>
    <div class={bare ? '' : 'panel'}>{children}</div>
  </section>
);

const Figure = ({ value, tone }: { value: number; tone?: string }) => (
  <strong class={tone}>{f().count(value)}</strong>
);

const Headline = ({ answer }: { answer: MetricsAnswer }) => {
  const { visitors, buyers, paying_visitors, orders } = answer.totals;
  if (visitors === 0 && orders === 0)
    return (
      <>
        <h1 class="headline">{t('headline.none')}</h1>
        <p class="headline-more">
          {t('headline.none.hint')} <Link to={{ view: 'set-up' }}>{t('headline.none.setup')}</Link>
        </p>
      </>
    );
  return (
    <h1 class="headline" data-test="headline">
      <Rich
        text={`headline.${answer.scope}`}
        n={visitors}
        parts={{
          visitors: <Figure value={visitors} />,
          buyers: <Figure value={buyers} />,
          paying: <Figure value={paying_visitors} />,
        }}
      />
    </h1>
  );
};

const PeriodLine = ({ answer }: { answer: MetricsAnswer }) => {
  const { period, comparison, recounting } = answer;
  return (
    <p class="period-line" data-test="period">
      <b>{f().days(period)}</b> {t('period.in_zone', { zone: period.timezone })}
      {!period.complete && ` · ${t('period.incomplete')}`}
      {comparison !== undefined && ` · ${t('period.compared', { days: f().days(comparison.period) })}`}
      {recounting && <strong data-test="recounting"> · {t('period.recounting')}</strong>}
    </p>
  );
};

const Freshness = () => (
  <p class="freshness">
    <span data-test="as-of">{t('app.as_of', { time: f().clock(figures.at.value) })}</span>
    <button type="button" class="quiet" onClick={() => void refresh()} data-test="refresh">
      {figures.loading.value ? t('app.refreshing') : t('app.refresh')}
    </button>
  </p>
);

/** Blocks of the sizes that the figures will have, so that nothing jumps when they come. */
const Skeleton = () => (
  <div class="skeleton" role="status" data-test="skeleton">
    <span class="unseen">{t('app.loading')}</span>
    <div class="bone is-funnel" />
    <div class="bone is-rates" />
    <div class="bone is-chart" />
  </div>
);

/** What the funnel's people did in all, as one line. */
const activity = ({ totals: { visits, pages, inquiries, orders } }: MetricsAnswer) =>
  t('funnel.activity', { visits, pages, inquiries, orders });

const Sections = ({ shown, store }: { shown: Figures; store: Store }) => {
  const { channels, days } = shown;
  return (
    <>
      <Section id="funnel" title={t('funnel.title')} hint={activity(channels)}>
        <Funnel answer={channels} store={store} />
      </Section>
      <Section id="rates" title={t('rates.title')} hint={t('rates.hint')} bare>
        <RateCards answer={channels} />
      </Section>
      <Section id="chart" title={t('chart.title')}>
        <Chart answer={days} store={store} />
      </Section>
      <Section id="channels" title={t('channels.title')} hint={t('channels.hint')}>
        <ChannelTable answer={channels} store={store} />
      </Section>
      <Section id="money" title={t('money.title')}>
        <MoneyLedger answer={channels} />
      </Section>
    </>
  );
};

export const Overview = ({ store }: { store: Store }) => {
  const shown = figures.value.value;
  const failure = figures.failure.value;
  if (store.first_event === null)
    return (
      <div class="answer">
        <h1 class="headline">{t('headline.waiting')}</h1>
        <p class="headline-more">
          {t('headline.waiting.hint')} <Link to={{ view: 'set-up' }}>{t('app.setup')}</Link>
        </p>
      </div>
    );
  const lead = shown === null ? undefined : t('error.stale', { time: f().clock(figures.at.value) });
  const busy = figures.loading.value;
  return (
    <>
      <div class={`answer ${busy ? 'is-loading' : ''}`}>
        {shown === null ? (
          <div class="bone is-headline" />
        ) : (
          <>
            <Headline answer={shown.channels} />
            <div class="answer-foot">
              <PeriodLine answer={shown.channels} />
              <Freshness />
            </div>
          </>
        )}
      </div>
      <Controls store={store} />
      {failure !== null && <Trouble failure={failure} lead={lead} onRetry={() => void refresh()} />}
      <div class={`figures ${busy ? 'is-loading' : ''}`} aria-busy={busy}>
        {shown === null ? failure === null && <Skeleton /> : <Sections shown={shown} store={store} />}
      </div>
    </>
  );
};
