// Channels.
import type { Store } from '../api.ts';
import { t } from '../messages/index.tsx';

export const Channels = ({ store }: { store: Store }) => (
  <h1 class="headline">{t('channels.view.title', { store: store.name })}</h1>
);
