// Funnels.
import type { Store } from '../api.ts';
import { t } from '../messages/index.tsx';

export const Funnels = ({ store }: { store: Store }) => (
  <h1 class="headline">{t('funnels.view.title', { store: store.name })}</h1>
);
