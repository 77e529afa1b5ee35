// Under a figure: how far it is from the rest of the table, and whether that is more than chance.
import type { RateDifference } from '../../worker/metrics/question.ts';
import { f, t } from '../messages/index.tsx';
import { goodOf } from '../rates/meaning.ts';

/** Colour only where it is more than chance, and where more is better. */
const feeling = (verdict: RateDifference['verdict'], good: 'up' | 'neither'): string => {
  if (good === 'neither') return 'even';
  return verdict === 'higher' ? 'good' : verdict === 'lower' ? 'bad' : 'even';
};

/** Beside the rest: who is above it and who below, by more than chance or not. */
export const Beside = ({ name, beside }: { name: string; beside: RateDifference | undefined }) => {
  if (beside === undefined || beside.difference === null) return null;
  const { difference, verdict, rest, p } = beside;
  if (verdict === 'too_little_data')
    return (
      <span class="delta is-little" data-verdict={verdict}>
        {t('table.little')}
      </span>
    );
  const sure = verdict !== 'chance';
  const words = t(difference < 0 ? 'table.below' : 'table.above', {
    points: f().points(difference),
    rest: f().percent(rest.value ?? 0),
  });
  const doubt = sure ? t('table.sure', { p: f().percent(p ?? 0) }) : t('change.chance');
  return (
    <span
      class={`delta is-${feeling(verdict, goodOf(name))} ${sure ? 'is-sure' : ''}`}
      title={`${words}: ${doubt}`}
      data-verdict={verdict}
      data-value={difference}
    >
      <span aria-hidden="true">
        {difference < 0 ? '▼' : '▲'} {f().points(difference)}
      </span>
      <span class="unseen">
        {words}, {doubt}
      </span>
    </span>
  );
};
