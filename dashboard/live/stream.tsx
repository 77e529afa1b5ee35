// What happened last, one by one. It holds still while the focus is in it, so that no link goes away from under it.
import { useState } from 'preact/hooks';
import type { LiveAnswer, Store } from '../api.ts';
import { valueName } from '../filters/filters.ts';
import { f, t } from '../messages/index.tsx';
import { timesIn } from '../parts/times.ts';
import { VisitorLink } from '../parts/visitor-link.tsx';

type LiveEvent = LiveAnswer['latest'][number];

const worthOf = ({ value, currency, digits }: LiveEvent): string | null =>
  value === undefined || currency === undefined || digits === undefined
    ? null
    : f().money(value, currency, digits);

const Row = ({ event, zone }: { event: LiveEvent; zone: string }) => (
  <li class={`live-event is-${event.type}`} data-test="live-event" data-type={event.type}>
    <time dateTime={new Date(event.at).toISOString()}>{timesIn(zone).second(event.at)}</time>
    <span class="live-what">
      <b>{t(`event.${event.type}`)}</b>{' '}
      {event.page === undefined ? (
        <span class="live-detail">{event.order ?? event.name ?? ''}</span>
      ) : (
        <code title={event.page}>{event.page}</code>
      )}
      {worthOf(event) !== null && <b class="live-money">{worthOf(event)}</b>}
    </span>
    <span class="live-who">
      {event.channel !== null && <span>{valueName('channel', event.channel)}</span>}
      {event.country !== null && <span>{valueName('country', event.country)}</span>}
      {event.visitor !== null && <VisitorLink visitor={event.visitor} />}
    </span>
  </li>
);

/** Events have no ids here: those alike in all that is shown are told apart by their number, from the oldest on. */
function keysOf(events: readonly LiveEvent[]): string[] {
  const times = new Map<string, number>();
  return events
    .toReversed()
    .map((event) => {
      const key = JSON.stringify(event);
      times.set(key, (times.get(key) ?? 0) + 1);
      return `${key} ${times.get(key)}`;
    })
    .toReversed();
}

export const Stream = ({ events, store }: { events: readonly LiveEvent[]; store: Store }) => {
  const [held, hold] = useState<readonly LiveEvent[] | null>(null);
  const shown = held ?? events;
  const keys = keysOf(shown);
  return (
    <>
      <ol
        class="live-events"
        aria-label={t('live.stream')}
        onFocusIn={() => hold((now) => now ?? events)}
        onFocusOut={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) hold(null);
        }}
        data-test="live-events"
      >
        {shown.map((event, n) => (
          <Row key={keys[n]} event={event} zone={store.timezone} />
        ))}
      </ol>
      {held !== null && (
        <p class="live-held" data-test="live-held">
          {t('live.held')}
        </p>
      )}
    </>
  );
};
