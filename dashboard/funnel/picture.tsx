// The funnel as one picture: streams as wide as the numbers they carry.
import { useId } from 'preact/hooks';
import { f, t } from '../messages/index.tsx';
import { useWidth } from '../parts/width.ts';
import { type Drawing, type Label, lostAfter } from './geometry.ts';
import type { Stages } from './stages.ts';
import { tallDrawing } from './tall.ts';
import { wideDrawing } from './wide.ts';
import { describe, type StepWords, stepWords } from './words.ts';

/** Under this width the five columns' labels would touch. */
const WIDE_FROM = 860;
/** From ten million on, numbers are set smaller. */
const TIGHT_FROM = 10_000_000;

const TONE_OF: Record<Label['step'], string> = {
  visitors: 'whole',
  effective: 'whole',
  consulting: 'consulting',
  silent: 'silent',
  consulting_end: 'consulting',
  silent_end: 'silent',
  buyers: 'whole',
  paying: 'whole',
};

/** Beside its gauge there is room for a short line only: its share stands under it. */
const StepLabel = ({ label, words, stacked }: { label: Label; words: StepWords; stacked: boolean }) => (
  <text class={`funnel-label tone-${TONE_OF[label.step]}`} text-anchor={label.anchor} x={label.x} y={label.y}>
    <tspan class="funnel-name" x={label.x} dy="-30">
      {words.name}
    </tspan>
    <tspan
      class="funnel-count"
      x={label.x}
      dy="20"
      data-test={`total-${words.total}`}
      data-value={words.count}
    >
      {f().count(words.count)}
    </tspan>
    {words.share !== null && (
      <tspan
        class="funnel-share"
        {...(stacked ? { x: label.x, dy: 18 } : { dx: 7 })}
        data-value={words.share}
        {...(words.rate === null ? {} : { 'data-test': `funnel-rate-${words.rate}` })}
      >
        {f().percent(words.share)}
      </tspan>
    )}
  </text>
);

const Losses = ({ drawing, stages, upright }: { drawing: Drawing; stages: Stages; upright: boolean }) => {
  const lost = lostAfter(stages);
  return (
    <>
      {drawing.losses
        .filter(({ step }) => lost[step] > 0)
        .map(({ step, x, y, anchor }) => (
          <text
            key={step}
            class="funnel-loss"
            x={x}
            y={y}
            text-anchor={anchor}
            data-test={`funnel-lost-${step}`}
          >
            −
            {t(
              upright || step === 'visitors'
                ? 'funnel.lost.short'
                : step === 'buyers'
                  ? 'funnel.lost.unpaid'
                  : `funnel.lost.${stages.basis}`,
              { count: lost[step] },
            )}
          </text>
        ))}
    </>
  );
};

const Ruler = ({ drawing }: { drawing: Drawing }) => {
  const { x1, x2, y } = drawing.ruler;
  if (drawing.times === 1) return null;
  return (
    <g class="funnel-ruler">
      <path d={`M${x1} ${y - 5}v5H${x2}v-5`} />
      <text x={(x1 + x2) / 2} y={y + 15} text-anchor="middle">
        {t('funnel.magnified', { times: drawing.times })}
      </text>
    </g>
  );
};

const Streams = ({ drawing, fade, upright }: { drawing: Drawing; fade: string; upright: boolean }) => (
  <>
    <defs>
      {(['consulting', 'silent'] as const).map((tone) => (
        <linearGradient key={tone} id={`${fade}-${tone}`} x2={upright ? 0 : 1} y2={upright ? 1 : 0}>
          <stop class={`stop-${tone}`} offset="0" />
          <stop class={`stop-${tone} stop-gone`} offset="1" />
        </linearGradient>
      ))}
    </defs>
    {drawing.streams.map(({ tone, kind, path }, index) => (
      <path
        key={index}
        d={path}
        class={`stream stream-${kind} tone-${tone}`}
        {...(kind === 'lost' ? { fill: `url(#${fade}-${tone})` } : {})}
      />
    ))}
  </>
);

export const FunnelPicture = ({ stages }: { stages: Stages }) => {
  const [ref, width] = useWidth<HTMLDivElement>();
  const id = useId().replace(/\W/g, '');
  const upright = width < WIDE_FROM;
  const drawing = width === 0 ? null : upright ? tallDrawing(stages, width) : wideDrawing(stages, width);
  const words = stepWords(stages);
  const tight = Object.values(words).some(({ count }) => count >= TIGHT_FROM);
  return (
    <div ref={ref} class="funnel-room">
      {drawing !== null && (
        <svg
          class={`funnel-picture ${upright ? 'is-tall' : 'is-wide'} ${tight ? 'is-tight' : ''}`}
          width={drawing.width}
          height={drawing.height}
          viewBox={`0 0 ${drawing.width} ${drawing.height}`}
          role="img"
          aria-labelledby={`${id}-title ${id}-desc`}
          data-test="funnel-picture"
        >
          <title id={`${id}-title`}>{t('funnel.title')}</title>
          <desc id={`${id}-desc`}>{describe(stages)}</desc>
          <Streams drawing={drawing} fade={`${id}-fade`} upright={upright} />
          {drawing.bars.map(({ tone, ...box }, index) => (
            <rect key={index} {...box} rx="2" class={`bar tone-${tone}`} />
          ))}
          <path class="funnel-gauge" d={drawing.gauge} />
          {drawing.labels.map((label) => (
            <StepLabel
              key={label.step}
              label={label}
              words={words[label.step]}
              stacked={!upright && label.step === 'effective'}
            />
          ))}
          <Losses drawing={drawing} stages={stages} upright={upright} />
          <Ruler drawing={drawing} />
        </svg>
      )}
    </div>
  );
};
