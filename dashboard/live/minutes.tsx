// The last half hour as bars, a minute each: who was here, and in which minute somebody ordered; and the same as a table.
import type { LiveAnswer, Store } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { timesIn } from '../parts/times.ts';
import { Twin } from '../parts/twin.tsx';
import { useWidth } from '../parts/width.ts';

type Minute = LiveAnswer['by_minute'][number];

const HEIGHT = 132;
const AXIS = 22;
/** Room above the tallest bar for the mark of an order. */
const TOP = 18;
const GAP = 3;
/** Minutes that have their time written under them. */
const EVERY = 10;

const Bars = ({ minutes, zone, width }: { minutes: readonly Minute[]; zone: string; width: number }) => {
  const most = Math.max(1, ...minutes.map(({ visitors }) => visitors));
  const slot = width / minutes.length;
  const ground = HEIGHT - AXIS;
  const tall = (visitors: number) => Math.max(visitors > 0 ? 3 : 1, (visitors / most) * (ground - TOP));
  return minutes.map(({ at, visitors, orders }, n) => {
    const left = n * slot;
    const middle = left + slot / 2;
    return (
      <g key={at}>
        <rect
          x={left + GAP / 2}
          y={ground - tall(visitors)}
          width={Math.max(1, slot - GAP)}
          height={tall(visitors)}
          class={visitors > 0 ? 'minute' : 'minute is-empty'}
        >
          <title>{`${timesIn(zone).minute(at)}: ${f().count(visitors)}`}</title>
        </rect>
        {orders > 0 && (
          <circle
            cx={middle}
            cy={ground - tall(visitors) - 8}
            r={Math.min(5, slot / 2)}
            class="minute-order"
          />
        )}
        {n % EVERY === 0 && (
          <text x={left + GAP / 2} y={HEIGHT - 5} class="minute-time">
            {timesIn(zone).minute(at)}
          </text>
        )}
      </g>
    );
  });
};

const Table = ({ minutes, zone }: { minutes: readonly Minute[]; zone: string }) => (
  <table class="plain-table" data-test="minutes-table">
    <caption class="unseen">{t('live.minutes')}</caption>
    <thead>
      <tr>
        <th scope="col">{t('live.minutes.minute')}</th>
        <th scope="col">{t('live.figure.visitors')}</th>
        <th scope="col">{t('live.pages.views')}</th>
        <th scope="col">{t('live.figure.orders')}</th>
      </tr>
    </thead>
    <tbody>
      {minutes.toReversed().map(({ at, visitors, pages, orders }) => (
        <tr key={at} data-test="minute">
          <th scope="row">{timesIn(zone).minute(at)}</th>
          <td>{f().count(visitors)}</td>
          <td>{f().count(pages)}</td>
          <td>{f().count(orders)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const Minutes = ({ minutes, store }: { minutes: readonly Minute[]; store: Store }) => {
  const [ref, width] = useWidth<HTMLDivElement>();
  const most = Math.max(0, ...minutes.map(({ visitors }) => visitors));
  const orders = minutes.reduce((sum, minute) => sum + minute.orders, 0);
  return (
    <>
      <div ref={ref} class="minutes">
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={t('live.minutes.desc', { most, orders })}
            data-test="minutes"
          >
            <line x1={0} x2={width} y1={TOP} y2={TOP} class="minute-line" />
            <text x={width} y={TOP - 5} text-anchor="end" class="minute-time">
              {f().count(most)}
            </text>
            <Bars minutes={minutes} zone={store.timezone} width={width} />
          </svg>
        )}
      </div>
      <Twin of={t('live.minutes')} test="minutes-twin">
        <Table minutes={minutes} zone={store.timezone} />
      </Twin>
    </>
  );
};
