// The funnel's section: the picture, what its colours mean, and the same numbers as a table.
import type { MetricsAnswer, Store } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { Twin } from '../parts/twin.tsx';
import { lostAfter } from './geometry.ts';
import { FunnelPicture } from './picture.tsx';
import { type Stages, stagesOf } from './stages.ts';
import { stepWords } from './words.ts';
import './funnel.css';

const STEPS = [
  'visitors',
  'effective',
  'consulting',
  'silent',
  'consulting_end',
  'silent_end',
  'buyers',
  'paying',
] as const;

const FunnelTable = ({ stages }: { stages: Stages }) => {
  const words = stepWords(stages);
  const lost: Partial<Record<(typeof STEPS)[number], number>> = lostAfter(stages);
  return (
    <table class="plain-table" data-test="funnel-table">
      <caption class="unseen">{t('funnel.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('funnel.table.step')}</th>
          <th scope="col">{t('funnel.table.count')}</th>
          <th scope="col">{t('funnel.table.share')}</th>
          <th scope="col">{t('funnel.table.of')}</th>
          <th scope="col">{t('funnel.table.lost')}</th>
        </tr>
      </thead>
      <tbody>
        {STEPS.map((step) => {
          const { name, count, share, of } = words[step];
          const gone = lost[step];
          return (
            <tr key={step}>
              <th scope="row">{name}</th>
              <td>{f().count(count)}</td>
              <td>{share === null ? '–' : f().percent(share)}</td>
              <td class="is-text">{of === '' ? '–' : of}</td>
              <td>
                {gone === undefined || (step === 'buyers' && stages.basis === 'payment')
                  ? '–'
                  : f().count(gone)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

export const Funnel = ({ answer, store }: { answer: MetricsAnswer; store: Store }) => {
  const stages = stagesOf(answer);
  return (
    <figure class="funnel">
      {stages.visitors === 0 ? (
        <Empty title={t('funnel.none')}>{t('funnel.none.hint')}</Empty>
      ) : (
        <FunnelPicture stages={stages} />
      )}
      <figcaption class="funnel-legend">
        <span class="swatch tone-consulting">{t('funnel.legend.consulting')}</span>
        <span class="swatch tone-silent">{t('funnel.legend.silent')}</span>
        <span class="swatch tone-effective">
          {t('funnel.legend.effective', { n: store.min_pages, seconds: store.min_engaged / 1000 })}
        </span>
        <span class="funnel-note">{t('funnel.note')}</span>
      </figcaption>
      <Twin of={t('funnel.title')} test="funnel-twin">
        <FunnelTable stages={stages} />
      </Twin>
    </figure>
  );
};
