// Settings.
import type { Store } from '../api.ts';
import { t } from '../messages/index.tsx';

export const Settings = ({ store }: { store: Store }) => (
  <h1 class="headline">{t('settings.view.title', { store: store.name })}</h1>
);
