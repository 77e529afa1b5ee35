// Periods: whole days in the store's time zone, by preset or by hand.

export const PRESETS = [
  'today',
  'yesterday',
  'week',
  'last7',
  'last30',
  'last90',
  'month',
  'last_month',
  'year',
  'last365',
] as const;
export type Preset = (typeof PRESETS)[number];

/** Both days are included, as YYYY-MM-DD. */
export interface Days {
  from: string;
  to: string;
}

/** What was chosen: a preset moves on with the calendar, days stay. */
export type Choice = Preset | Days;

const DAY = 86_400_000;

/** The date in a time zone at an instant, as YYYY-MM-DD. */
export const dayIn = (timezone: string, at: number): string => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: 'year' | 'month' | 'day') => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
};

/** Calendar days have no clock, so they are counted in UTC, where every day has 24 hours. */
export const dayToMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const msToDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => msToDay(dayToMs(day) + days * DAY);

/** Days from the first to the last, both counted. */
export const countDays = ({ from, to }: Days): number => Math.round((dayToMs(to) - dayToMs(from)) / DAY) + 1;

export const listDays = (days: Days): string[] =>
  Array.from({ length: Math.max(0, countDays(days)) }, (_, index) => addDays(days.from, index));

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(dayToMs(text)) &&
  // 30 February parses in some engines; it must come back as it went in.
  msToDay(dayToMs(text)) === text;

/** The Monday on or before a day. */
const mondayOf = (day: string): string => addDays(day, -((new Date(dayToMs(day)).getUTCDay() + 6) % 7));
const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

const PRESET_DAYS: Record<Preset, (today: string) => Days> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: (today) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  week: (today) => ({ from: mondayOf(today), to: today }),
  last7: (today) => ({ from: addDays(today, -6), to: today }),
  last30: (today) => ({ from: addDays(today, -29), to: today }),
  last90: (today) => ({ from: addDays(today, -89), to: today }),
  month: (today) => ({ from: firstOfMonth(today), to: today }),
  last_month: (today) => {
    const to = addDays(firstOfMonth(today), -1);
    return { from: firstOfMonth(to), to };
  },
  year: (today) => ({ from: `${today.slice(0, 4)}-01-01`, to: today }),
  last365: (today) => ({ from: addDays(today, -364), to: today }),
};

export const resolve = (choice: Choice, timezone: string, now: number): Days =>
  typeof choice === 'string' ? PRESET_DAYS[choice](dayIn(timezone, now)) : choice;

/** As many days before or after; null where they would lie in the future. */
export const stepped = (days: Days, by: -1 | 1, timezone: string, now: number): Days | null => {
  const length = by * countDays(days);
  const next = { from: addDays(days.from, length), to: addDays(days.to, length) };
  const today = dayIn(timezone, now);
  if (next.from > today) return null;
  if (next.to > today) next.to = today;
  return next;
};
