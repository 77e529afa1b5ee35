// What one visitor did: who it is, as far as anybody knows, and the visits.
import type { Store } from '../api.ts';
import { f, Rich, t } from '../messages/index.tsx';
import { Frame } from '../parts/frame.tsx';
import { Link } from '../parts/link.tsx';
import { timesIn } from '../parts/times.ts';
import { shortId } from '../parts/visitor-link.tsx';
import { go } from '../state.ts';
import { PAGE, shown, visitor } from './choices.ts';
import { type Timeline, timeline } from './timeline.ts';
import { Visit } from './visit.tsx';

const Back = () => {
  const { show: _, ...own } = visitor.to(null).own;
  return (
    <p class="timeline-back">
      <Link to={{ own }} test="timeline-back">
        ← {t('timeline.back')}
      </Link>
    </p>
  );
};

/** Erasing is the owner's, and done where the settings are. */
const Erase = ({ id, store }: { id: string; store: Store }) =>
  store.role === 'owner' ? (
    <p class="timeline-erase">
      <Link to={{ view: 'settings', own: { erase: id } }} test="timeline-erase">
        {t('timeline.erase')}
      </Link>
    </p>
  ) : null;

const Head = ({ answer, store }: { answer: Timeline; store: Store }) => {
  const { visits } = answer;
  const last = visits?.[0];
  return (
    <>
      <Back />
      <h1 class="headline" data-test="timeline-headline">
        {visits === null ? (
          t('timeline.unknown')
        ) : (
          <Rich text="timeline.title" parts={{ visitor: <strong>{shortId(answer.visitor)}</strong> }} />
        )}
      </h1>
      {last !== undefined && (
        <p class="period-line">
          {t('timeline.last_seen', {
            ago: f().ago(last.ended, Math.max(last.ended, timeline.at.value)),
            moment: timesIn(store.timezone).moment(last.ended),
          })}{' '}
          · {t('timeline.zone', { zone: store.timezone })}
        </p>
      )}
    </>
  );
};

export const TimelineView = ({ store }: { store: Store }) => (
  <Frame of={timeline} head={(answer) => <Head answer={answer} store={store} />} bones={['list']}>
    {({ visitor: id, visits, more }) =>
      visits === null ? (
        <p>{t('timeline.unknown.hint')}</p>
      ) : (
        <>
          <ol class="visits" data-test="visits">
            {visits.map((visit) => (
              <Visit key={`${visit.day} ${visit.visit}`} visit={visit} store={store} />
            ))}
          </ol>
          {more && (
            <button
              type="button"
              class="button people-more"
              onClick={() => go(shown.to(shown.value + PAGE), 'replace')}
              data-test="timeline-more"
            >
              {t('timeline.more')}
            </button>
          )}
          <p class="table-notes">{t('people.pseudonyms')}</p>
          <Erase id={id} store={store} />
        </>
      )
    }
  </Frame>
);
