// The four lists: a sentence that says how many, tabs, and the list itself.
import type { Store } from '../api.ts';
import { PeriodControls } from '../controls.tsx';
import { f, Rich, t } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { Frame, PeriodLine } from '../parts/frame.tsx';
import { Link } from '../parts/link.tsx';
import { go } from '../state.ts';
import { LISTS, type ListName, list, PAGE, shown } from './choices.ts';
import { type Lists, lists } from './lists.ts';
import { OrderRows, PersonRows } from './rows.tsx';
import { Steps } from './steps.tsx';

const countOf = ({ counts, unpaid }: Lists, name: ListName): number | null =>
  name === 'left' ? null : name === 'unpaid' ? unpaid : counts.open[name === 'asked' ? 'inquiry' : 'cart'];

const Headline = ({ answer }: { answer: Lists }) => {
  const n =
    answer.list === 'left' ? answer.counts.furthest[answer.step] : (countOf(answer, answer.list) ?? 0);
  return (
    <h1 class="headline" data-test="people-headline" data-value={n}>
      <Rich
        text={
          answer.list === 'left'
            ? (`people.gone.${answer.step}` as const)
            : (`people.headline.${answer.list}` as const)
        }
        n={n}
        parts={{ count: <strong>{f().count(n)}</strong> }}
      />
    </h1>
  );
};

const Tabs = () => {
  const answer = lists.value.value;
  return (
    <nav class="tabs" aria-label={t('people.lists')}>
      {LISTS.map((name) => {
        const count = answer && countOf(answer, name);
        // Another list begins at its beginning; the step is that of one list only.
        const to = { own: { ...list.to(name).own } };
        delete to.own.show;
        if (name !== 'left') delete to.own.step;
        return (
          <Link key={name} to={to} current={list.value === name} test={`list-${name}`}>
            {t(`people.list.${name}`)}
            {count !== null && (
              <span class="tab-count" data-test={`count-${name}`}>
                {f().count(count)}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
};

const isEmpty = (answer: Lists): boolean =>
  (answer.list === 'unpaid' ? answer.orders : answer.visitors).length === 0;

const Rows = ({ answer, store }: { answer: Lists; store: Store }) => {
  if (isEmpty(answer))
    return (
      <Empty title={t(`people.none.${answer.list}`)}>
        {t(`people.none.${answer.list}.hint`)}{' '}
        <Link to={{ view: 'set-up' }} test="people-set-up">
          {t('people.none.setup')}
        </Link>
      </Empty>
    );
  const now = lists.at.value;
  return answer.list === 'unpaid' ? (
    <OrderRows orders={answer.orders} store={store} now={now} />
  ) : (
    <PersonRows visitors={answer.visitors} list={answer.list} store={store} now={now} />
  );
};

export const ListsView = ({ store }: { store: Store }) => (
  <Frame
    of={lists}
    head={(answer) => (
      <>
        <Headline answer={answer} />
        <PeriodLine period={answer.period} />
      </>
    )}
    controls={
      <>
        <PeriodControls store={store} />
        <Tabs />
      </>
    }
    bones={['list']}
  >
    {(answer) => (
      <div class="panel people-panel" data-test="people-list" data-list={answer.list}>
        <p class="people-is">{t(`people.list.${answer.list}.is`)}</p>
        {answer.list === 'left' && <Steps counts={answer.counts.furthest} />}
        <Rows answer={answer} store={store} />
        {answer.more && (
          <button
            type="button"
            class="button people-more"
            onClick={() => go(shown.to(shown.value + PAGE), 'replace')}
            data-test="people-more"
          >
            {t('people.more')}
          </button>
        )}
        <p class="table-notes">
          {t('people.pseudonyms')} {t('people.channels')}
        </p>
      </div>
    )}
  </Frame>
);
