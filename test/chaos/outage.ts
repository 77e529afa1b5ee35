// A while without a server, under pages that stay open: what waited arrives soon, and spread over that time.
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../../worker/cli/seeded.ts';
import { Link } from '../proof/link.ts';
import { drained, reconcile } from './kills.ts';
import { Account, open, shopper, waiting } from './page.ts';
import { withVictim } from './victim.ts';

export interface OutagePlan {
  /** Seconds without a server at least, by the pages' clocks; so are all times here. */
  seconds: number;
  shoppers: number;
  /** How many times faster than others' the pages' clocks run. */
  speed: number;
}

export interface Outage {
  /** Events that waited for the server. */
  waited: number;
  /** Seconds until the last of them was stored. */
  drained: number;
  /** Requests in the busiest second of these, in times of the mean. */
  peak: number;
  sent: number;
  lost: number;
  twice: number;
}

/** Seconds between two acts of a shopper, on average. */
const BETWEEN = 6;
/** Seconds before the outage. */
const BEFORE = 10;
/** Seconds that the pages have to deliver everything; more than is promised, so that lateness can be measured. */
const PATIENCE = 180;

export const runOutage = (plan: OutagePlan, say: (step: string) => void, seed = 1): Promise<Outage> =>
  withVictim(async (victim) => {
    const random = randomOf(seed);
    const second = 1000 / plan.speed;
    const store = await victim.store();
    const account = new Account();
    const link = await new Link(victim.url).up();
    const shoppers = Array.from({ length: plan.shoppers }, () =>
      shopper(link.url, store, account, plan.speed),
    );
    let shopping = true;
    const closed: (() => void)[] = [];
    const shop = async (one: (typeof shoppers)[number]) => {
      await pause(random() * BETWEEN * second);
      const page = open(one, '/');
      closed.push(page.close);
      while (shopping) {
        await pause(2 * random() * BETWEEN * second);
        if (shopping) page.tell('product', { item: 'tea' });
      }
    };
    try {
      const acting = Promise.all(shoppers.map(shop));
      await pause(BEFORE * second);
      await link.down();
      await victim.kill();
      say(`server away, ${account.received} events answered before`);
      await pause(plan.seconds * second);
      shopping = false;
      await acting;
      const waited = shoppers.reduce((sum, one) => sum + waiting(one), 0);
      // A server that starts gets no requests before it can answer.
      await victim.start();
      const left: number[] = [];
      account.heard = (time) => left.push(time);
      const back = Date.now();
      await link.up();
      say(`server back, ${waited} events wait`);
      await drained(shoppers, PATIENCE * second);
      const seconds = (Date.now() - back) / second;
      const bySecond = Map.groupBy(left, (time) => Math.max(0, Math.floor((time - back) / second)));
      const busiest = Math.max(...[...bySecond.values()].map((each) => each.length));
      const { rebuilt: _, ...found } = await reconcile(victim, store, account);
      return { waited, drained: seconds, peak: busiest / (left.length / Math.ceil(seconds)), ...found };
    } finally {
      for (const close of closed) close();
      await link.down();
    }
  });
