// The server is killed at random moments under load and started again on its data: nothing lost, nothing twice.
import { setTimeout as pause } from 'node:timers/promises';
import { oneOf, type Random, randomOf } from '../../worker/cli/seeded.ts';
import { Ledger } from './ledger.ts';
import { Account, open, type Page, type Shopper, shopper, waiting } from './page.ts';
import { type Victim, withVictim } from './victim.ts';

export interface Killing {
  kills: number;
  /** Events to be told at least; the load goes on until the last kill. */
  events: number;
  shoppers: number;
  /** How many times faster than others' the shoppers' clocks run, and with them the pauses of their senders. */
  speed: number;
}

export interface Killed extends Pick<Account, 'received' | 'accepted' | 'duplicate' | 'rejected'> {
  kills: number;
  sent: number;
  lost: number;
  twice: number;
  unanswered: number;
  /** Whether what is derived is what a rebuild makes of nothing. */
  rebuilt: boolean;
  wrong: string[];
}

/** Events that may wait on a device before it is told of more: an outbox holds a thousand. */
const BACKLOG = 400;
/** Milliseconds between two rounds of telling. */
const ROUND = 20;
/** Milliseconds that the server runs between two kills at least and at most, for clocks that are not sped up. */
const UP = [1_000, 8_000] as const;
/** Milliseconds within which a kill follows the departure of a request. */
const MID_FLIGHT = 15;

/** A view, a step, an inquiry, an order or its payment. */
function act(random: Random, page: Page, n: number): void {
  const order = { order: `K-${n}`, value: 20 + (n % 50), currency: 'USD' };
  const kind = random();
  if (kind < 0.02) page.tell('inquiry', { via: 'chat' });
  else if (kind < 0.06) page.tell('order', order);
  else if (kind < 0.09) page.tell('payment', { ...order, method: 'card' });
  else page.tell(oneOf(random, ['visit', 'product', 'cart', 'custom']), { name: `n${n}`, item: `i${n}` });
}

/** @throws when a device does not get rid of its events. */
export async function drained(shoppers: readonly Shopper[], ms: number): Promise<void> {
  for (const end = Date.now() + ms; shoppers.some((one) => waiting(one) > 0); await pause(50))
    if (Date.now() > end) {
      const left = shoppers.reduce((sum, one) => sum + waiting(one), 0);
      throw new Error(`After ${ms / 1000} s ${left} events are still not delivered.`);
    }
}

/** What was told beside what is stored, and what is derived beside what a rebuild makes of nothing. */
export async function reconcile(victim: Victim, store: string, account: Account) {
  await victim.kill();
  let ledger = new Ledger(victim.data);
  const ids = ledger.ids(store);
  const stored = new Set(ids);
  const before = ledger.derived(store);
  ledger.forgetDerived(store);
  const forgotten = ledger.derived(store);
  ledger.close();
  await victim.start();
  await victim.rebuild(store);
  await victim.kill();
  ledger = new Ledger(victim.data);
  const rebuilt = before !== forgotten && ledger.derived(store) === before;
  ledger.close();
  return {
    sent: account.told.size,
    lost: [...account.told].filter((id) => !stored.has(id)).length,
    twice: ids.length - stored.size,
    rebuilt,
  };
}

export const runKills = (plan: Killing, say: (step: string) => void, seed = 1): Promise<Killed> =>
  withVictim(async (victim) => {
    const random = randomOf(seed);
    const store = await victim.store();
    const account = new Account();
    const shoppers = Array.from({ length: plan.shoppers }, () =>
      shopper(victim.url, store, account, plan.speed),
    );
    const pages = shoppers.map((one) => open(one, '/'));
    let kills = 0;
    let n = 0;
    const [least, most] = UP.map((ms) => ms / plan.speed) as [number, number];
    // So many that the planned number is reached while the server is up; while it is down the devices fill.
    const each = Math.ceil(plan.events / ((plan.kills * (least + most)) / 2 / ROUND));
    const load = async () => {
      while (kills < plan.kills || account.told.size < plan.events) {
        for (let told = 0; told < each; told++) {
          const place = n % shoppers.length;
          if (waiting(shoppers[place] as Shopper) < BACKLOG) act(random, pages[place] as Page, n);
          n++;
        }
        await pause(ROUND);
      }
    };
    const killer = async () => {
      while (kills < plan.kills) {
        await pause(least + random() * (most - least));
        while (account.flying === 0) await pause(1);
        await pause(random() * MID_FLIGHT);
        await victim.kill();
        await victim.start();
        say(`kill ${++kills}: ${account.told.size} events told, ${account.received} answered`);
      }
    };
    await Promise.all([load(), killer()]);
    await drained(shoppers, 120_000);
    for (const page of pages) page.close();
    const { received, accepted, duplicate, rejected, unanswered, wrong } = account;
    const found = await reconcile(victim, store, account);
    return { kills, received, accepted, duplicate, rejected, unanswered, wrong, ...found };
  });
