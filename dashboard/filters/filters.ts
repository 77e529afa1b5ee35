// Filters: what is set, how a value is added or taken away, and how it is called.
import type { Dimension, Filters } from '../address.ts';
import { f, t, tMaybe } from '../messages/index.tsx';
import { address } from '../state.ts';

/** As the endpoint names what has no value. */
export const NONE = '(none)';

/** The filters with one value more; the same ones where it is there already. */
export const withFilter = (filters: Filters, dimension: Dimension, value: string): Filters => ({
  ...filters,
  [dimension]: [...new Set([...(filters[dimension] ?? []), value])],
});

export const withoutFilter = (filters: Filters, dimension: Dimension, value: string): Filters => {
  const { [dimension]: given = [], ...others } = filters;
  const left = given.filter((one) => one !== value);
  return left.length === 0 ? others : { ...others, [dimension]: left };
};

/** What a link or `go` would change for a filter more. */
export const filterBy = (dimension: Dimension, value: string) => ({
  filters: withFilter(address.value.filters, dimension, value),
});

const NAMED: Partial<Record<Dimension, (value: string) => string | null>> = {
  channel: (value) => tMaybe(`channel.${value}`),
  device: (value) => tMaybe(`device.${value}`),
  visitor_kind: (value) => tMaybe(`kind.${value}`),
  country: (value) => f().country(value),
};

/** A dimension's value in the reader's words, where there are any; a store's own stand as they are. */
export const valueName = (dimension: Dimension, value: string): string =>
  value === NONE ? t('filter.none') : (NAMED[dimension]?.(value) ?? value);
