// The visits of one visitor, the latest first: a row for each day of each visit, with its trail.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { Env } from '../env.ts';

export interface VisitDay {
  day: number;
  visit: string;
  /** First and last moment of the whole visit, milliseconds since 1970. */
  start: number;
  ended: number;
  pages: number;
  engaged: number;
  effective: number;
  trail: string;
  entry: string | null;
  exit: string | null;
  channel: string;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  device: string | null;
  country: string | null;
}

/** Where a list goes on: after this visit on this day. */
export type VisitPlace = [day: number, visit: string];

/** Later than any day of a visit. */
const FUTURE = 1_000_000;

export function readTimeline(
  env: Env,
  store: number,
  visitor: string,
  after: VisitPlace | undefined,
  limit: number,
): Promise<VisitDay[]> {
  const [day, visit] = after ?? [FUTURE, ''];
  return drizzle(env.DB).all<VisitDay>(sql`
    select day, visit, start, ended, pages, engaged, effective, trail, entry, exit, channel, source, medium, campaign,
      device, country
    from visits indexed by visits_visitor
    where store = ${store} and visitor = ${visitor} and (day, visit) < (${day}, ${visit})
    order by day desc, visit desc limit ${limit}`);
}
