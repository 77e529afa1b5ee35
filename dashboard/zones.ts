// The time zones that a store can be in.

export const zones = (): string[] => {
  const all = Intl.supportedValuesOf('timeZone');
  // Not every engine lists it, and some shops keep it.
  return all.includes('UTC') ? all : [...all, 'UTC'];
};
