// What other channel rules would make of the visits that are there: read, and nothing changed.
import type { ChannelRule, StoreSettings } from '../collect/event.ts';
import type { Env } from '../env.ts';
import { ownEvents } from './derive.ts';
import { MOMENT } from './derive-sales.ts';
import type { Days } from './facts.ts';
import { firstRule } from './ruled.ts';

/** Visits that go one way. */
export interface Move {
  /** The place in the list of the rule that would take them; null where none would. */
  rule: number | null;
  from: string;
  to: string;
  visits: number;
}

/**
 * ?1 store key, ?2 and ?3 days, ?4 the rules tried, ?5 those that hold, ?6 whether what is there may follow from others
 * still. A visit that a rule holds now and none would then goes back to what its entry said, which is looked up; of all
 * others the visit itself says it. Each origin is compared once.
 */
const DRY_RUN = `
with seen as materialized (
  select visitor, visit, channel, source, medium, campaign, json_array(source, medium, campaign) as origin
  from visits where store = ?1 and day between ?2 and ?3 group by visitor, visit
),
origins as materialized (
  select n.origin, ${firstRule('?4', 'place')} as rule, ?6 or ${firstRule('?5', 'place')} is not null as held
  from (select origin, source, medium, campaign from seen group by origin) n
),
tried as materialized (select visitor, visit, channel, rule, held from seen join origins using (origin)),
touched as materialized (select visitor, visit from tried where rule is null and held),
own as materialized (${ownEvents('e.visitor, t.visit, e.id, e.type, e.at, e.channel')}),
entry as materialized (
  select visitor, visit, min(${MOMENT}) as moment, channel as said from own where type = 'visit'
  group by visitor, visit
)
select rule, channel as "from", coalesce(
    json_extract(?4, '$[' || rule || '].channel'), iif(held, coalesce(said, 'direct'), channel)
  ) as "to", count(*) as visits
from tried left join entry using (visitor, visit)
group by 1, 2, 3 order by visits desc, rule, "from", "to"`;

/** Where the visits of some days would go, those that stay included. */
export async function tryRules(
  env: Env,
  { key, channelRules, recounting }: StoreSettings,
  rules: readonly ChannelRule[],
  { from, to }: Days,
): Promise<Move[]> {
  const { results } = await env.DB.prepare(DRY_RUN)
    .bind(key, from, to, JSON.stringify(rules), JSON.stringify(channelRules), Number(recounting))
    .all<Move>();
  return results;
}
