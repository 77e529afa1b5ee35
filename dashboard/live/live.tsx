// Live: who is here now, and what happens, without a reload and without taking anything from under its reader.
import type { LiveAnswer, Store } from '../api.ts';
import { f, Rich, t } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { Waiting } from '../parts/frame.tsx';
import { Link } from '../parts/link.tsx';
import { Section } from '../parts/section.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { Minutes } from './minutes.tsx';
import { live, paused, useNews } from './now.ts';
import { Stream } from './stream.tsx';
import { Where } from './where.tsx';
import '../parts/view.css';
import './live.css';

const PauseButton = () => (
  <p class="freshness">
    <span data-test="as-of">{t('app.as_of', { time: f().clock(live.at.value) })}</span>
    <button
      type="button"
      class="button"
      aria-pressed={paused.value}
      onClick={() => {
        paused.value = !paused.value;
      }}
      data-test="live-pause"
    >
      {t('live.pause')}
    </button>
  </p>
);

const Head = ({ answer }: { answer: LiveAnswer }) => (
  <div class="answer live-head">
    <div>
      <h1 class="headline" data-test="live-headline" data-value={answer.visitors_now}>
        <Rich
          text="live.headline"
          n={answer.visitors_now}
          parts={{ count: <strong>{f().count(answer.visitors_now)}</strong> }}
        />
      </h1>
      <p class="period-line">
        <span class={`badge live ${paused.value ? 'is-paused' : ''}`}>
          {paused.value ? t('live.paused') : t('live.badge')}
        </span>{' '}
        {t('live.period')}
        {!answer.complete && ` ${t('live.incomplete')}`}
      </p>
    </div>
    <PauseButton />
  </div>
);

const moneyOf = ({ money }: LiveAnswer, what: 'order_value' | 'paid'): string =>
  money
    .filter((one) => one[what] > 0)
    .map((one) => f().money(one[what], one.currency, one.digits))
    .join(' + ');

const Figures = ({ answer }: { answer: LiveAnswer }) => {
  const { visitors, open_carts, events } = answer;
  const figures: [
    name: 'visitors' | 'inquiries' | 'carts' | 'orders' | 'payments',
    n: number,
    more: string,
  ][] = [
    ['visitors', visitors, ''],
    ['inquiries', events.inquiry, ''],
    ['carts', open_carts, ''],
    ['orders', events.order, moneyOf(answer, 'order_value')],
    ['payments', events.payment, moneyOf(answer, 'paid')],
  ];
  return (
    <dl class="live-figures">
      {figures.map(([name, n, more]) => (
        <div key={name} class={`live-figure is-${name}`}>
          <dt>{t(`live.figure.${name}`)}</dt>
          <dd data-test={`live-${name}`} data-value={n}>
            {f().count(n)} {more !== '' && <span class="live-money">{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Nobody = ({ store }: { store: Store }) => (
  <Empty title={t('live.none')}>
    <p>{t('live.none.hint')}</p>
    <p>
      <a
        class="button is-main"
        href={store.origins[0] ?? '/'}
        target="_blank"
        rel="noreferrer"
        data-test="open-shop"
      >
        {t('live.none.open')}
      </a>{' '}
      <Link to={{ view: 'set-up' }} class="button" test="live-set-up">
        {t('view.set-up')}
      </Link>
    </p>
  </Empty>
);

const Shown = ({ answer, store }: { answer: LiveAnswer; store: Store }) => {
  const news = useNews(answer);
  return (
    <>
      <p class="unseen" role="status" data-test="live-news">
        {news}
      </p>
      {answer.latest.length === 0 && answer.visitors === 0 ? (
        <div class="panel" data-test="live-empty">
          <Nobody store={store} />
        </div>
      ) : (
        <>
          <Figures answer={answer} />
          <Section id="minutes" title={t('live.minutes')} hint={t('live.minutes.hint')}>
            <Minutes minutes={answer.by_minute} store={store} />
          </Section>
          <div class="live-columns">
            <Section id="stream" title={t('live.stream')}>
              <Stream events={answer.latest} store={store} />
            </Section>
            <div class="live-place">
              <Where answer={answer} />
            </div>
          </div>
        </>
      )}
    </>
  );
};

export const Live = ({ store }: { store: Store }) => {
  if (store.first_event === null) return <Waiting />;
  const shown = live.value.value;
  const failure = live.failure.value;
  return (
    <>
      {shown === null ? (
        <div class="answer">
          <div class="bone is-headline" />
        </div>
      ) : (
        <Head answer={shown} />
      )}
      {failure !== null && (
        <Trouble
          failure={failure}
          lead={shown === null ? undefined : t('error.stale', { time: f().clock(live.at.value) })}
          onRetry={() => void live.refresh()}
        />
      )}
      {shown !== null && <Shown key={store.id} answer={shown} store={store} />}
      {shown === null && failure === null && (
        <div class="skeleton" role="status">
          <span class="unseen">{t('app.loading')}</span>
          <div class="bone is-live-figures" />
          <div class="bone is-live-minutes" />
        </div>
      )}
    </>
  );
};
