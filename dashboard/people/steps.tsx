// Who left where: the furthest step of everybody in the period, each step a link to those who came no further.
import { f, t } from '../messages/index.tsx';
import { Link } from '../parts/link.tsx';
import { STEPS, type StepName, step } from './choices.ts';

export const Steps = ({ counts }: { counts: Record<StepName, number> }) => {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...Object.values(counts));
  return (
    <nav class="steps" aria-label={t('people.steps')} data-test="steps">
      {STEPS.map((name) => {
        const { show: _, ...own } = step.to(name).own;
        return (
          <Link key={name} to={{ own }} current={step.value === name} test={`step-${name}`}>
            <span class="step-name">{t(`people.step.${name}`)}</span>
            <span class="step-count">
              <b>{f().count(counts[name])}</b> {all > 0 && f().percent(counts[name] / all, 1)}
            </span>
            <span class="step-bar" style={{ '--share': counts[name] / most }} />
          </Link>
        );
      })}
    </nav>
  );
};
