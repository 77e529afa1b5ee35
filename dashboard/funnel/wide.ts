// The funnel drawn from left to right, for screens with room.
import {
  atLeast,
  type Drawing,
  type Loss,
  measure,
  type Side,
  streamsOf,
  type Tone,
  toneOf,
} from './geometry.ts';
import { type Split, type Stages, sum } from './stages.ts';

/** Room for a label's two lines above its bar. */
const LABEL = 52;
/** All visitors, in pixels. */
const FULL = 236;
/** Between the branches. Upper labels stand over their bars and lower ones under, clear of the streams. */
const GAP = 34;
/** From a bar's end to the line that a label under it is placed by. */
const UNDER = 48;
const BAR = 10;
/** Left of the visitors: the effective share. */
const LEFT = 128;
/** Right of the last bar: its label hangs over. */
const RIGHT = 138;
/** Below the branches: the lower one's label and loss, then the ruler. */
const BOTTOM = 96;
/** The most that the buyers may take of the picture once they are magnified. */
const BUYERS_ROOM = 120;
/** A branch thinner than this has no room for words; what it lost is written under it. */
const THIN = 40;
/** Between what opens downwards and the words under it. */
const CLEAR = 30;

/** Top to bottom. The silent are the many; the few who asked lie below them, with room around. */
const TONES = ['silent', 'consulting'] as const;

export const wideDrawing = (stages: Stages, width: number): Drawing => {
  const { factor, visitors, effective, branches, slivers, ends, paying, kept, last } = measure(
    stages,
    FULL,
    BUYERS_ROOM,
  );
  const step = (width - LEFT - RIGHT - BAR) / last;
  const column = (index: number) => LEFT + index * step;

  // The lower branch opens upwards into its magnified buyers, so that the words under it stay free; so does
  // the upper one where it has no room to open downwards.
  const cramped = branches.silent < ends.silent + CLEAR;
  const rise = (tone: 'silent' | 'consulting') =>
    tone === 'consulting' || cramped ? Math.max(0, ends[tone] - slivers[tone]) : 0;
  const top = LABEL + rise('silent');
  const lossUnder = branches.silent < THIN ? 22 : 0;
  const branchTop: Split = { silent: top, consulting: top + branches.silent + lossUnder + GAP };
  const bottom = top + FULL + lossUnder + GAP;
  const endTop: Split = {
    silent: top - rise('silent'),
    consulting: Math.max(
      top - rise('silent') + ends.silent + CLEAR,
      Math.min(branchTop.consulting - rise('consulting'), bottom - ends.consulting),
    ),
  };
  const mergedTop = (top + bottom - sum(ends)) / 2;
  const stacked = (from: number, split: Split): Split => ({ silent: from, consulting: from + split.silent });
  const visitorsTop = stacked(top, branches);
  const mergedTops = stacked(mergedTop, ends);
  const paidTops = stacked(mergedTop, paying);

  const bars: Drawing['bars'] = [];
  const bar = (tone: Tone, index: number, y: number, height: number) =>
    bars.push({ tone: toneOf(tone, height), x: column(index), y, width: BAR, height: atLeast(height) });
  const { streams, flow } = streamsOf(false);
  /** A side that leaves a bar, or arrives at one. */
  const leaves = (index: number, y: number, height: number): Side => [column(index) + BAR, y, y + height];
  const arrives = (index: number, y: number, height: number): Side => [column(index), y, y + height];
  const fades = (tone: Tone, index: number, y: number, height: number, reach: number) =>
    flow(tone, 'lost', leaves(index, y, height), [column(index) + BAR + step * reach, y, y + height]);

  bar('whole', 0, top, visitors);
  for (const tone of TONES) {
    const height = branches[tone];
    const sliver = slivers[tone];
    bar(tone, 1, branchTop[tone], height);
    flow(tone, 'flow', leaves(0, visitorsTop[tone], height), arrives(1, branchTop[tone], height));
    fades(tone, 1, branchTop[tone] + sliver, height - sliver, 0.62);

    bar(tone, 2, endTop[tone], ends[tone]);
    const opening = leaves(1, branchTop[tone], Math.max(sliver, Math.min(1, height)));
    if (ends[tone] > 0)
      flow(tone, factor === 1 ? 'flow' : 'lens', opening, arrives(2, endTop[tone], ends[tone]));

    bar(tone, 3, mergedTops[tone], ends[tone]);
    flow(tone, 'flow', leaves(2, endTop[tone], ends[tone]), arrives(3, mergedTops[tone], ends[tone]));

    if (last === 4) {
      bar(tone, 4, paidTops[tone], paying[tone]);
      flow(tone, 'flow', leaves(3, mergedTops[tone], kept[tone]), arrives(4, paidTops[tone], kept[tone]));
      fades(tone, 3, mergedTops[tone] + kept[tone], ends[tone] - kept[tone], 0.5);
    }
  }

  const label = (name: Drawing['labels'][number]['step'], index: number, y: number) =>
    ({ step: name, x: column(index), y, anchor: 'start' }) as const;
  const gaugeX = LEFT - 9;
  const gaugeTop = top + FULL - effective;
  const lossOf = (step: 'consulting' | 'silent'): Loss => {
    const end = branchTop[step] + branches[step];
    if (branches[step] < THIN) {
      return step === 'silent'
        ? { step, x: column(1) + BAR + 10, y: end + 18, anchor: 'start' }
        : { step, x: column(1), y: end + UNDER + 10, anchor: 'start' };
    }
    // Inside the stream, above whatever rises into it from below.
    const y = step === 'silent' ? Math.min(end, endTop.consulting) - 12 : end - 12;
    return { step, x: column(1) + BAR + 10, y, anchor: 'start' };
  };
  // In the middle of what it measures, and never above the visitors' own name.
  const effectiveY = Math.max(top + 40, gaugeTop + effective / 2 + 16);
  const losses: Loss[] = [
    { step: 'visitors', x: gaugeX - 10, y: effectiveY + 26, anchor: 'end' },
    lossOf('silent'),
    lossOf('consulting'),
  ];
  if (last === 4)
    losses.push({ step: 'buyers', x: column(3), y: mergedTop + sum(ends) + 20, anchor: 'start' });

  return {
    width,
    height: bottom + BOTTOM,
    bars,
    streams,
    labels: [
      label('visitors', 0, top),
      { step: 'effective', x: gaugeX - 10, y: effectiveY, anchor: 'end' },
      label('silent', 1, branchTop.silent),
      label('consulting', 1, branchTop.consulting + branches.consulting + UNDER),
      label('silent_end', 2, endTop.silent),
      label('consulting_end', 2, endTop.consulting + Math.max(2, ends.consulting) + UNDER),
      ...(last === 4 ? [label('buyers', 3, mergedTop)] : []),
      label('paying', last, mergedTop),
    ],
    losses,
    gauge: `M${gaugeX - 4} ${gaugeTop.toFixed(1)}h4V${top + FULL}h-4`,
    times: factor,
    ruler: { x1: column(2), x2: column(last) + BAR, y: bottom + 72 },
  };
};
