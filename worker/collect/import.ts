// History from a file: the same parser and stamps as live events, without a browser to believe or doubt.
import { z } from 'zod';
import { LIMITS, type Rejection } from '../../sdk/event.ts';
import { asConfirmed } from './confirm.ts';
import { DEVICES, type Device } from './device.ts';
import type { StampedEvent, StoreSettings } from './event.ts';
import { isObject, isSale, parseAnonymous, parseEvent, reasonAgainst, reject } from './parse.ts';
import { clean } from './personal/clean.ts';
import { isUnnamed } from './pseudonym.ts';
import { CHANNELS } from './source/list.ts';
import { stamp } from './stamp.ts';

const deviceNamed = (value: unknown): Device | null => DEVICES.find((device) => device === value) ?? null;
const countryNamed = (value: unknown) =>
  typeof value === 'string' && /^[A-Z]{2}$/.test(value) ? value : null;

const text = z
  .string()
  .max(LIMITS.text)
  .transform((sent) => clean(sent).slice(0, LIMITS.text))
  .nullable();
/** What an exported line says of where its visit came from; a line from elsewhere has its address looked at. */
const keptOrigin = z
  .object({
    channel: z.enum(CHANNELS),
    source: text,
    medium: text,
    campaign: text,
    term: text,
    content: text,
    click: text,
  })
  .optional()
  .catch(undefined);
const keptPath = z.string().startsWith('/').max(LIMITS.path).optional().catch(undefined);

/** Milliseconds that a history may lie in the future. */
const AHEAD = 86_400_000;

/** Reads imported events; each carries its own visitor, and device and country where they are known. */
export function receiveImport(
  lines: readonly unknown[],
  store: StoreSettings,
  { now, secret }: { now: number; secret: string },
): { events: StampedEvent[]; rejected: Rejection[] } {
  const events: StampedEvent[] = [];
  const rejected: Rejection[] = [];
  for (const line of lines) {
    if (!isObject(line)) {
      rejected.push(reject(line, 'not_an_object'));
      continue;
    }
    const {
      visitor: named = null,
      visit,
      device,
      country,
      origin,
      path,
      confirmed,
    } = line as Record<string, unknown>;
    const visitor = isUnnamed({ visitor: named, visit }) ? null : named;
    const visitorReason = visitor === null ? null : reasonAgainst(visitor);
    const { event, rejection } = visitor === null ? parseAnonymous(line, secret) : parseEvent(line, secret);
    if (rejection) rejected.push(rejection);
    // Microseconds, most likely. Tomorrow is let in for clocks a little ahead.
    else if (event.at > now + AHEAD) rejected.push(reject(line, 'invalid_time'));
    else if (visitorReason) rejected.push(reject(line, visitorReason));
    else {
      const stamped = stamp(event, event.at, store, {
        visitor: visitor as string | null,
        device: deviceNamed(device),
        country: countryNamed(country),
        userAgent: null,
        kept: { origin: keptOrigin.parse(origin), path: keptPath.parse(path) },
      });
      // History from the shop's own books is as good as a signed call; the operator alone imports.
      events.push(confirmed === true && isSale(stamped) ? asConfirmed(stamped) : stamped);
    }
  }
  return { events, rejected };
}
