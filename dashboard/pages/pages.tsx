// Pages.
import type { Store } from '../api.ts';
import { t } from '../messages/index.tsx';

export const Pages = ({ store }: { store: Store }) => (
  <h1 class="headline">{t('pages.view.title', { store: store.name })}</h1>
);
