// Keys that stand for what can be clicked: one table for whoever presses them and for the sheet that lists them.
import { signal } from '@preact/signals';
import { BASES, COMPARES, SCOPES, VIEWS, type View } from '../address.ts';
import { refreshShown } from '../asking.ts';
import { store } from '../data.ts';
import type { MessageKey } from '../messages/parts.ts';
import { type Preset, stepped } from '../period.ts';
import { address, daysIn, go, now, recall, remember } from '../state.ts';

export interface Shortcut {
  /** As KeyboardEvent.key has it. */
  key: string;
  text: MessageKey;
  press: () => void;
}

const toView = (view: View) => () => {
  if (store.value !== null) go({ view });
};
const toPeriod = (period: Preset) => () => go({ period });
/** The next of a list, the first after the last. */
const after = <T>(list: readonly T[], one: T): T => list[(list.indexOf(one) + 1) % list.length] as T;

const step = (by: -1 | 1) => (): void => {
  const chosen = store.value;
  if (chosen === null) return;
  const period = stepped(daysIn(chosen.timezone), by, chosen.timezone, now.value);
  if (period !== null) go({ period });
};

export const SHORTCUTS: readonly { group: MessageKey; keys: readonly Shortcut[] }[] = [
  {
    group: 'keys.views',
    keys: (Object.keys(VIEWS) as View[])
      .filter((view) => view !== 'new-store')
      .map((view, index) => ({ key: String(index + 1), text: `view.${view}` as const, press: toView(view) })),
  },
  {
    group: 'keys.period',
    keys: [
      { key: 'd', text: 'period.today', press: toPeriod('today') },
      { key: 'y', text: 'period.yesterday', press: toPeriod('yesterday') },
      { key: 'w', text: 'period.last7', press: toPeriod('last7') },
      { key: 'm', text: 'period.last30', press: toPeriod('last30') },
      { key: 'q', text: 'period.last90', press: toPeriod('last90') },
      { key: '[', text: 'period.earlier', press: step(-1) },
      { key: ']', text: 'period.later', press: step(1) },
    ],
  },
  {
    group: 'keys.shown',
    keys: [
      {
        key: 'c',
        text: 'keys.compare',
        press: () => go({ compare: after(COMPARES, address.peek().compare) }),
      },
      { key: 'v', text: 'keys.scope', press: () => go({ scope: after(SCOPES, address.peek().scope) }) },
      { key: 'b', text: 'keys.basis', press: () => go({ basis: after(BASES, address.peek().basis) }) },
      { key: 'x', text: 'filter.clear', press: () => go({ filters: {} }) },
      { key: 'r', text: 'app.refresh', press: refreshShown },
    ],
  },
];

export const HELP = '?';
/** Whether the sheet is open. */
export const sheetOpen = signal(false);

/** Keys alone are in the way of some who speak to their computers: they can be switched off (WCAG 2.1.4). */
export const keysOn = signal(recall('tundish.keys') !== 'off');
export const setKeysOn = (on: boolean): void => {
  keysOn.value = on;
  remember('tundish.keys', on ? 'on' : 'off');
};

/** Where letters are letters. */
const isWritten = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, select, textarea'));

const listen = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (!keysOn.value || isWritten(event.target) || document.querySelector('dialog[open]') !== null) return;
  if (event.key === HELP) sheetOpen.value = true;
  else {
    const known = SHORTCUTS.flatMap(({ keys }) => keys).find(({ key }) => key === event.key.toLowerCase());
    if (known === undefined) return;
    known.press();
  }
  event.preventDefault();
};

/** Called once. */
export const listenToKeys = (): void => addEventListener('keydown', listen);
