// The live log: what arrives in words, each with its fate, and what was refused and why.
import { useState } from 'preact/hooks';
import type { Arrivals, Store } from '../api.ts';
import { channelName } from '../channels/table.tsx';
import { f, t, tMaybe } from '../messages/index.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { type Log as Source, useNews } from './arrivals.ts';
import { Refusals } from './refusals.tsx';
import './log.css';

/** Events shown before anybody asks for more. */
const SHOWN = 8;
/** Events older than this many milliseconds are shown with their day. */
const TODAY = 12 * 3_600_000;

type Arrival = Arrivals['events'][number];

/** What there is to say beside the type. */
const detail = ({ via, order, name }: Arrival): string | null => {
  if (order !== null) return order;
  return name ?? (via && (tMaybe(`via.${via}`) ?? via));
};

const Row = ({ event, now }: { event: Arrival; now: number }) => {
  const more = detail(event);
  return (
    <li class="arrival" data-test="arrival" data-type={event.type}>
      <time dateTime={new Date(event.at).toISOString()}>
        {now - event.at < TODAY ? f().clock(event.at) : f().moment(event.at)}
      </time>
      <span class="what">
        <b>{tMaybe(`event.${event.type}`) ?? event.type}</b>
        {more !== null && ` ${more}`}
      </span>
      <span class="where">
        {event.path !== null && <code>{event.path}</code>}
        <span class="channel">{channelName(event.channel)}</span>
      </span>
      <span class="fate is-counted">
        <span aria-hidden="true">✓ </span>
        {t('log.counted')}
      </span>
    </li>
  );
};

/** Events have no ids here: those alike in all that is shown are told apart by their number. */
const keysOf = (events: readonly Arrival[]): string[] => {
  const times = new Map<string, number>();
  // From the oldest on, so that a new event renames nobody.
  return events
    .toReversed()
    .map((event) => {
      const key = JSON.stringify(event);
      const n = (times.get(key) ?? 0) + 1;
      times.set(key, n);
      return `${key} ${n}`;
    })
    .toReversed();
};

const Events = ({ events, now }: { events: readonly Arrival[]; now: number }) => {
  const [open, setOpen] = useState(false);
  const keys = keysOf(events);
  return (
    <>
      <ol class="arrivals" aria-label={t('log.list')} data-test="arrivals">
        {(open ? events : events.slice(0, SHOWN)).map((event, index) => (
          <Row key={keys[index]} event={event} now={now} />
        ))}
      </ol>
      {events.length > SHOWN && (
        <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('log.fewer') : t('log.more', { n: events.length })}
        </button>
      )}
    </>
  );
};

/** While the first event is waited for, the log is silent until there is something to say. */
const isSilent = (store: Store, known: Arrivals | null): boolean =>
  store.first_event === null &&
  (known === null || known.events.length + known.refusals.length + known.unknown_stores.length === 0);

export const Log = ({ store, arrivals }: { store: Store; arrivals: Source }) => {
  const known = arrivals.value.value;
  const failure = arrivals.failure.value;
  const now = arrivals.at.value;
  const news = useNews(known);
  return (
    <>
      <p class="unseen" role="status" data-test="log-news">
        {news}
      </p>
      {known === null && failure !== null && <Trouble failure={failure} />}
      {!isSilent(store, known) && (
        <section class="panel log" aria-labelledby="log-title" data-test="log">
          <h2 id="log-title">
            {t('log.title')}
            <span class="badge live">{t('setup.live')}</span>
          </h2>
          <p>{t('log.lead')}</p>
          {known !== null && <Refusals arrivals={known} store={store} now={now} />}
          {known !== null && known.events.length > 0 && <Events events={known.events} now={now} />}
        </section>
      )}
    </>
  );
};
