// One step of the builder: what it is, and of a page or a custom step which.
import { t } from '../messages/index.tsx';
import { moveKeys, OrderButtons } from '../parts/ordered.tsx';
import { type Count, detailOf, kindOf, stepOf, stepsOfCount } from './question.ts';
import { kindName } from './words.ts';

/** What a path begins as, until somebody says which. */
const ANY_PAGE = '/*';

interface Props {
  step: string;
  /** Its place, the first is 0. */
  place: number;
  last: boolean;
  count: Count;
  onChange: (step: string) => void;
  onMove: (by: -1 | 1) => void;
  /** Undefined where there are no more than a funnel needs. */
  onRemove: (() => void) | undefined;
}

export const StepRow = ({ step, place, last, count, onChange, onMove, onRemove }: Props) => {
  const kind = kindOf(step);
  const number = place + 1;
  const kinds = stepsOfCount(count);
  return (
    <li
      class="step"
      onKeyDown={moveKeys({ place, last, onMove })}
      aria-label={t('funnels.step', { number })}
      data-test="funnel-step"
    >
      <span class="step-number" aria-hidden="true">
        {number}
      </span>
      <div class="step-fields">
        <select
          value={kind}
          aria-label={t('funnels.step', { number })}
          onChange={(event) => {
            const wanted = kinds.find((one) => one === event.currentTarget.value);
            if (wanted !== undefined)
              onChange(stepOf(wanted, wanted === 'page' ? ANY_PAGE : t('funnels.step.new')));
          }}
          data-test="funnel-step-kind"
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {kindName(one)}
            </option>
          ))}
        </select>
        {(kind === 'page' || kind === 'named') && (
          <input
            // Asked when it is finished: each letter would be another funnel.
            key={step}
            defaultValue={detailOf(step)}
            list={kind === 'page' ? 'funnel-pages' : undefined}
            aria-label={t(`funnels.step.${kind}.which`, { number })}
            title={kind === 'page' ? t('funnels.step.page.hint') : undefined}
            spellcheck={false}
            autocomplete="off"
            onChange={(event) => onChange(stepOf(kind, event.currentTarget.value))}
            data-test="funnel-step-detail"
          />
        )}
      </div>
      <OrderButtons
        {...{ place, last, onMove, onRemove }}
        names={{
          up: t('funnels.step.up', { number }),
          down: t('funnels.step.down', { number }),
          remove: t('funnels.step.remove', { number }),
        }}
        test="funnel-step"
      />
    </li>
  );
};
