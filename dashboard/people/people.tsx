// People.
import type { Store } from '../api.ts';
import { t } from '../messages/index.tsx';

export const People = ({ store }: { store: Store }) => (
  <h1 class="headline">{t('people.view.title', { store: store.name })}</h1>
);
