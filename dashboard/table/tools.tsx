// What can be done with a table: searched by name, its columns chosen. Both are in the address.
import { useId } from 'preact/hooks';
import { t } from '../messages/index.tsx';
import { choice, go } from '../state.ts';
import type { Column } from './column.ts';
import './tools.css';

export const search = choice<string>(
  'q',
  (text) => text ?? '',
  (text) => (text === '' ? null : text),
);

/** In either case; what is not letters is looked for as it stands. */
export const found = <R extends { key: string }>(
  rows: readonly R[],
  nameOf: (key: string) => string,
): readonly R[] => {
  const text = search.value.trim().toLocaleLowerCase();
  return text === '' ? rows : rows.filter(({ key }) => nameOf(key).toLocaleLowerCase().includes(text));
};

const chosen = choice<readonly string[] | null>(
  'columns',
  (text) => text?.split(',') ?? null,
  (names) => names?.join(',') ?? null,
);

/** Of all columns those that the address names, or the usual ones. */
export const columnsShown = <F,>(
  columns: readonly Column<F>[],
  usual: readonly string[],
): readonly Column<F>[] => {
  const among = (names: readonly string[]) => columns.filter(({ name }) => names.includes(name));
  const shown = among(chosen.value ?? usual);
  return shown.length === 0 ? among(usual) : shown;
};

interface ColumnsProps {
  columns: readonly Pick<Column<never>, 'name' | 'label' | 'long'>[];
  shown: readonly Pick<Column<never>, 'name'>[];
}

const Columns = ({ columns, shown }: ColumnsProps) => {
  const id = useId();
  const names = shown.map(({ name }) => name);
  const toggle = (name: string) => {
    const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
    if (next.length > 0)
      go(chosen.to(columns.map((one) => one.name).filter((one) => next.includes(one))), 'replace');
  };
  return (
    <>
      <button type="button" class="button" popovertarget={id} data-test="columns">
        {t('table.columns')}
      </button>
      <div id={id} popover="auto" class="columns-menu" data-test="columns-menu">
        <fieldset>
          <legend class="unseen">{t('table.columns')}</legend>
          {columns.map(({ name, label, long }) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={names.includes(name)}
                onChange={() => toggle(name)}
                data-test={`column-${name}`}
              />
              {long?.() ?? label()}
            </label>
          ))}
        </fieldset>
        <button
          type="button"
          class="quiet"
          onClick={() => go(chosen.to(null), 'replace')}
          data-test="columns-usual"
        >
          {t('table.columns.usual')}
        </button>
      </div>
    </>
  );
};

export const Tools = ({ columns, shown }: ColumnsProps) => (
  <div class="tools">
    <label class="field">
      <span>{t('table.search')}</span>
      <input
        type="search"
        value={search.value}
        onInput={(event) => go(search.to(event.currentTarget.value), 'replace')}
        data-test="search"
      />
    </label>
    <Columns columns={columns} shown={shown} />
  </div>
);

export const NothingFound = () => (
  <p class="nothing-found" role="status" data-test="nothing-found">
    {t('table.none', { text: search.value })}{' '}
    <button type="button" class="quiet" onClick={() => go(search.to(''), 'replace')}>
      {t('table.none.clear')}
    </button>
  </p>
);
