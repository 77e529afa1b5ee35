// What arrives while somebody looks: asked for every few seconds, and spoken of now and then.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { type Arrivals, getArrivals } from '../api.ts';
import { visible } from '../asking.ts';
import { t } from '../messages/index.tsx';
import { resource } from '../resource.ts';

/** How often the log is asked for. */
const EVERY_MS = 3_000;
/** Screen readers hear of new events at most so often: a shop that lives would never fall silent. */
const SPOKEN_MS = 15_000;

/** The log of a store, kept fresh while the page can be seen. */
export const useArrivals = (store: string) => {
  const log = useMemo(() => resource<Arrivals>(), []);
  const seen = visible.value;
  useEffect(() => {
    if (!seen) return;
    const load = () => void log.load(() => getArrivals(store));
    load();
    const timer = setInterval(load, EVERY_MS);
    return () => clearInterval(timer);
  }, [store, seen]);
  return log;
};

export type Log = ReturnType<typeof useArrivals>;

const newest = ({ events }: Arrivals): number => events[0]?.at ?? 0;
const refusedTimes = ({ refusals, unknown_stores }: Arrivals): number =>
  [...refusals, ...unknown_stores].filter((one) => !('reason' in one) || one.reason !== 'bot').length;

/** A sentence about what has come since the last one; what was there when the page opened is no news. */
export const useNews = (arrivals: Arrivals | null): string => {
  const told = useRef<{ at: number; newest: number; refused: number; text: string } | null>(null);
  if (arrivals === null) return '';
  const before = told.current;
  const now = Date.now();
  const latest = { at: now, newest: newest(arrivals), refused: refusedTimes(arrivals), text: '' };
  if (before === null) {
    told.current = latest;
    return '';
  }
  const fresh = arrivals.events.filter(({ at }) => at > before.newest).length;
  const refused = latest.refused > before.refused;
  if (now - before.at < SPOKEN_MS || (fresh === 0 && !refused)) return before.text;
  latest.text = refused ? t('log.said.refused') : t('log.said', { n: fresh });
  told.current = latest;
  return latest.text;
};
