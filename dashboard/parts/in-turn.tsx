// What is below the screen is drawn in a turn of its own, so that slow phones answer a touch in between.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props {
  /** How many turns of the browser to wait: those above come first. */
  turn: number;
  children: () => ComponentChildren;
}

export const InTurn = ({ turn, children }: Props): ComponentChildren => {
  const [left, setLeft] = useState(turn);
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setLeft(left - 1));
    return () => clearTimeout(timer);
  }, [left]);
  return left === 0 ? children() : null;
};
