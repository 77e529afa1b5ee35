// What the stretches of the chart are called: short on its axis, whole where somebody reads one.
import { f } from '../messages/index.tsx';
import { addDays, type Days } from '../period.ts';
import { daysOfStretch, type Step } from './stretch.ts';

/** On the axis of a chart: midnight says which day begins. */
export const shortName = (key: string, step: Step): string => {
  if (step === 'hour') return key.includes('T00:00') ? f().day(key.slice(0, 10)) : f().hour(key);
  return step === 'month' ? f().month(key) : f().day(key);
};

/** As much as the period holds of it. */
export const longName = (key: string, step: Step, period: Days): string => {
  const days = daysOfStretch(key, step, period);
  if (step === 'hour') return `${f().weekday(days.from)}, ${f().hour(key)}`;
  if (step === 'day') return f().weekday(key);
  const whole = days.from.endsWith('-01') && addDays(days.to, 1).endsWith('-01');
  return step === 'month' && whole ? f().monthLong(key) : f().days(days);
};
