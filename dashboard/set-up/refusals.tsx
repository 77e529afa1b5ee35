// What was refused: the reason in words, how often and from where, and what to do about it.
import type { Arrivals, Store } from '../api.ts';
import { f, t, tMaybe } from '../messages/index.tsx';
import { AddOrigin } from './add-origin.tsx';

/** Milliseconds after which a refusal that did not come again is history. */
const RECENT = 24 * 3_600_000;
/** Reasons shown at once. */
const SHOWN = 5;

/** One row, whichever list it comes from. */
interface Refusal {
  reason: Arrivals['refusals'][number]['reason'];
  /** The unknown id. */
  named?: string;
  origin: string | null;
  last: number;
  count: number;
}

/** Robots come to every shop. */
const isCalm = ({ reason }: Refusal): boolean => reason === 'bot';

/** The latest first, and what needs nobody last. */
const all = ({ refusals, unknown_stores }: Arrivals): Refusal[] =>
  [
    ...refusals,
    ...unknown_stores.map(({ store, ...rest }) => ({
      reason: 'unknown_store' as const,
      named: store,
      ...rest,
    })),
  ].sort((a, b) => Number(isCalm(a)) - Number(isCalm(b)) || b.last - a.last);

const fromText = (origin: string | null): string => {
  if (origin === null) return t('log.from.unknown');
  return origin === '*' ? t('log.from.others') : t('log.from', { origin });
};

const sentence = ({ reason, named }: Refusal): string =>
  named !== undefined && named !== '*'
    ? t('reason.unknown_store.named', { store: named })
    : (tMaybe(`reason.${reason}`) ?? reason);

const Row = ({ refusal, store, now }: { refusal: Refusal; store: Store; now: number }) => {
  const { reason, origin, last, count } = refusal;
  const advice = tMaybe(`advice.${reason}`);
  return (
    <li class={`refusal ${isCalm(refusal) ? 'is-calm' : ''}`} data-test="refusal" data-reason={reason}>
      <p>
        <b class="fate">{t(reason === 'dropped' ? 'log.lost' : 'log.refused')}</b> {sentence(refusal)}
      </p>
      <p class="refusal-facts">
        {t('log.times', { n: count })} · {fromText(origin)} ·{' '}
        {t('log.last', { ago: f().ago(last, Math.max(now, last)) })}
      </p>
      {advice !== null && <p>{advice}</p>}
      {reason === 'foreign_origin' && origin !== null && origin !== '*' && (
        <AddOrigin store={store} origin={origin} />
      )}
    </li>
  );
};

interface Props {
  arrivals: Arrivals;
  store: Store;
  /** When they were asked for. */
  now: number;
}

export const Refusals = ({ arrivals, store, now }: Props) => {
  const rows = all(arrivals);
  if (rows.length === 0) return null;
  const shown = rows.filter(({ last }) => now - last < RECENT).slice(0, SHOWN);
  const rest = rows.filter((row) => !shown.includes(row));
  const list = (some: readonly Refusal[]) => (
    <ul class="refusals" aria-label={t('log.refusals')}>
      {some.map((refusal) => (
        <Row
          key={`${refusal.reason} ${refusal.named} ${refusal.origin}`}
          refusal={refusal}
          store={store}
          now={now}
        />
      ))}
    </ul>
  );
  return (
    <>
      {shown.length > 0 && list(shown)}
      {rest.length > 0 && (
        <details class="older">
          <summary>{t('log.refusals.older', { n: rest.length })}</summary>
          {list(rest)}
        </details>
      )}
    </>
  );
};
