// Numbers, money, days and times as a language writes them.
import type { Totals } from '../worker/metrics/question.ts';
import { addDays, type Days, dayToMs } from './period.ts';

/** Below it two digits would round to zero, which would be a lie. */
const SMALLEST_SHOWN = 0.0001;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Units of time, the largest first. */
const DURATIONS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1000],
] as const;

/** Minor-unit digits of a currency: as the answer counts them, or from the browser where nothing was sold in it. */
export const digitsOf = ({ totals }: { totals: Pick<Totals, 'money'> }, currency: string): number =>
  totals.money.find((one) => one.currency === currency)?.digits ??
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
  2;

export const makeFormat = (language: string) => {
  const whole = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const two = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percents = [0, 1, 2].map(
    (digits) =>
      new Intl.NumberFormat(language, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  );
  const dayOf = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
  const dayShort = dayOf({ day: 'numeric', month: 'short' });
  const dayWeekday = dayOf({ day: 'numeric', month: 'short', weekday: 'short' });
  const dayLong = dayOf({ day: 'numeric', month: 'short', year: 'numeric' });
  const hourShort = dayOf({ hour: 'numeric', minute: '2-digit' });
  const monthShort = dayOf({ month: 'short', year: 'numeric' });
  const monthLong = dayOf({ month: 'long', year: 'numeric' });
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const inUnits = (unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  const durations = {
    day: inUnits('day'),
    hour: inUnits('hour'),
    minute: inUnits('minute'),
    second: inUnits('second'),
  };
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  const currencies = new Intl.DisplayNames(language, { type: 'currency', fallback: 'code' });

  const percent = (value: number, digits: 0 | 1 | 2 = 2): string => {
    const format = percents[digits] ?? whole;
    return value > 0 && value < SMALLEST_SHOWN && digits === 2
      ? `<${format.format(SMALLEST_SHOWN)}`
      : format.format(value);
  };

  return {
    count: (value: number) => whole.format(value),
    short: (value: number) => short.format(value),
    percent,
    /** A difference of two shares, in percentage points and without its sign. */
    points: (difference: number) => two.format(Math.abs(difference) * 100),
    /** Minor units; averages may hold fractions of one. */
    money: (minor: number, currency: string, digits: number) =>
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(minor / 10 ** digits),
    moneyShort: (minor: number, currency: string, digits: number) =>
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        notation: 'compact',
        maximumFractionDigits: 1,
      }).format(minor / 10 ** digits),
    /** An hour by its beginning on the store's own clocks, as the endpoint names it: 2026-11-24T13:00+08:00. */
    hour: (key: string) => hourShort.format(Date.parse(`${key.slice(0, 16)}Z`)),
    month: (key: string) => monthShort.format(dayToMs(`${key}-01`)),
    monthLong: (key: string) => monthLong.format(dayToMs(`${key}-01`)),
    day: (day: string) => dayShort.format(dayToMs(day)),
    weekday: (day: string) => dayWeekday.format(dayToMs(day)),
    days: ({ from, to }: Days) =>
      // formatRange takes the end as a moment of its last day; a single day comes out single.
      dayLong.formatRange(dayToMs(from), dayToMs(addDays(to, 1)) - 1),
    /** How long something took, in the largest unit of which it has more than one and a half. */
    duration: (ms: number): string => {
      const [unit, size] = DURATIONS.find(([, size]) => ms >= 1.5 * size) ?? (['second', 1000] as const);
      return durations[unit].format(Math.max(1, Math.round(ms / size)));
    },
    clock: (at: number) => clock.format(at),
    moment: (at: number) => moment.format(at),
    ago: (at: number, now: number): string => {
      const gap = at - now;
      if (Math.abs(gap) < MINUTE) return relative.format(Math.round(gap / 1000), 'second');
      if (Math.abs(gap) < HOUR) return relative.format(Math.round(gap / MINUTE), 'minute');
      if (Math.abs(gap) < DAY) return relative.format(Math.round(gap / HOUR), 'hour');
      return relative.format(Math.round(gap / DAY), 'day');
    },
    /** Codes of no region (`T1`, `XX`) come back as they are. */
    country: (code: string): string => {
      try {
        return regions.of(code) ?? code;
      } catch {
        return code;
      }
    },
    currency: (code: string): string => currencies.of(code) ?? code,
  };
};
