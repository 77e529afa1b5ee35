// How finely the chart cuts its period: as chosen, or as suits the period's length.
import { countDays, type Days } from '../period.ts';
import { choice } from '../state.ts';
import { STEPS, type Step, suiting, usualStep } from './stretch.ts';

export const chosenStep = choice<Step | null>(
  'step',
  (text) => STEPS.find((step) => step === text) ?? null,
  (step) => step,
);

/** What was chosen where it suits the period, else the usual. */
export const stepOf = (days: Days): Step => {
  const count = countDays(days);
  const chosen = chosenStep.value;
  return chosen !== null && suiting(count).includes(chosen) ? chosen : usualStep(count);
};
