// Where those who are here are, and where they came from: pages, channels, countries, now and in the half hour.
import type { LiveAnswer } from '../api.ts';
import { NONE, valueName } from '../filters/filters.ts';
import { f, t } from '../messages/index.tsx';
import { Section } from '../parts/section.tsx';

interface Line {
  name: string;
  code?: boolean;
  visitors: number;
  visitors_now: number;
}

const Lines = ({ of, what, lines }: { of: string; what: string; lines: readonly Line[] }) => {
  const most = Math.max(1, ...lines.map(({ visitors }) => visitors));
  return (
    <table class="live-where" data-test={`live-${of}`}>
      <thead>
        <tr>
          <th scope="col">{what}</th>
          <th scope="col">{t('live.where.now')}</th>
          <th scope="col">{t('live.where.half')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, code = false, visitors, visitors_now }) => (
          <tr key={name} data-test={`live-${of}-row`}>
            <th scope="row" title={name}>
              {code ? <code>{name}</code> : name}
              <span class="live-bar" style={{ '--share': visitors / most }} />
            </th>
            <td>{f().count(visitors_now)}</td>
            <td>{f().count(visitors)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const Where = ({ answer }: { answer: LiveAnswer }) => (
  <Section id="where" title={t('live.where')}>
    <Lines
      of="pages"
      what={t('live.where.page')}
      lines={answer.pages.map(({ page, ...seen }) => ({ name: page, code: true, ...seen }))}
    />
    <Lines
      of="channels"
      what={t('filter.channel')}
      lines={answer.channels.map(({ channel, ...seen }) => ({
        name: valueName('channel', channel),
        ...seen,
      }))}
    />
    <Lines
      of="countries"
      what={t('filter.country')}
      lines={answer.countries.map(({ country, ...seen }) => ({
        name: valueName('country', country ?? NONE),
        ...seen,
      }))}
    />
  </Section>
);
