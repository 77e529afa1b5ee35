// The rows of the lists: who, since when, last seen where, by which channel, and what it is worth.
import type { ComponentChildren } from 'preact';
import type { Order, Store, VisitorsAnswer } from '../api.ts';
import { filterBy, valueName } from '../filters/filters.ts';
import { f, t } from '../messages/index.tsx';
import { Link } from '../parts/link.tsx';
import { timesIn } from '../parts/times.ts';
import { VisitorLink } from '../parts/visitor-link.tsx';
import { address } from '../state.ts';
import type { ListName } from './choices.ts';

const Ago = ({ at, now, store }: { at: number; now: number; store: Store }) => (
  <time dateTime={new Date(at).toISOString()} title={timesIn(store.timezone).moment(at)}>
    {f().ago(at, Math.max(at, now))}
  </time>
);

/** Orders of no known visitor have no channel to filter by. */
const Channel = ({ channel, known }: { channel: string; known: boolean }) => {
  const name = valueName('channel', channel);
  if (!known) return <>{name}</>;
  return (
    <Link to={filterBy('channel', channel)} test="filter-by-channel">
      <span class="unseen">{t('filter.add', { value: '' })}</span>
      {name}
    </Link>
  );
};

interface RowProps {
  test: string;
  who: ComponentChildren;
  at: number;
  page: string | null;
  seen: number | null;
  channel: ComponentChildren;
  worth: string | null;
  now: number;
  store: Store;
}

const Row = ({ test, who, at, page, seen, channel, worth, now, store }: RowProps) => (
  <li class="person" data-test={test}>
    <span class="person-who">{who}</span>
    <span class="person-at">
      <span class="unseen">{t('people.column.at')} </span>
      <Ago at={at} now={now} store={store} />
    </span>
    <span class="person-last">
      <span class="unseen">{t('people.column.last')} </span>
      {page === null ? <span class="soft">–</span> : <code title={page}>{page}</code>}
      {seen !== null && (
        <span class="soft">
          <Ago at={seen} now={now} store={store} />
        </span>
      )}
    </span>
    <span class="person-channel">{channel}</span>
    <span class="person-worth">
      <span class="unseen">{t('people.column.worth')} </span>
      {worth ?? <span class="soft">–</span>}
    </span>
  </li>
);

const Head = ({ who, at }: { who: string; at: string }) => (
  <div class="person people-head" aria-hidden="true">
    <span>{who}</span>
    <span>{at}</span>
    <span>{t('people.column.last')}</span>
    <span>{t('people.column.channel')}</span>
    <span class="person-worth">{t('people.column.worth')}</span>
  </div>
);

/** A timeline opens over the list that it was opened from, and back leads there. */
const own = () => address.value.own;

interface PersonRowsProps {
  visitors: VisitorsAnswer['visitors'];
  list: Exclude<ListName, 'unpaid'>;
  store: Store;
  now: number;
}

export const PersonRows = ({ visitors, list, store, now }: PersonRowsProps) => (
  <>
    <Head who={t('words.visitor')} at={t(`people.at.${list}`)} />
    <ol class="people" aria-label={t(`people.list.${list}`)}>
      {visitors.map(({ visitor, at, inquired, last_page, last_seen, channel, value, currency, digits }) => (
        <Row
          key={visitor}
          test="person"
          who={
            <>
              <VisitorLink visitor={visitor} own={own()} />
              {list !== 'asked' && inquired !== null && <span class="badge">{t('people.asked')}</span>}
            </>
          }
          at={at}
          page={last_page}
          seen={last_seen}
          channel={<Channel channel={channel} known />}
          worth={
            value === null || currency === null || digits === null ? null : f().money(value, currency, digits)
          }
          now={now}
          store={store}
        />
      ))}
    </ol>
  </>
);

export const OrderRows = ({ orders, store, now }: { orders: Order[]; store: Store; now: number }) => (
  <>
    <Head who={t('people.column.order')} at={t('people.at.unpaid')} />
    <ol class="people" aria-label={t('people.list.unpaid')}>
      {orders.map(({ order, visitor, at, last_page, last_seen, channel, value, currency, digits }) => (
        <Row
          key={order}
          test="unpaid-order"
          who={
            <>
              <b class="order-number">{order}</b>
              {visitor === null ? (
                <span class="soft">{t('people.nobody')}</span>
              ) : (
                <VisitorLink visitor={visitor} own={own()} />
              )}
            </>
          }
          at={at}
          page={last_page ?? null}
          seen={last_seen ?? null}
          channel={<Channel channel={channel} known={visitor !== null} />}
          worth={f().money(value, currency, digits)}
          now={now}
          store={store}
        />
      ))}
    </ol>
  </>
);
