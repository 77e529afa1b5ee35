// Pages: where visits begin and end, and what those who saw a page did next.
import { csvOf, type Store } from '../api.ts';
import { Controls } from '../controls.tsx';
import { filterBy } from '../filters/filters.ts';
import { f, Rich, t } from '../messages/index.tsx';
import { AnswerPeriod } from '../overview/overview.tsx';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { Export, fileName } from '../parts/export.tsx';
import { Frame, PeriodLine, Waiting } from '../parts/frame.tsx';
import { Section } from '../parts/section.tsx';
import { go } from '../state.ts';
import { ComparedTable, rowName } from '../table/compared.tsx';
import { figures, MOST, type Shown, TABS, type Tab, tab } from './asked.ts';
import { SeenTable } from './seen.tsx';

const answerOf = (shown: Shown) => (shown.tab === 'seen' ? shown.answer : shown.compared.answer);
const isEmpty = (shown: Shown): boolean => (answerOf(shown).rows ?? []).length === 0;

const Headline = ({ shown }: { shown: Shown }) => {
  const { rows = [], totals } = answerOf(shown);
  const [first] = rows;
  if (first === undefined) return <h1 class="headline">{t('headline.none')}</h1>;
  return (
    <h1 class="headline" data-test="headline">
      <Rich
        text={`pages.${shown.tab}.head`}
        parts={{
          page: (
            <strong class="head-name">
              {shown.tab === 'seen' ? first.key : rowName(shown.tab, first.key)}
            </strong>
          ),
          count: <strong>{f().count(first.totals.visitors)}</strong>,
          all: <strong>{f().count(totals.visitors)}</strong>,
        }}
      />
    </h1>
  );
};

const Tabs = () => (
  <Choice<Tab>
    legend={t('pages.tab')}
    name="tab"
    options={TABS.map((value) => ({ value, label: t(`pages.tab.${value}`) }))}
    chosen={tab.value}
    onChoose={(value) => go(tab.to(value))}
  />
);

const Table = ({ shown, store }: { shown: Shown; store: Store }) => {
  if (isEmpty(shown)) return <Empty title={t('pages.none')}>{t('pages.none.hint')}</Empty>;
  if (shown.tab === 'seen') return <SeenTable answer={shown.answer} store={store} />;
  const { tab: by, compared } = shown;
  return (
    <ComparedTable
      {...compared}
      store={store}
      test="page"
      caption={t(`pages.tab.${by}`)}
      heading={t('pages.column.page')}
      total={t('pages.all')}
      onto={(key) => filterBy(by, key)}
      choices={null}
      notes={null}
    />
  );
};

export const Pages = ({ store }: { store: Store }) => {
  if (store.first_event === null) return <Waiting />;
  return (
    <Frame
      of={figures}
      head={(shown) => (
        <>
          <Headline shown={shown} />
          {shown.tab === 'seen' ? (
            <PeriodLine
              period={shown.answer.period}
              more={shown.answer.recounting ? [t('period.recounting')] : []}
            />
          ) : (
            <AnswerPeriod answer={shown.compared.answer} />
          )}
        </>
      )}
      controls={
        <>
          <Controls store={store} without={tab.value === 'seen' ? ['compare', 'basis'] : []} />
          <div class="page-tabs">
            <Tabs />
          </div>
        </>
      }
      bones={['table']}
    >
      {(shown) => (
        <Section
          id="pages"
          title={t(`pages.tab.${shown.tab}`)}
          hint={t(`pages.${shown.tab}.${answerOf(shown).scope}.is`)}
          tools={
            <Export
              of={t(`pages.tab.${shown.tab}`)}
              file={fileName(`pages-${shown.tab}`, answerOf(shown).period)}
              csv={
                shown.tab === 'seen'
                  ? csvOf('/v1/pages', { ...shown.question, limit: MOST })
                  : csvOf('/v1/metrics', shown.compared.question)
              }
              test="export-pages"
            />
          }
        >
          <Table shown={shown} store={store} />
        </Section>
      )}
    </Frame>
  );
};
