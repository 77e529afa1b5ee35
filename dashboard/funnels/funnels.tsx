// Funnels of the reader's own steps: chosen, drawn, cut by a dimension, with who left where; and those that are kept.
import { csvOf, type FunnelAnswer, type Store } from '../api.ts';
import { PeriodControls } from '../controls.tsx';
import { f, Rich, t } from '../messages/index.tsx';
import { Empty } from '../parts/empty.tsx';
import { Export, fileName } from '../parts/export.tsx';
import { Frame, PeriodLine, Waiting } from '../parts/frame.tsx';
import { Section } from '../parts/section.tsx';
import { funnel, listed, type Shown } from './asked.ts';
import { Breakdown } from './breakdown.tsx';
import { Builder } from './builder.tsx';
import { AtHand } from './kept.tsx';
import { Leavers } from './leavers.tsx';
import { Picture } from './picture.tsx';
import { windowName } from './words.ts';
import './funnels.css';

const Headline = ({ answer }: { answer: FunnelAnswer }) => {
  const { steps, count } = answer;
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined || first.count === 0)
    return (
      <h1 class="headline" data-test="headline">
        {t('funnels.headline.none')}
      </h1>
    );
  return (
    <h1 class="headline" data-test="headline">
      <Rich
        text={`funnels.headline.${count}`}
        n={first.count}
        parts={{
          first: <strong>{f().count(first.count)}</strong>,
          last: <strong>{f().count(last.count)}</strong>,
          rate: <strong>{f().percent(last.from_first.value ?? 0)}</strong>,
        }}
      />
    </h1>
  );
};

const Head = ({ answer }: { answer: FunnelAnswer }) => (
  <>
    <Headline answer={answer} />
    <PeriodLine period={answer.period} more={[t('funnels.within', { window: windowName(answer.window) })]} />
  </>
);

const Figures = ({ shown }: { shown: Shown }) => {
  const { asked, answer } = shown;
  const exported = (
    <Export
      of={t('funnels.picture')}
      file={fileName('funnel', answer.period)}
      csv={csvOf('/v1/funnel', asked)}
      test="export-funnel"
    />
  );
  // An answer to the steps of before, while the next one is on its way.
  const step = listed.value !== null && listed.value < answer.steps.length ? listed.value : null;
  return (
    <>
      <Section id="picture" title={t('funnels.picture')} tools={exported}>
        {answer.steps[0]?.count === 0 ? (
          <Empty title={t('funnels.none')}>{t('funnels.none.hint')}</Empty>
        ) : (
          <Picture answer={answer} />
        )}
      </Section>
      {step !== null && <Leavers shown={shown} step={step} />}
      {answer.by !== undefined && (
        <Section
          id="breakdown"
          title={t('funnels.breakdown', { by: t(`filter.${answer.by}`) })}
          hint={t('funnels.breakdown.hint')}
        >
          <Breakdown answer={answer} />
        </Section>
      )}
    </>
  );
};

export const Funnels = ({ store }: { store: Store }) => {
  if (store.first_event === null) return <Waiting />;
  return (
    <Frame
      of={funnel}
      head={({ answer }) => <Head answer={answer} />}
      controls={
        <>
          <PeriodControls store={store} />
          <AtHand />
          <Builder store={store} />
        </>
      }
      bones={['funnel']}
    >
      {(shown) => <Figures shown={shown} />}
    </Frame>
  );
};
