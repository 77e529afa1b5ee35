// One visit of a timeline: where it came from, what it was, and what happened in it.
import type { ComponentChildren } from 'preact';
import type { Dimension } from '../address.ts';
import type { Store, VisitorAnswer } from '../api.ts';
import { filterBy, valueName } from '../filters/filters.ts';
import { f, t } from '../messages/index.tsx';
import { Link } from '../parts/link.tsx';
import { timesIn } from '../parts/times.ts';

type VisitOf = VisitorAnswer['visits'][number];
type Happening = VisitOf['events'][number];

/** A timeline's words about a visit that lists can be filtered by. */
const FILTERS = [
  'channel',
  'source',
  'medium',
  'campaign',
  'device',
  'country',
] as const satisfies Dimension[];

const Filter = ({ dimension, value }: { dimension: Dimension; value: string }) => (
  <li>
    <span class="soft">{t(`filter.${dimension}`)}</span> {/* The list behind the timeline, of those alike. */}
    <Link to={{ ...filterBy(dimension, value), own: {} }} test={`visit-${dimension}`}>
      {valueName(dimension, value)}
    </Link>
  </li>
);

const Fact = ({ children }: { children: ComponentChildren }) => <li>{children}</li>;

const Facts = ({ visit }: { visit: VisitOf }) => (
  <ul class="visit-facts">
    {FILTERS.map((dimension) => {
      const value = visit[dimension];
      return value === null ? null : <Filter key={dimension} dimension={dimension} value={value} />;
    })}
    <Fact>{t('timeline.pages', { n: visit.pages })}</Fact>
    {visit.engaged > 0 && <Fact>{t('timeline.engaged', { n: Math.round(visit.engaged / 1000) })}</Fact>}
  </ul>
);

/** What there is to say beside the type. */
const Detail = ({ event }: { event: Happening }) => {
  if (event.page !== undefined) return <code title={event.page}>{event.page}</code>;
  return <>{event.order ?? event.name ?? ''}</>;
};

const worthOf = ({ value, currency, digits }: Happening): string | null =>
  value === undefined || currency === undefined || digits === undefined
    ? null
    : f().money(value, currency, digits);

const Row = ({ event, zone }: { event: Happening; zone: string }) => (
  <li class={`happening is-${event.type}`} data-test="happening" data-type={event.type}>
    <time dateTime={new Date(event.at).toISOString()}>{timesIn(zone).second(event.at)}</time>
    <b>{t(`event.${event.type}`)}</b>
    <span class="happening-detail">
      <Detail event={event} />
    </span>
    <span class="person-worth">{worthOf(event)}</span>
  </li>
);

/** Events of one visit have no ids: those alike are told apart by their number. */
const keyOf = (event: Happening, n: number) => `${event.at} ${event.type} ${n}`;

export const Visit = ({ visit, store }: { visit: VisitOf; store: Store }) => {
  const times = timesIn(store.timezone);
  // Attention is told once, of the whole visit.
  const told = visit.events.filter(({ type }) => type !== 'engaged');
  // A visit over midnight comes once for each of its days, and each has its own first event.
  const began = visit.events[0]?.at ?? visit.start;
  return (
    <li class="visit panel" data-test="visit">
      <h2>
        {times.day(began)}, {times.minute(began)}
      </h2>
      <Facts visit={visit} />
      {told.length > 0 && (
        <ol class="happenings">
          {told.map((event, n) => (
            <Row key={keyOf(event, n)} event={event} zone={store.timezone} />
          ))}
        </ol>
      )}
    </li>
  );
};
