// The only file that knows uPlot: a line by day, a ghost of the period before, and the open day apart.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { dayToMs, msToDay } from '../period.ts';
import type { Series } from './series.ts';

export interface PlotWords {
  /** A value on the axis, short. */
  axis: (value: number, step: number) => string;
  day: (day: string) => string;
}

export interface PlotOptions {
  width: number;
  height: number;
  /** Shares end at 1, and small numbers of things have no halves. */
  kind: 'rate' | 'count' | 'money';
  /** The theme's name of the line's colour. */
  colour: 'ink' | 'consulting' | 'silent';
  words: PlotWords;
  /** Called with the position of the day under the pointer, or null. */
  onDay: (index: number | null) => void;
}

/** A colour of the theme as the canvas needs it. */
const themeColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const toData = ({ days, values, before, open }: Series): uPlot.AlignedData => {
  const closed = values.map((value, index) => (index === open ? null : value));
  // The open day hangs on the one before by a dashed line.
  const hanging = values.map((value, index) =>
    open >= 0 && (index === open || index === open - 1) ? value : null,
  );
  return [
    days.map((day) => dayToMs(day) / 1000),
    days.map((_, index) => before[index] ?? null),
    closed,
    hanging,
  ];
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
  /** Moves the cursor to a day, as arrow keys do. */
  point(index: number): void;
  destroy(): void;
}

export const makePlot = (element: HTMLElement, series: Series, options: PlotOptions): Plot => {
  const { width, height, kind, words, onDay } = options;
  const colour = themeColour(options.colour);
  const ink = themeColour('ink-soft');
  const line = themeColour('line');
  const surface = themeColour('surface');
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const DAY_SECONDS = 86_400;

  const axis: uPlot.Axis = { stroke: ink, font, ticks: { show: false }, gap: 6 };
  const plot = new uPlot(
    {
      width,
      height,
      padding: [14, 28, 0, 4],
      legend: { show: false },
      // Days carry no clock: drawn in UTC, where each of them is 24 hours.
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
      cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 9, width: 2 } },
      scales: {
        x: {
          // A single day stands in the middle; uPlot would spread it over years.
          range: (_, min, max) =>
            series.days.length === 1 ? [min - DAY_SECONDS / 2, min + DAY_SECONDS / 2] : [min, max],
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
          incrs: [1, 2, 7, 14, 28, 56, 91, 182, 365].map((days) => days * DAY_SECONDS),
          values: (_, splits) => splits.map((split) => words.day(msToDay(split * 1000))),
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
          points: { show: series.days.length <= 45, size: 6, fill: colour, stroke: colour },
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
            // Only the open day is hollow; its neighbour keeps the full point it has.
            filter: () => (series.open >= 0 ? [series.open] : []),
          },
        },
      ],
      hooks: { setCursor: [(self) => onDay(self.cursor.idx ?? null)] },
    },
    toData(series),
    element,
  );

  return {
    resize: (nextWidth, nextHeight) => plot.setSize({ width: nextWidth, height: nextHeight }),
    point(index) {
      const at = plot.data[0][index];
      if (at === undefined) return;
      plot.setCursor({ left: plot.valToPos(at, 'x'), top: plot.over.clientHeight / 2 });
    },
    destroy: () => plot.destroy(),
  };
};
