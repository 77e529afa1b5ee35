// Lists whose order somebody makes: buttons and keys that move an item, and the focus that goes along with it.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './ordered.css';

/** The same items with one of them a place up (-1) or down (1). */
export const moved = <T,>(items: readonly T[], place: number, by: -1 | 1): T[] => {
  const next = [...items];
  const [item] = next.splice(place, 1);
  if (item !== undefined) next.splice(place + by, 0, item);
  return next;
};

/** Where the focus shall be after the next drawing: in which item, and there in what has this name for tests. */
interface Target {
  place: number;
  test: string;
}

const focusOn = (list: HTMLElement | null, { place, test }: Target): void => {
  const item = list?.children[place];
  const wanted = item?.querySelector<HTMLElement>(`[data-test="${test}"]:not(:disabled)`);
  // A button that is off at the list's end gives way to its neighbour.
  (wanted ?? item?.querySelector<HTMLElement>('button:not(:disabled)'))?.focus();
};

/** For the list's element, and for what changes its items. */
export const useFollow = <E extends HTMLElement>(): {
  list: RefObject<E | null>;
  follow(place: number, test: string): void;
  /** Where the focus is now, in the item that is moved. */
  followMove(to: number, usual: string): void;
} => {
  const list = useRef<E>(null);
  const target = useRef<Target | null>(null);
  useLayoutEffect(() => {
    if (target.current === null) return;
    focusOn(list.current, target.current);
    target.current = null;
  });
  const follow = (place: number, test: string) => {
    target.current = { place, test };
  };
  return {
    list,
    follow,
    followMove(to, usual) {
      const focused = document.activeElement;
      const inside = list.current?.contains(focused) ? focused?.getAttribute('data-test') : null;
      follow(to, inside ?? usual);
    },
  };
};

interface Movable {
  place: number;
  last: boolean;
  onMove: (by: -1 | 1) => void;
}

/** Alt with an arrow moves the item in which it is pressed. */
export const moveKeys =
  ({ place, last, onMove }: Movable) =>
  (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const up = event.key === 'ArrowUp';
    if (up ? place > 0 : !last) onMove(up ? -1 : 1);
  };

interface Props extends Movable {
  names: { up: string; down: string; remove: string };
  /** Begins the names of the buttons for tests. */
  test: string;
  /** Left out where the item must stay. */
  onRemove?: (() => void) | undefined;
}

export const OrderButtons = ({ place, last, names, test, onMove, onRemove }: Props) => {
  const button = (name: 'up' | 'down' | 'remove', sign: string, off: boolean, press: () => void) => (
    <button
      type="button"
      class="icon-button"
      disabled={off}
      aria-label={names[name]}
      title={names[name]}
      onClick={press}
      data-test={`${test}-${name}`}
    >
      {sign}
    </button>
  );
  return (
    <div class="order-buttons">
      {button('up', '↑', place === 0, () => onMove(-1))}
      {button('down', '↓', last, () => onMove(1))}
      {button('remove', '✕', onRemove === undefined, () => onRemove?.())}
    </div>
  );
};
