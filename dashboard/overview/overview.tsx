// The owner's answer: a sentence, the picture of the funnel, the rates, their history, channels and money.

import { csvOf, type MetricsAnswer, type MetricsQuestion, type Store } from '../api.ts';
import { Bottleneck } from '../bottleneck/sentence.tsx';
import { ChannelTable } from '../channels/table.tsx';
import { Chart } from '../chart/chart.tsx';
import { seriesName } from '../chart/choosers.tsx';
import { shownSeries } from '../chart/shown.ts';
import type { Step } from '../chart/stretch.ts';
import { Controls } from '../controls.tsx';
import { Funnel } from '../funnel/funnel.tsx';
import { f, Rich, t } from '../messages/index.tsx';
import { MoneyLedger } from '../money/money.tsx';
import { Export, fileName, type Picture } from '../parts/export.tsx';
import { Frame, PeriodLine, Waiting } from '../parts/frame.tsx';
import { InTurn } from '../parts/in-turn.tsx';
import { Link } from '../parts/link.tsx';
import { Section } from '../parts/section.tsx';
import { RateCards } from '../rates/cards.tsx';
import { address } from '../state.ts';
import { type Figures, figures } from './figures.ts';
import './overview.css';

const Figure = ({ value, tone }: { value: number; tone?: string }) => (
  <strong class={tone}>{f().count(value)}</strong>
);

const Headline = ({ answer }: { answer: MetricsAnswer }) => {
  const { visitors, buyers, paying_visitors, orders } = answer.totals;
  if (visitors === 0 && orders === 0 && Object.keys(address.value.filters).length > 0)
    return (
      <>
        <h1 class="headline">{t('headline.filtered')}</h1>
        <p class="headline-more">
          {t('headline.filtered.hint')} <Link to={{ filters: {} }}>{t('filter.clear')}</Link>
        </p>
      </>
    );
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

/** What figures are of, and what they are compared with. */
export const AnswerPeriod = ({ answer }: { answer: MetricsAnswer }) => {
  const { period, comparison, recounting } = answer;
  return (
    <>
      <PeriodLine
        period={period}
        more={comparison === undefined ? [] : [t('period.compared', { days: f().days(comparison.period) })]}
      />
      {recounting && (
        <p class="period-line" data-test="recounting">
          <strong>{t('period.recounting')}</strong>
        </p>
      )}
    </>
  );
};

/** What the funnel's people did in all, as one line. */
const activity = ({ totals: { visits, pages, inquiries, orders } }: MetricsAnswer) =>
  t('funnel.activity', { visits, pages, inquiries, orders });

/** Looked for in the part of the page that it is taken from. */
const pictureIn = (part: string, selector: string, lines: readonly string[]): Picture => ({
  element: () =>
    document.querySelector<SVGSVGElement | HTMLCanvasElement>(
      `[aria-labelledby="${part}-title"] ${selector}`,
    ),
  lines,
});

const Sections = ({ shown, store }: { shown: Figures; store: Store }) => {
  const { asked, channels, series } = shown;
  const step = (series.by ?? 'day') as Step;
  const { period } = channels;
  const lines = [store.name, f().days(period)];
  const exported = (part: string, what: string, by?: MetricsQuestion['by'], picture?: Picture) => (
    <Export
      of={what}
      file={fileName(part, period)}
      csv={csvOf('/v1/metrics', { ...asked, by })}
      {...(picture === undefined ? {} : { picture })}
      test={`export-${part}`}
    />
  );
  return (
    <>
      <Section
        id="funnel"
        title={t('funnel.title')}
        hint={activity(channels)}
        tools={exported(
          'funnel',
          t('funnel.title'),
          undefined,
          pictureIn('funnel', 'svg', [t('funnel.title'), lines.join(' · ')]),
        )}
      >
        <Funnel answer={channels} store={store} />
      </Section>
      <Section id="rates" title={t('rates.title')} hint={t('rates.hint')} bare>
        <RateCards answer={channels} />
      </Section>
      <Section
        id="chart"
        title={t(`chart.title.${step}`)}
        tools={exported(
          'chart',
          t(`chart.title.${step}`),
          step,
          pictureIn('chart', 'canvas', [
            seriesName(shownSeries.value, series, store.currency),
            lines.join(' · '),
          ]),
        )}
      >
        <InTurn turn={1}>{() => <Chart answer={series} store={store} />}</InTurn>
      </Section>
      <Section
        id="channels"
        title={t('channels.title')}
        hint={t('channels.hint')}
        tools={exported('channels', t('channels.title'), 'channel')}
      >
        <InTurn turn={2}>{() => <ChannelTable answer={channels} store={store} />}</InTurn>
      </Section>
      <Section id="money" title={t('money.title')}>
        <InTurn turn={3}>{() => <MoneyLedger answer={channels} />}</InTurn>
      </Section>
    </>
  );
};

export const Overview = ({ store }: { store: Store }) => {
  if (store.first_event === null) return <Waiting />;
  return (
    <Frame
      of={figures}
      head={({ channels }) => (
        <>
          <Headline answer={channels} />
          <Bottleneck />
          <AnswerPeriod answer={channels} />
        </>
      )}
      controls={<Controls store={store} />}
      bones={['picture', 'rates', 'chart']}
    >
      {(shown) => <Sections shown={shown} store={store} />}
    </Frame>
  );
};
