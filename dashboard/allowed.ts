// Which views a reader may open: what is not theirs to see or to change is neither offered nor asked for.
import type { View } from './address.ts';
import type { Store } from './api.ts';
import { session, stores } from './data.ts';

/** Figures, and nobody behind them: what a share link shows. */
const SHARED: ReadonlySet<View> = new Set(['overview', 'channels', 'pages', 'funnels']);

/** Whether the page was opened by a share link. */
export const isShared = (): boolean => session.value.value?.share != null;

export const mayOpen = (view: View, role: Store['role']): boolean => {
  if (isShared()) return SHARED.has(view);
  return view !== 'set-up' || role !== 'viewer';
};

/** Who owns a store may make another; where there is none yet, the server says who may. */
export const mayMakeStores = (): boolean => {
  const all = stores.value.value ?? [];
  return !isShared() && (all.length === 0 || all.some(({ role }) => role === 'owner'));
};
