// A store's set-up: the tag, and the proof that it works.
import type { Store } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { Copy } from '../parts/copy.tsx';
import { Link } from '../parts/link.tsx';
import { useArrivals } from './arrivals.ts';
import { CheckPanel } from './check.tsx';
import { FirstEventPanel } from './first-event.tsx';
import { Log } from './log.tsx';
import './set-up.css';

const Facts = ({ store }: { store: Store }) => {
  const facts: [string, string][] = [
    [t('setup.facts.id'), store.id],
    [t('stores.origins'), store.origins.join(', ')],
    [t('stores.timezone'), store.timezone],
    [t('stores.currency'), `${store.currency} · ${f().currency(store.currency)}`],
    [t('setup.facts.created'), f().moment(store.created)],
  ];
  return (
    <section class="panel" aria-labelledby="facts-title">
      <h2 id="facts-title">{t('setup.facts.title')}</h2>
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {t('setup.facts.more')}{' '}
        <Link to={{ view: 'settings' }} test="setup-to-settings">
          {t('view.settings')}
        </Link>
      </p>
    </section>
  );
};

/** What belongs to one store begins anew with another: its log, its check. */
const Live = ({ store }: { store: Store }) => {
  const arrivals = useArrivals(store.id);
  return (
    <>
      <FirstEventPanel store={store} />
      <Log store={store} arrivals={arrivals} />
      <CheckPanel store={store} />
    </>
  );
};

export const SetUp = ({ store }: { store: Store }) => (
  <div class="narrow">
    <h1>{t('setup.title', { store: store.name })}</h1>
    <section class="panel" aria-labelledby="tag-title">
      <h2 id="tag-title">{t('setup.tag.title')}</h2>
      <p>{t('setup.tag.lead')}</p>
      <Copy text={store.tag} test="script-tag" />
    </section>
    <Live key={store.id} store={store} />
    <Facts store={store} />
  </div>
);
