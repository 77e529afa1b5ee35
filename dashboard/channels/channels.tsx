// The marketer's comparison: channels, and down to sources, mediums, campaigns and landing pages, each beside the rest.
import { csvOf, getMetrics, type Store } from '../api.ts';
import { asking } from '../asking.ts';
import { Controls } from '../controls.tsx';
import { metricsAsked } from '../data.ts';
import { NONE } from '../filters/filters.ts';
import { f, Rich, t } from '../messages/index.tsx';
import { AnswerPeriod } from '../overview/overview.tsx';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { Export, fileName } from '../parts/export.tsx';
import { Frame, Waiting } from '../parts/frame.tsx';
import { InTurn } from '../parts/in-turn.tsx';
import { Section } from '../parts/section.tsx';
import { address, go } from '../state.ts';
import { bestOf, type Compared, ComparedTable, rowName } from '../table/compared.tsx';
import { into, LEVELS, type Level, level } from './levels.ts';
import { isUnattributed } from './table.tsx';

type Shown = Compared & { question: { by: Level } };

const figures = asking(
  () => {
    const asked = address.value.view === 'channels' ? metricsAsked() : null;
    return asked && { ...asked, by: level.value, rest: 'true' as const };
  },
  async (question): Promise<Shown> => ({ question, answer: await getMetrics(question) }),
);

const Headline = ({ question, answer }: Shown) => {
  const best = bestOf(answer);
  if (answer.totals.visitors === 0) return <h1 class="headline">{t('headline.none')}</h1>;
  return (
    <h1 class="headline" data-test="headline">
      {best === undefined ? (
        t('table.best.none')
      ) : (
        <Rich
          text={`table.best.${answer.scope}`}
          parts={{
            name: <strong class="head-name">{rowName(question.by, best.key)}</strong>,
            rate: <strong>{f().percent(best.rate, 1)}</strong>,
            rest: <strong>{f().percent(best.beside.rest.value ?? 0, 1)}</strong>,
          }}
        />
      )}
    </h1>
  );
};

const Levels = () => (
  <Choice<Level>
    legend={t('level.choose')}
    name="by"
    options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
    chosen={level.value}
    onChoose={(value) => go(level.to(value))}
  />
);

/** How links say where they are, where none did. */
const Untagged = ({ question: { by }, answer }: Shown) => {
  const untagged = (answer.rows ?? []).every(({ key }) => key === NONE || isUnattributed(key));
  if (!untagged || by === 'channel' || by === 'entry') return null;
  return <p class="table-notes">{t(`level.${by}.untagged`)}</p>;
};

const Table = ({ shown, store }: { shown: Shown; store: Store }) => {
  const { question, answer } = shown;
  const { by } = question;
  if ((answer.rows ?? []).length === 0)
    return (
      <>
        <Levels />
        <Empty title={t('channels.none')}>{t('channels.none.hint')}</Empty>
      </>
    );
  return (
    <ComparedTable
      {...shown}
      store={store}
      test="channel"
      caption={t(`level.${by}.title`)}
      heading={t(`level.${by}`)}
      total={t(`level.${by}.total`)}
      onto={(key) => (isUnattributed(key) ? null : into(by, key))}
      choices={<Levels />}
      notes={
        <>
          <Untagged {...shown} />
          <p class="table-notes">{t(`channels.total.${answer.scope}.is`)}</p>
          {(answer.rows ?? []).some(({ key }) => isUnattributed(key)) && (
            <p class="table-notes">
              <b>{t('channel.unattributed')}</b> ({f().count(answer.totals.unattributed_orders)}):{' '}
              {t('channels.unattributed.is')}
            </p>
          )}
          <p class="table-notes">{t('channels.scopes')}</p>
        </>
      }
    />
  );
};

export const Channels = ({ store }: { store: Store }) => {
  if (store.first_event === null) return <Waiting />;
  return (
    <Frame
      of={figures}
      head={(shown) => (
        <>
          <Headline {...shown} />
          <AnswerPeriod answer={shown.answer} />
        </>
      )}
      controls={<Controls store={store} />}
      bones={['table']}
    >
      {(shown) => (
        <Section
          id="channels"
          title={t(`level.${shown.question.by}.title`)}
          hint={t('level.hint')}
          tools={
            <Export
              of={t(`level.${shown.question.by}.title`)}
              file={fileName(shown.question.by, shown.answer.period)}
              csv={csvOf('/v1/metrics', shown.question)}
              test="export-channels"
            />
          }
        >
          <InTurn turn={1}>{() => <Table shown={shown} store={store} />}</InTurn>
        </Section>
      )}
    </Frame>
  );
};
