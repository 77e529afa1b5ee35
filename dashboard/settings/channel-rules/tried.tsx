// What a dry run says: how many of the latest visits would have another channel, and from where to where.
import type { RulesTried } from '../../api.ts';
import { valueName } from '../../filters/filters.ts';
import { f, t } from '../../messages/index.tsx';

const Moves = ({ moves }: Pick<RulesTried, 'moves'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <section class="twin-table" aria-label={t('rules.moves')} tabIndex={0}>
    <table class="plain-table" data-test="rules-moves">
      <thead>
        <tr>
          <th scope="col">{t('rules.moves.from')}</th>
          <th scope="col" class="is-text">
            {t('rules.moves.to')}
          </th>
          <th scope="col" class="is-text">
            {t('rules.moves.by')}
          </th>
          <th scope="col">{t('rules.moves.visits')}</th>
        </tr>
      </thead>
      <tbody>
        {moves.map(({ rule, from, to, visits }) => (
          <tr key={`${rule} ${from} ${to}`} data-test="rules-move" data-way={`${from} ${to}`}>
            <th scope="row">{valueName('channel', from)}</th>
            <td class="is-text">{valueName('channel', to)}</td>
            <td class="is-text">
              {rule === null ? t('rules.moves.none') : t('rules.rule', { number: rule + 1 })}
            </td>
            <td data-value={visits}>{f().count(visits)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

export const Tried = ({ tried, stale }: { tried: RulesTried; stale: boolean }) => (
  <div class={`rules-tried ${stale ? 'is-stale' : ''}`} data-test="rules-tried">
    <p>
      <b>{t('rules.tried', { n: tried.moved, visits: tried.visits, days: f().days(tried.period) })}</b>{' '}
      {stale && t('rules.tried.stale')}
      {!stale && t('rules.tried.nothing_changed')}
      {tried.recounting && ` ${t('rules.tried.recounting')}`}
    </p>
    {tried.moves.length > 0 && <Moves moves={tried.moves} />}
  </div>
);
