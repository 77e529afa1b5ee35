// A change in words, arrow and colour: never in colour alone.
import type { Change } from '../change.ts';
import { f, t } from '../messages/index.tsx';
import './delta.css';

interface Props {
  change: Change | null;
  kind: 'points' | 'relative';
  /** Whether more is better; what is neither is not coloured. */
  good?: 'up' | 'down' | 'neither';
  /** Only arrow and number, for the cells of tables. */
  brief?: boolean;
}

const ARROWS = { up: '▲', down: '▼', same: '=' } as const;

/** Rates are tested for chance; counts and amounts are not, so that nobody shall cheer or fear them. */
const feeling = (change: Change, kind: Props['kind'], good: Props['good']): string => {
  if (kind === 'relative' || change.direction === 'same' || change.chance || good === 'neither')
    return 'even';
  return change.direction === good ? 'good' : 'bad';
};

export const Delta = ({ change, kind, good = 'up', brief = false }: Props) => {
  if (change === null) return brief ? null : <span class="delta is-even">{t('change.none')}</span>;
  const number = kind === 'points' ? f().points(change.by) : f().percent(Math.abs(change.by), 1);
  const amount = kind === 'points' ? t('change.points', { points: number }) : number;
  const words = t(`change.${change.direction}`, { amount });
  const doubt = change.chance && change.direction !== 'same' ? t('change.chance') : null;
  return (
    <span
      class={`delta is-${feeling(change, kind, good)}`}
      data-value={change.by}
      title={doubt === null ? words : `${words}: ${doubt}`}
    >
      <span aria-hidden="true">
        {ARROWS[change.direction]} {brief ? number : change.direction === 'same' ? words : amount}
      </span>
      <span class="unseen">
        {words}
        {doubt !== null && `, ${doubt}`}
      </span>
      {!brief && doubt !== null && (
        <span class="delta-doubt" aria-hidden="true">
          {' '}
          {doubt}
        </span>
      )}
    </span>
  );
};
