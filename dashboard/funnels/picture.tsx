// The funnel as bars under each other, with what was lost between them, how long it took, and the way to who left.
import { isShared } from '../allowed.ts';
import type { FunnelAnswer } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { Link } from '../parts/link.tsx';
import { Twin } from '../parts/twin.tsx';
import { listed, toLeavers } from './asked.ts';
import { duration, stepName } from './words.ts';

type Step = FunnelAnswer['steps'][number];

const share = (rate: Step['from_first'] | null): string =>
  rate === null || rate.value === null ? '–' : f().percent(rate.value);
const wide = (count: number, most: number): string => `${most === 0 ? 0 : (100 * count) / most}%`;

/** Between a step and the next: who went on, who did not, and when. */
const Between = ({ step, at }: { step: Step; at: number }) => {
  const current = listed.value === at;
  return (
    <p class="path-between">
      <span class="path-arrow" aria-hidden="true">
        ↓
      </span>
      <span>{t('funnels.went_on', { rate: share(step.from_previous) })}</span>
      {step.median_ms !== null && step.p90_ms !== null && (
        <span>{t('funnels.took', { median: duration(step.median_ms), most: duration(step.p90_ms) })}</span>
      )}
      {step.lost === 0 && <span>{t('funnels.left.nobody')}</span>}
      {step.lost > 0 && isShared() && <span>{t('funnels.left', { n: step.lost })}</span>}
      {step.lost > 0 && !isShared() && (
        <Link
          to={toLeavers(current ? null : at)}
          class={`path-lost ${current ? 'is-open' : ''}`}
          test={`funnel-lost-${at}`}
          stay
        >
          {t('funnels.left', { n: step.lost })}
        </Link>
      )}
    </p>
  );
};

const Bars = ({ steps }: { steps: readonly Step[] }) => {
  const most = steps[0]?.count ?? 0;
  return (
    <ol class="path" aria-label={t('funnels.steps')}>
      {steps.map((step, n) => (
        <li key={n} data-test={`funnel-bar-${n + 1}`} data-value={step.count}>
          {n > 0 && <Between step={step} at={n} />}
          <p class="path-head">
            <span class="path-number" aria-hidden="true">
              {n + 1}
            </span>
            <b class="path-name">{stepName(step.step)}</b>
            <span class="path-count" data-test="funnel-count-at">
              {f().count(step.count)}
            </span>
            <span class="path-share">{share(step.from_first)}</span>
          </p>
          <div class="path-bar" aria-hidden="true">
            <div class="path-before" style={{ width: wide(steps[n - 1]?.count ?? most, most) }} />
            <div class="path-here" style={{ width: wide(step.count, most) }} />
          </div>
        </li>
      ))}
    </ol>
  );
};

const Table = ({ steps }: { steps: readonly Step[] }) => (
  <table class="plain-table" data-test="funnel-table">
    <thead>
      <tr>
        <th scope="col">{t('funnels.table.step')}</th>
        <th scope="col">{t('funnels.table.count')}</th>
        <th scope="col">{t('funnels.table.from_first')}</th>
        <th scope="col">{t('funnels.table.from_previous')}</th>
        <th scope="col">{t('funnels.table.lost')}</th>
        <th scope="col">{t('funnels.table.median')}</th>
        <th scope="col">{t('funnels.table.p90')}</th>
      </tr>
    </thead>
    <tbody>
      {steps.map((step, n) => (
        <tr key={n}>
          <th scope="row">
            {n + 1}. {stepName(step.step)}
          </th>
          <td>{f().count(step.count)}</td>
          <td>{share(step.from_first)}</td>
          <td>{share(step.from_previous)}</td>
          <td>{n === 0 ? '–' : f().count(step.lost)}</td>
          <td>{step.median_ms === null ? '–' : duration(step.median_ms)}</td>
          <td>{step.p90_ms === null ? '–' : duration(step.p90_ms)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const Picture = ({ answer }: { answer: FunnelAnswer }) => (
  <>
    <Bars steps={answer.steps} />
    <Twin of={t('funnels.picture')} test="funnel-twin">
      <Table steps={answer.steps} />
    </Twin>
  </>
);
