// The filters that are set, each with a button that takes it away.
import { DIMENSIONS } from '../address.ts';
import { t } from '../messages/index.tsx';
import { address, go } from '../state.ts';
import { valueName, withoutFilter } from './filters.ts';
import './chips.css';

export const FilterChips = () => {
  const { filters } = address.value;
  const set = DIMENSIONS.flatMap((dimension) =>
    (filters[dimension] ?? []).map((value) => ({ dimension, value })),
  );
  if (set.length === 0) return null;
  return (
    <div class="chips" data-test="filters">
      <span class="chips-title">{t('filter.title')}</span>
      <ul>
        {set.map(({ dimension, value }) => {
          const named = { dimension: t(`filter.${dimension}`), value: valueName(dimension, value) };
          return (
            <li key={`${dimension} ${value}`}>
              <button
                type="button"
                class="chip"
                onClick={() => go({ filters: withoutFilter(filters, dimension, value) })}
                aria-label={t('filter.remove', named)}
                data-test={`filter-${dimension}`}
              >
                <span>
                  {named.dimension}: <b>{named.value}</b>
                </span>
                <span class="chip-x" aria-hidden="true">
                  ×
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {set.length > 1 && (
        <button type="button" class="quiet" onClick={() => go({ filters: {} })} data-test="filters-clear">
          {t('filter.clear')}
        </button>
      )}
    </div>
  );
};
