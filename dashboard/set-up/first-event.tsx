// The proof that the tag works: waiting for the first event, and its details once it is here.
import type { FirstEvent, Store } from '../api.ts';
import { channelName } from '../channels/table.tsx';
import { f, t, tMaybe } from '../messages/index.tsx';
import { Link } from '../parts/link.tsx';
import { now } from '../state.ts';

const Waiting = () => (
  <section class="panel waiting" aria-labelledby="waiting-title" data-test="first-event-waiting">
    <h2 id="waiting-title">
      <span class="pulse" aria-hidden="true" />
      {t('setup.waiting.title')}
    </h2>
    <p>{t('setup.waiting.lead')}</p>
  </section>
);

const Arrived = ({ event }: { event: FirstEvent }) => {
  const unknown = t('setup.first.unknown');
  const facts: [name: string, label: string, value: string][] = [
    ['type', t('setup.first.type'), tMaybe(`event.${event.type}`) ?? event.type],
    ['path', t('setup.first.path'), event.path ?? unknown],
    ['channel', t('setup.first.channel'), channelName(event.channel)],
    ['source', t('setup.first.source'), event.source ?? unknown],
    [
      'device',
      t('setup.first.device'),
      event.device === null ? unknown : (tMaybe(`device.${event.device}`) ?? event.device),
    ],
    ['country', t('setup.first.country'), event.country === null ? unknown : f().country(event.country)],
    // The page's clock ticks by the minute; an event that came meanwhile is not in the future.
    ['when', t('setup.first.when'), f().ago(event.at, Math.max(now.value, event.at))],
  ];
  return (
    <section class="panel arrived" aria-labelledby="arrived-title" data-test="first-event">
      <h2 id="arrived-title">
        <span class="tick" aria-hidden="true">
          ✓
        </span>
        {t('setup.first.title')}
      </h2>
      <p>{t('setup.first.lead')}</p>
      <dl class="facts">
        {facts.map(([name, label, value]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd data-test={`first-event-${name}`}>{value}</dd>
          </div>
        ))}
      </dl>
      <Link to={{ view: 'overview' }} class="button is-main" test="first-event-go">
        {t('setup.first.go')}
      </Link>
    </section>
  );
};

/** The arrival is spoken without anybody looking: in one sentence, once. */
export const FirstEventPanel = ({ store }: { store: Store }) => (
  <>
    <p class="unseen" role="status">
      {store.first_event !== null && t('setup.first.title')}
    </p>
    {store.first_event === null ? <Waiting /> : <Arrived event={store.first_event} />}
  </>
);
