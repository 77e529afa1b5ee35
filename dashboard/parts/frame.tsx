// What stands around every view that shows figures: the answer in a sentence, when it is from, the controls, and what
// to see while figures are on the way, missing or stale.
import type { ComponentChildren, VNode } from 'preact';
import type { Period } from '../../worker/metrics/question.ts';
import type { Asking } from '../asking.ts';
import { f, t } from '../messages/index.tsx';
import { Link } from './link.tsx';
import { Trouble } from './trouble.tsx';
import './view.css';

/** The days that figures are of, as the server resolved them. */
export const PeriodLine = ({ period, more = [] }: { period: Period; more?: readonly string[] }) => (
  <p class="period-line" data-test="period">
    <b>{f().days(period)}</b> {t('period.in_zone', { zone: period.timezone })}
    {!period.complete && ` · ${t('period.incomplete')}`}
    {more.map((one) => ` · ${one}`)}
  </p>
);

const Freshness = ({ of }: { of: Asking<unknown> }) => (
  <p class="freshness">
    <span data-test="as-of">{t('app.as_of', { time: f().clock(of.at.value) })}</span>
    <button type="button" class="quiet" onClick={() => void of.refresh()} data-test="refresh">
      {of.loading.value ? t('app.refreshing') : t('app.refresh')}
    </button>
  </p>
);

/** Blocks of the sizes that the figures will have, so that nothing jumps when they come. */
const Skeleton = ({ bones }: { bones: readonly string[] }) => (
  <div class="skeleton" role="status" data-test="skeleton">
    <span class="unseen">{t('app.loading')}</span>
    {bones.map((bone) => (
      <div key={bone} class={`bone is-${bone}`} />
    ))}
  </div>
);

/** Instead of figures, for a store that has not had an event. */
export const Waiting = () => (
  <div class="answer">
    <h1 class="headline">{t('headline.waiting')}</h1>
    <p class="headline-more">
      {t('headline.waiting.hint')} <Link to={{ view: 'set-up' }}>{t('view.set-up')}</Link>
    </p>
  </div>
);

interface Props<T> {
  of: Asking<T>;
  /** The view's h1 and what belongs under it. */
  head: (answer: T) => VNode;
  /** What can be chosen of what is shown. */
  controls?: VNode;
  /** Classes of the blocks that stand for the figures while the first are on the way: `is-NAME`. */
  bones: readonly string[];
  children: (answer: T) => ComponentChildren;
}

export const Frame = <T,>({ of, head, controls, bones, children }: Props<T>) => {
  const shown = of.value.value;
  const failure = of.failure.value;
  const busy = of.loading.value;
  const lead = shown === null ? undefined : t('error.stale', { time: f().clock(of.at.value) });
  return (
    <>
      <div class={`answer is-over-${bones[0]} ${busy ? 'is-loading' : ''}`}>
        {shown === null ? (
          <div class="bone is-headline" />
        ) : (
          <>
            <div>{head(shown)}</div>
            <Freshness of={of} />
          </>
        )}
      </div>
      {controls}
      {failure !== null && <Trouble failure={failure} lead={lead} onRetry={() => void of.refresh()} />}
      <div class={`figures ${busy ? 'is-loading' : ''}`} aria-busy={busy}>
        {shown === null ? failure === null && <Skeleton bones={bones} /> : children(shown)}
      </div>
    </>
  );
};
