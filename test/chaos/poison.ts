// Bad events among good ones on one device: the good ones are stored, each bad one is answered once and forgotten.
import { drained } from './kills.ts';
import { Ledger } from './ledger.ts';
import { Account, open, shopper } from './page.ts';
import { withVictim } from './victim.ts';

export interface Poison {
  good: number;
  bad: number;
  accepted: number;
  rejected: number;
  requests: number;
  lost: number;
}

/** What a shop's page may call and no collector takes. */
const BAD: [string, object][] = [
  ['order', { order: '', value: 5, currency: 'USD' }],
  ['order', { order: 'P-1', value: '5', currency: 'USD' }],
  ['order', { order: 'P-2', value: 5, currency: 'US' }],
  ['order', { order: 'P-3', value: 5, currency: 'USD', items: 'tea' }],
  ['payment', { order: 'P\n4', value: 5, currency: 'USD' }],
  ['refund', { order: 'P-5', value: -5, currency: 'USD' }],
  ['purchase', {}],
  ['constructor', {}],
  ['custom', {}],
  ['custom', { name: 'n', props: { deep: { deep: [] } } }],
  ['inquiry', { via: 'smoke' }],
  ['refund', { order: 'P-6', value: 5 }],
];
/** Good events between two bad ones. */
const GOOD = 4;

export const runPoison = (): Promise<Poison> =>
  withVictim(async (victim) => {
    const store = await victim.store();
    const account = new Account();
    const device = shopper(victim.url, store, account);
    const page = open(device, '/');
    let good = 1;
    let bad = 0;
    for (const [type, fields] of BAD) {
      for (let n = 0; n < GOOD; n++) page.tell('product', { item: `${good++}` });
      page.tell(type, fields);
      bad++;
    }
    await drained([device], 60_000);
    page.close();
    const { accepted, rejected, requests } = account;
    const ledger = new Ledger(victim.data);
    const stored = new Set(ledger.ids(store));
    ledger.close();
    // Of all that was told only the bad ones are not there.
    const lost = [...account.told].filter((id) => !stored.has(id)).length - bad;
    return { good, bad, accepted, rejected, requests, lost };
  });
