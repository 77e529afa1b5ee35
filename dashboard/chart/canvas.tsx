// Holds the plot: draws it again when data, size, theme or language change, and moves along it by keys.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure } from '../api.ts';
import { useNear } from '../parts/near.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useWidth } from '../parts/width.ts';
import { dark, language } from '../state.ts';
import type { Mark, Plot, PlotOptions, PlotWords } from './plot.ts';
import type { Series } from './series.ts';

interface Props {
  series: Series;
  kind: PlotOptions['kind'];
  colour: PlotOptions['colour'];
  words: PlotWords;
  marks: readonly Mark[];
  label: string;
  say: (index: number) => string;
  pointed: number | null;
  onPoint: (index: number | null) => void;
}

const HEIGHT = 260;

/** Where a key leads from a place; null for keys that are not ours. */
const keyTarget = (key: string, from: number, last: number): number | null => {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, from - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, from + 1);
    case 'PageDown':
      return Math.max(0, from - 7);
    case 'PageUp':
      return Math.min(last, from + 7);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
};

export const Canvas = ({ series, kind, colour, words, marks, label, say, pointed, onPoint }: Props) => {
  const [room, width] = useWidth<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const now = useRef(pointed);
  now.current = pointed;
  const [failed, setFailed] = useState(false);
  const last = series.keys.length - 1;
  const drawn = JSON.stringify([series, marks]);
  // Nearly half of the page's script draws, and the sentence and the funnel need none of it.
  const onScreen = useNear(room) && width > 0;

  // Colours and texts are read when it is drawn; they change with the theme and the language only.
  useEffect(() => {
    if (holder.current === null || !onScreen) return;
    let gone = false;
    const draw = async (element: HTMLElement) => {
      const { makePlot } = await import('./plot.ts');
      if (gone) return;
      // What keys have pointed at, while it was not there yet or before it was drawn anew, stays.
      const at = now.current;
      const options: PlotOptions = { width, height: HEIGHT, kind, colour, words, marks, at, onPoint };
      plot.current = makePlot(element, series, options);
    };
    draw(holder.current).catch(() => setFailed(true));
    return () => {
      gone = true;
      plot.current?.destroy();
      plot.current = null;
    };
  }, [onScreen, kind, colour, drawn, dark.value, language.value]);

  useEffect(() => {
    if (width > 0) plot.current?.resize(width, HEIGHT);
  }, [width]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, pointed ?? last, last);
    if (target === null) return;
    event.preventDefault();
    plot.current?.point(target);
    onPoint(target);
  };

  if (failed) return <Trouble failure={new Failure('network')} onRetry={() => location.reload()} />;
  return (
    <div ref={room} class="chart-room">
      <div
        ref={holder}
        class="chart-canvas"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={pointed ?? last}
        aria-valuetext={say(pointed ?? last)}
        onKeyDown={onKeyDown}
        data-test="chart"
      />
    </div>
  );
};
