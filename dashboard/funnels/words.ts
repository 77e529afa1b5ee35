// The funnel's parts in the reader's words.
import { t } from '../messages/index.tsx';
import { locale } from '../state.ts';
import { detailOf, kindOf, type StepKind } from './question.ts';

export const kindName = (kind: StepKind): string =>
  kind === 'page' || kind === 'named' ? t(`funnels.step.${kind}`) : t(`event.${kind}`);

export const stepName = (step: string): string => {
  const kind = kindOf(step);
  if (kind === 'page') return detailOf(step);
  return kind === 'named' ? t('funnels.step.named.is', { name: detailOf(step) }) : kindName(kind);
};

const SECOND = 1_000;
/** The units that a duration is told in, the largest that it fills twice over. */
const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

export const duration = (ms: number): string => {
  const seconds = ms / SECOND;
  const [unit, length] = UNITS.find(([, size]) => seconds >= 2 * size) ?? UNITS[3];
  const value = seconds / length;
  return new Intl.NumberFormat(locale.value, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit !== 'second' ? 1 : 0,
  }).format(value);
};

const UNIT_NAMES = { m: 'minute', h: 'hour', d: 'day' } as const;

/** A window such as 7d. */
export const windowName = (window: string): string => {
  const unit = UNIT_NAMES[window.at(-1) as keyof typeof UNIT_NAMES];
  return new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Number.parseInt(window, 10),
  );
};
