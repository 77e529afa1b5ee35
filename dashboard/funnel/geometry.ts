// Shapes of the funnel's picture: bars, the streams between them, and the scale they are drawn to.
import { type Split, type Stages, sum } from './stages.ts';

/** `none` marks the place of a step that nobody reached. */
export type Tone = 'consulting' | 'silent' | 'whole' | 'none';

interface Bar {
  tone: Tone;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Stream {
  tone: Tone;
  /** Those who go on; those who are lost; the same ones magnified. */
  kind: 'flow' | 'lost' | 'lens';
  path: string;
}

/** A step's name and number; the picture's text, but for what was lost. */
export interface Label {
  step:
    | 'visitors'
    | 'effective'
    | 'consulting'
    | 'silent'
    | 'consulting_end'
    | 'silent_end'
    | 'buyers'
    | 'paying';
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface Loss {
  step: 'visitors' | 'consulting' | 'silent' | 'buyers';
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface Drawing {
  width: number;
  height: number;
  bars: Bar[];
  streams: Stream[];
  labels: Label[];
  losses: Loss[];
  /** The path of a fine line with ends, that shows a share of the bar beside it. */
  gauge: string;
  /** From here on everything is drawn this many times larger; 1 where nothing is. */
  times: number;
  /** The line along which the larger scale holds. */
  ruler: { x1: number; x2: number; y: number };
}

/** Whatever has a name has a mark, however small its share. */
const LEAST = 2;
export const atLeast = (pixels: number): number => Math.max(LEAST, pixels);
export const toneOf = (tone: Tone, pixels: number): Tone => (pixels > 0 ? tone : 'none');

const times = (split: Split, scale: number): Split => ({
  consulting: split.consulting * scale,
  silent: split.silent * scale,
});

/**
 * Round magnifications only, so that the factor can be said in a word: 1, 2, 5, 10, 20, 50 …
 * The largest that keeps the buyers within their room.
 */
export const magnification = (pixels: number, room: number): number => {
  let best = 1;
  if (pixels === 0) return best;
  for (let power = 1; power <= 1e6; power *= 10)
    for (const step of [1, 2, 5]) if (pixels * power * step <= room) best = power * step;
  return best;
};

const round = (value: number): number => Math.round(value * 10) / 10;

export type Side = readonly [along: number, low: number, high: number];

/** A stream between two sides; `upright` says that the flow runs down the page. */
const stream = (from: Side, to: Side, upright: boolean): string => {
  const point = (along: number, across: number) =>
    upright ? `${round(across)} ${round(along)}` : `${round(along)} ${round(across)}`;
  const middle = (from[0] + to[0]) / 2;
  const curve = (a: number, lowA: number, b: number, lowB: number) =>
    `C${point(middle, lowA)} ${point(middle, lowB)} ${point(b, lowB)}`.replace('C', a === b ? 'L' : 'C');
  return `M${point(from[0], from[1])}${curve(from[0], from[1], to[0], to[1])}L${point(to[0], to[2])}${curve(to[0], to[2], from[0], from[2])}Z`;
};

/** The streams of a picture as they are drawn; what nobody flows through is left out. */
export const streamsOf = (upright: boolean) => {
  const streams: Stream[] = [];
  const flow = (tone: Tone, kind: Stream['kind'], from: Side, to: Side): void => {
    if (from[2] > from[1]) streams.push({ tone, kind, path: stream(from, to, upright) });
  };
  return { streams, flow };
};

/** The stages in pixels across the flow. All visitors take `length`; the buyers are magnified within `room`. */
export const measure = (stages: Stages, length: number, room: number) => {
  const scale = stages.visitors === 0 ? 0 : length / stages.visitors;
  const factor = magnification(sum(stages.ends) * scale, room);
  const ends = times(stages.ends, scale * factor);
  const paying = times(stages.paying, scale * factor);
  return {
    factor,
    visitors: stages.visitors * scale,
    effective: stages.effective * scale,
    branches: times(stages.branches, scale),
    /** The buyers at the branches' own scale: what opens into the magnified ones. */
    slivers: times(stages.ends, scale),
    ends,
    paying,
    /** Those of the ends who go on to pay: payments may belong to earlier orders, and be more. */
    kept: {
      consulting: Math.min(paying.consulting, ends.consulting),
      silent: Math.min(paying.silent, ends.silent),
    },
    /** The last bar: payments are a stage of their own where orders make the buyers. */
    last: stages.basis === 'order' ? 4 : 3,
  };
};

/** What one stage loses to the next, never less than nothing: payments may belong to earlier orders. */
export const lostAfter = (stages: Stages): Record<Loss['step'], number> => ({
  visitors: Math.max(0, stages.visitors - stages.effective),
  consulting: Math.max(0, stages.branches.consulting - stages.ends.consulting),
  silent: Math.max(0, stages.branches.silent - stages.ends.silent),
  buyers: Math.max(0, stages.buyers - stages.payingTotal),
});
