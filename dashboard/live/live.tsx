// Live.
import type { Store } from '../api.ts';
import { t } from '../messages/index.tsx';

export const Live = ({ store }: { store: Store }) => (
  <h1 class="headline">{t('live.view.title', { store: store.name })}</h1>
);
