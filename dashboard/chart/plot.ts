// The only file that knows uPlot: a line, the ghost of what it is compared with, what is not over, and marked places.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Series } from './series.ts';
import type { Step } from './stretch.ts';

export interface PlotWords {
  /** A value on the axis, short. */
  axis: (value: number, step: number) => string;
  /** A stretch of time on the other axis, short. */
  time: (key: string) => string;
}

/** A place with something to say about, and what its flag says. */
export interface Mark {
  at: number;
  flag: string;
}

export interface PlotOptions {
  width: number;
  height: number;
  /** Shares end at 1, and small numbers of things have no halves. */
  kind: 'rate' | 'count' | 'money';
  /** The theme's name of the line's colour. */
  colour: 'ink' | 'consulting' | 'silent';
  words: PlotWords;
  marks: readonly Mark[];
  /** The place that it points at from the beginning. */
  at: number | null;
  /** Called with the position of the place under the pointer, or null. */
  onPoint: (index: number | null) => void;
}

/** A colour of the theme as the canvas needs it. */
const themeColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Places stand side by side, whatever clocks do meanwhile. */
const toData = ({ keys, values, before, open }: Series): uPlot.AlignedData => {
  const closed = values.map((value, index) => (index === open ? null : value));
  // What is not over hangs on the place before it by a dashed line.
  const hanging = values.map((value, index) =>
    open >= 0 && (index === open || index === open - 1) ? value : null,
  );
  return [
    keys.map((_, index) => index),
    keys.map((_, index) => before?.values[index] ?? null),
    closed,
    hanging,
  ];
};

/** How many places lie between two that are named. */
const BETWEEN: Record<Step, number[]> = {
  hour: [1, 2, 3, 6, 12, 24, 48],
  day: [1, 2, 7, 14, 28, 56, 91, 182, 365],
  week: [1, 2, 4, 8, 13, 26, 52],
  month: [1, 2, 3, 6, 12, 24],
};

/** A flag's height and the room for its text, in pixels. */
const FLAG = { height: 17, padding: 5, gap: 4 };

/** A fine line down from a numbered flag, for each mark. */
const drawMarks = (self: uPlot, marks: readonly Mark[], ink: string, surface: string, font: string): void => {
  const pen = self.ctx;
  const ratio = uPlot.pxRatio;
  const { top, height } = self.bbox;
  const tall = FLAG.height * ratio;
  const flagTop = top - FLAG.gap * ratio - tall;
  pen.save();
  pen.font = font.replace('12px', `600 ${11 * ratio}px`);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const { at, flag } of marks) {
    const x = Math.round(self.valToPos(at, 'x', true));
    const width = Math.max(tall, pen.measureText(flag).width + 2 * FLAG.padding * ratio);
    pen.strokeStyle = ink;
    pen.lineWidth = ratio;
    pen.setLineDash([2 * ratio, 3 * ratio]);
    pen.beginPath();
    pen.moveTo(x, top - FLAG.gap * ratio);
    pen.lineTo(x, top + height);
    pen.stroke();
    pen.fillStyle = ink;
    pen.beginPath();
    pen.roundRect(x - width / 2, flagTop, width, tall, 4 * ratio);
    pen.fill();
    pen.fillStyle = surface;
    pen.fillText(flag, x, flagTop + tall / 2 + ratio / 2);
  }
  pen.restore();
};

const decades = (from: number, to: number, steps: readonly number[]): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    steps.map((step) => step * 10 ** (from + index)),
  ).flat();

/** Steps that can be written short: shares in tenths of a percent, whole things, minor units. */
const STEPS: Record<PlotOptions['kind'], number[]> = {
  rate: decades(-4, -1, [1, 2, 5]),
  count: decades(0, 9, [1, 2, 5]),
  money: decades(0, 14, [1, 2, 5]),
};

export interface Plot {
  resize(width: number, height: number): void;
  /** Moves the cursor to a place, as arrow keys do. */
  point(index: number): void;
  destroy(): void;
}

export const makePlot = (element: HTMLElement, series: Series, options: PlotOptions): Plot => {
  const { width, height, kind, words, marks, at, onPoint } = options;
  const colour = themeColour(options.colour);
  const ink = themeColour('ink-soft');
  const line = themeColour('line');
  const surface = themeColour('surface');
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;

  const point = (self: uPlot, index: number): void => {
    const x = self.data[0][index];
    if (x !== undefined) self.setCursor({ left: self.valToPos(x, 'x'), top: self.over.clientHeight / 2 });
  };

  const axis: uPlot.Axis = { stroke: ink, font, ticks: { show: false }, gap: 6 };
  const plot = new uPlot(
    {
      width,
      height,
      // Flags stand above the lines, clear of them.
      padding: [marks.length > 0 ? 8 + FLAG.height + FLAG.gap : 14, 28, 0, 4],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 9, width: 2 } },
      scales: {
        x: {
          time: false,
          // A single place stands in the middle; uPlot would spread it over years.
          range: (_, min, max) => (series.keys.length === 1 ? [-0.5, 0.5] : [min, max]),
        },
        y: {
          range: (_, __, max) => {
            if (max === null || max === 0) return [0, kind === 'rate' ? 0.01 : 1];
            return [0, kind === 'rate' ? Math.min(1, max * 1.12) : max * 1.12];
          },
        },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          space: 74,
          size: 34,
          incrs: BETWEEN[series.step],
          values: (_, splits) => splits.map((split) => words.time(series.keys[split] ?? '')),
        },
        {
          ...axis,
          size: 58,
          grid: { stroke: line, width: 1 },
          space: 46,
          incrs: STEPS[kind],
          values: (_, splits, __, ___, step) => splits.map((split) => words.axis(split, step)),
        },
      ],
      series: [
        {},
        { stroke: themeColour('ghost'), width: 1.5, points: { show: false } },
        {
          stroke: colour,
          width: 2.5,
          points: { show: series.keys.length <= 45, size: 6, fill: colour, stroke: colour },
        },
        {
          stroke: colour,
          width: 2,
          dash: [4, 4],
          points: {
            show: true,
            size: 9,
            width: 2,
            fill: surface,
            stroke: colour,
            // Only what is open is hollow; its neighbour keeps the full point it has.
            filter: () => (series.open >= 0 ? [series.open] : []),
          },
        },
      ],
      hooks: {
        setCursor: [
          ({ cursor: { idx = null, event } }) => {
            // A plot that is new points nowhere, which says nothing of where a pointer went.
            if (idx !== null || event !== undefined) onPoint(idx);
          },
        ],
        ready: [(self) => at !== null && point(self, at)],
        draw: [(self) => drawMarks(self, marks, ink, surface, font)],
      },
    },
    toData(series),
    element,
  );

  return {
    resize: (nextWidth, nextHeight) => plot.setSize({ width: nextWidth, height: nextHeight }),
    point: (index) => point(plot, index),
    destroy: () => plot.destroy(),
  };
};
