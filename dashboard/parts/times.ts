// Moments on a store's clocks, as the page's language writes them.
import { locale } from '../state.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale.value} ${zone} ${name}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale.value, { timeZone: zone, ...options });
  formats.set(key, format);
  return format;
};

export const timesIn = (zone: string) => ({
  moment: (at: number) => formatOf(zone, 'moment', { dateStyle: 'medium', timeStyle: 'short' }).format(at),
  day: (at: number) => formatOf(zone, 'day', { dateStyle: 'full' }).format(at),
  minute: (at: number) => formatOf(zone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(at),
  second: (at: number) => formatOf(zone, 'second', { timeStyle: 'medium' }).format(at),
});
