// A choice between a few: radio buttons in one row, with a line that explains the chosen one.
import { useId } from 'preact/hooks';

interface Props<T extends string> {
  legend: string;
  name: string;
  options: readonly { value: T; label: string }[];
  chosen: T;
  hint?: string;
  onChoose: (value: T) => void;
}

export const Choice = <T extends string>({ legend, name, options, chosen, hint, onChoose }: Props<T>) => {
  const id = useId();
  return (
    <fieldset
      class="choice"
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      data-test={`choose-${name}`}
    >
      <legend>{legend}</legend>
      <div class="choice-row">
        {options.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name={`${id}-${name}`}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              data-test={`${name}-${value}`}
            />
            <span class="choice-label">{label}</span>
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p class="choice-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
};
