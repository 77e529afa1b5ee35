// The same funnel for each value of a dimension: a row each, all steps side by side.
import type { FunnelAnswer } from '../api.ts';
import { filterBy, valueName } from '../filters/filters.ts';
import { f, t } from '../messages/index.tsx';
import { Link } from '../parts/link.tsx';
import { stepName } from './words.ts';

/** Orders of no known visitor have no trait to filter by. */
const UNATTRIBUTED = 'unattributed';

export const Breakdown = ({ answer }: { answer: FunnelAnswer }) => {
  const { by, rows = [], steps } = answer;
  if (by === undefined) return null;
  const nameOf = (key: string) => (key === UNATTRIBUTED ? t('channel.unattributed') : valueName(by, key));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="twin-table" aria-label={t('funnels.breakdown', { by: t(`filter.${by}`) })} tabIndex={0}>
      <table class="plain-table breakdown" data-test="funnel-breakdown">
        <thead>
          <tr>
            <th scope="col">{t(`filter.${by}`)}</th>
            {steps.map(({ step }, n) => (
              <th key={n} scope="col">
                {stepName(step)}
              </th>
            ))}
            <th scope="col">{t('funnels.table.from_first')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, steps: own }) => {
            const end = own.at(-1)?.from_first ?? null;
            return (
              <tr key={key} data-test={`funnel-row-${key}`}>
                <th scope="row">
                  {key === UNATTRIBUTED ? (
                    nameOf(key)
                  ) : (
                    <Link to={filterBy(by, key)} stay>
                      {nameOf(key)}
                    </Link>
                  )}
                </th>
                {own.map(({ count }, n) => (
                  <td key={n} data-value={count}>
                    {f().count(count)}
                  </td>
                ))}
                <td>{end === null || end.value === null ? '–' : f().percent(end.value)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};
