// One rule: what a visit must have, and the channel that it then has.

import { valueName } from '../../filters/filters.ts';
import { t } from '../../messages/index.tsx';
import { moveKeys, OrderButtons } from '../../parts/ordered.tsx';
import { CHANNELS, CONDITIONS, type Condition, type TypedRule, troubleOf } from './rules.ts';

interface Props {
  rule: TypedRule;
  /** Its place in the list, the first is 0. */
  place: number;
  last: boolean;
  /** What the server refuses of it, or null. */
  refused: string | null;
  /** What a dry run says of it, or null. */
  tried: string | null;
  /** Nothing is said of what is empty because it is new. */
  fresh: boolean;
  onChange: (rule: TypedRule) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const ConditionInput = ({
  rule,
  place,
  name,
  bad,
  onChange,
}: Pick<Props, 'rule' | 'place' | 'onChange'> & {
  name: Condition;
  bad: boolean;
}) => (
  <label class="rule-condition">
    <span>{t(`filter.${name}`)}</span>
    <input
      value={rule[name]}
      placeholder={t('rules.anything')}
      list={`rules-${name}`}
      spellcheck={false}
      autocomplete="off"
      aria-invalid={bad}
      aria-describedby={`rule-${place}-bad`}
      onInput={(event) => onChange({ ...rule, [name]: event.currentTarget.value })}
      data-test={`rule-${name}`}
    />
  </label>
);

export const Rule = ({ rule, place, last, refused, tried, fresh, onChange, onMove, onRemove }: Props) => {
  const trouble = troubleOf(rule);
  const bad = trouble === null ? refused : trouble === 'empty' && fresh ? null : t(`rules.bad.${trouble}`);
  const number = place + 1;
  return (
    <li
      class="rule"
      onKeyDown={moveKeys({ place, last, onMove })}
      data-test="rule"
      aria-label={t('rules.rule', { number })}
    >
      <span class="rule-number" aria-hidden="true">
        {number}
      </span>
      <div class="rule-fields">
        {CONDITIONS.map((name) => (
          <ConditionInput
            key={name}
            {...{ rule, place, name, onChange }}
            bad={bad !== null && (trouble === 'empty' || rule[name] !== '')}
          />
        ))}
        <label class="rule-condition rule-channel">
          <span>→ {t('filter.channel')}</span>
          <select
            value={rule.channel}
            onChange={(event) => {
              const channel = CHANNELS.find((one) => one === event.currentTarget.value);
              if (channel !== undefined) onChange({ ...rule, channel });
            }}
            data-test="rule-channel"
          >
            {CHANNELS.map((channel) => (
              <option key={channel} value={channel}>
                {valueName('channel', channel)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <OrderButtons
        {...{ place, last, onMove, onRemove }}
        names={{
          up: t('rules.up', { number }),
          down: t('rules.down', { number }),
          remove: t('rules.remove', { number }),
        }}
        test="rule"
      />
      <p class="bad rule-note" id={`rule-${place}-bad`} role="status">
        {bad}
      </p>
      {tried !== null && (
        <p class="rule-note rule-tried" data-test="rule-tried">
          {tried}
        </p>
      )}
    </li>
  );
};
