// Who left at a step: a list, a page at a time, each with the way to what they did.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { csvOf, type FunnelVisitorsAnswer, getFunnelVisitors } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { Export, fileName } from '../parts/export.tsx';
import { Link } from '../parts/link.tsx';
import { timesIn } from '../parts/times.ts';
import { Trouble } from '../parts/trouble.tsx';
import { VisitorLink } from '../parts/visitor-link.tsx';
import { resource } from '../resource.ts';
import { now } from '../state.ts';
import { type Shown, toLeavers } from './asked.ts';
import { stepName } from './words.ts';

/** People of one page. */
const LIMIT = '50';

type Leaver = FunnelVisitorsAnswer['visitors'][number];
type Found = Pick<FunnelVisitorsAnswer, 'visitors' | 'next'>;

const Who = ({ one }: { one: Leaver }) => (
  <th scope="row">
    {one.order !== undefined && <span class="leaver-order">{one.order} </span>}
    {one.visitor === null ? t('channel.unattributed') : <VisitorLink visitor={one.visitor} />}
  </th>
);

const List = ({ found, zone }: { found: readonly Leaver[]; zone: string }) => {
  const times = timesIn(zone);
  // The page's clock ticks by the minute: what came since is not in the future.
  const at = Math.max(now.value, ...found.slice(0, 1).map((one) => one.last_seen));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="twin-table" aria-label={t('funnels.leavers')} tabIndex={0}>
      <table class="plain-table" data-test="funnel-leavers">
        <thead>
          <tr>
            <th scope="col">{t('funnels.leavers.who')}</th>
            <th scope="col" class="is-text">
              {t('funnels.leavers.reached')}
            </th>
            <th scope="col" class="is-text">
              {t('funnels.leavers.page')}
            </th>
            <th scope="col" class="is-text">
              {t('funnels.leavers.seen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.map((one) => (
            <tr key={`${one.at} ${one.visitor} ${one.visit} ${one.order}`}>
              <Who one={one} />
              <td class="is-text" title={times.moment(one.at)}>
                {f().ago(one.at, Math.max(at, one.at))}
              </td>
              <td class="is-text leaver-page">{one.last_page ?? '–'}</td>
              <td class="is-text" title={times.moment(one.last_seen)}>
                {f().ago(one.last_seen, Math.max(at, one.last_seen))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

export const Leavers = ({ shown: { asked, answer }, step }: { shown: Shown; step: number }) => {
  const list = useMemo(() => resource<Found>(), []);
  const heading = useRef<HTMLHeadingElement>(null);
  const question = { ...asked, step: String(step), dropped: 'true' as const, limit: LIMIT };
  const key = JSON.stringify(question);
  useEffect(() => {
    list.clear();
    void list.load(() => getFunnelVisitors(question));
  }, [key]);
  // Whoever followed the link at a bar is led to the list; an address that has it open begins at its top.
  useEffect(() => {
    if (document.activeElement?.classList.contains('path-lost') !== true) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'center' });
  }, [step]);

  const found = list.value.value;
  const more = (cursor: string) =>
    void list.load(async () => {
      const page = await getFunnelVisitors({ ...question, cursor });
      return { visitors: [...(found?.visitors ?? []), ...page.visitors], next: page.next };
    });
  const { limit: _, ...whole } = question;
  return (
    <section class="section panel leavers" aria-labelledby="leavers-title" data-test="funnel-left">
      <div class="section-head">
        <h2 id="leavers-title" ref={heading} tabIndex={-1}>
          {t('funnels.leavers.title', { step: stepName(answer.steps[step - 1]?.step ?? '') })}
        </h2>
        <p>{t('funnels.leavers.lead', { next: stepName(answer.steps[step]?.step ?? '') })}</p>
        <div class="section-tools">
          <Export
            of={t('funnels.leavers')}
            file={fileName(`left-${step}`, answer.period)}
            csv={csvOf('/v1/funnel/visitors', { ...whole, limit: '500' })}
            test="export-leavers"
          />
          <Link to={toLeavers(null)} class="quiet" test="funnel-left-close" stay>
            {t('funnels.leavers.close')}
          </Link>
        </div>
      </div>
      {list.failure.value !== null && (
        <Trouble
          failure={list.failure.value}
          onRetry={() => void list.load(() => getFunnelVisitors(question))}
        />
      )}
      {found === null && list.failure.value === null && (
        <p class="hint" role="status">
          {t('app.loading')}
        </p>
      )}
      {found !== null && found.visitors.length === 0 && <p class="hint">{t('funnels.leavers.none')}</p>}
      {found !== null && found.visitors.length > 0 && (
        <List found={found.visitors} zone={answer.period.timezone} />
      )}
      {found !== null && found.next !== null && (
        <button
          type="button"
          class="button"
          aria-disabled={list.loading.value}
          onClick={() => found.next !== null && more(found.next)}
          data-test="funnel-left-more"
        >
          {t('funnels.leavers.more')}
        </button>
      )}
    </section>
  );
};
