// The funnel drawn from top to bottom, for phones: the same streams, the two branches side by side.
import { atLeast, type Drawing, measure, type Side, streamsOf, type Tone, toneOf } from './geometry.ts';
import { type Split, type Stages, sum } from './stages.ts';

const BAR = 9;
/** Two lines of text above a bar. */
const LABEL = 46;
/** From a bar to the label of the next. */
const EDGE = 34;
/** Between the branches. */
const GAP = 12;
/** The share of the width that magnified buyers may take. */
const BUYERS_ROOM = 0.5;

const TONES = ['consulting', 'silent'] as const;

export const tallDrawing = (stages: Stages, width: number): Drawing => {
  const { factor, visitors, effective, branches, slivers, ends, paying, kept, last } = measure(
    stages,
    width - GAP,
    width * BUYERS_ROOM,
  );
  const row = (index: number) => LABEL + 6 + index * (BAR + EDGE + LABEL);

  // Where each bar begins, from the left: branches hug the edges, what merges stands in the middle.
  const whole: Split = { consulting: GAP / 2, silent: GAP / 2 + branches.consulting };
  const branchLeft: Split = { consulting: 0, silent: width - branches.silent };
  const endLeft: Split = { consulting: 0, silent: width - ends.silent };
  const middle = (split: Split): Split => {
    const left = (width - sum(split)) / 2;
    return { consulting: left, silent: left + split.consulting };
  };
  const mergedLeft = middle(ends);
  const paidLeft = { consulting: mergedLeft.consulting, silent: mergedLeft.consulting + paying.consulting };
  // The silent branch's sliver lies at its outer edge, where its buyers are drawn.
  const sliverLeft: Split = { consulting: 0, silent: width - slivers.silent };

  const bars: Drawing['bars'] = [
    { tone: 'whole', x: GAP / 2, y: row(0), width: atLeast(visitors), height: BAR },
  ];
  const bar = (tone: Tone, index: number, x: number, length: number) =>
    bars.push({
      tone: toneOf(tone, length),
      x: Math.min(x, width - atLeast(length)),
      y: row(index),
      width: atLeast(length),
      height: BAR,
    });
  const { streams, flow } = streamsOf(true);

  for (const tone of TONES) {
    const side = (index: number, bottom: boolean, left: number, length: number): Side => [
      row(index) + (bottom ? BAR : 0),
      left,
      left + length,
    ];
    bar(tone, 1, branchLeft[tone], branches[tone]);
    flow(
      tone,
      'flow',
      side(0, true, whole[tone], branches[tone]),
      side(1, false, branchLeft[tone], branches[tone]),
    );

    const lostLeft = tone === 'consulting' ? slivers.consulting : branchLeft.silent;
    const lost = branches[tone] - slivers[tone];
    const fade: Side = [row(1) + BAR + EDGE, lostLeft, lostLeft + lost];
    flow(tone, 'lost', side(1, true, lostLeft, lost), fade);
    bar(tone, 2, endLeft[tone], ends[tone]);
    flow(
      tone,
      factor === 1 ? 'flow' : 'lens',
      side(1, true, sliverLeft[tone], slivers[tone]),
      side(2, false, endLeft[tone], ends[tone]),
    );

    bar(tone, 3, mergedLeft[tone], ends[tone]);
    flow(
      tone,
      'flow',
      side(2, true, endLeft[tone], ends[tone]),
      side(3, false, mergedLeft[tone], ends[tone]),
    );

    if (last === 4) {
      bar(tone, 4, paidLeft[tone], paying[tone]);
      flow(
        tone,
        'flow',
        side(3, true, mergedLeft[tone], kept[tone]),
        side(4, false, paidLeft[tone], kept[tone]),
      );
      const lostFrom = mergedLeft[tone] + kept[tone];
      const gone = ends[tone] - kept[tone];
      flow(tone, 'lost', side(3, true, lostFrom, gone), [row(3) + BAR + EDGE, lostFrom, lostFrom + gone]);
    }
  }

  const gaugeY = row(0) - 5;
  const lossY = row(1) + BAR + 18;
  return {
    width,
    height: row(last) + BAR + 34,
    bars,
    streams,
    labels: [
      { step: 'visitors', x: GAP / 2, y: row(0) - 6, anchor: 'start' },
      { step: 'effective', x: width - GAP / 2, y: row(0) - 6, anchor: 'end' },
      { step: 'consulting', x: 0, y: row(1), anchor: 'start' },
      { step: 'silent', x: width, y: row(1), anchor: 'end' },
      { step: 'consulting_end', x: 0, y: row(2), anchor: 'start' },
      { step: 'silent_end', x: width, y: row(2), anchor: 'end' },
      ...(last === 4 ? [{ step: 'buyers', x: width / 2, y: row(3), anchor: 'middle' } as const] : []),
      { step: 'paying', x: width / 2, y: row(last), anchor: 'middle' },
    ],
    losses: [
      { step: 'visitors', x: width - GAP / 2, y: row(0) + BAR + 18, anchor: 'end' },
      { step: 'consulting', x: 0, y: lossY, anchor: 'start' },
      { step: 'silent', x: width, y: lossY, anchor: 'end' },
      ...(last === 4
        ? [{ step: 'buyers', x: width / 2, y: row(3) + BAR + 18, anchor: 'middle' } as const]
        : []),
    ],
    gauge: `M${GAP / 2} ${gaugeY + 3}v-3h${effective.toFixed(1)}v3`,
    times: factor,
    ruler: { x1: 0, x2: width, y: row(last) + BAR + 14 },
  };
};
