// Remembers what is refused without making anybody wait for it, and writes it seldom, however much there is.
import type { Context } from 'hono';
import type { StoreSettings } from '../collect/event.ts';
import { originOf, type RefusalReason, Tally } from '../collect/tally.ts';
import type { Env } from '../env.ts';
import { report } from '../log.ts';
import { keepRefusals } from '../store/refusals.ts';
import type { AppEnv } from './access.ts';
import { Seldom } from './seldom.ts';

/** Milliseconds between two writes. The first is made at once, so that an owner who looks sees it. */
const EVERY = 10_000;

const tally = new Tally();
const writes = new Seldom(EVERY);

async function write(env: Env): Promise<void> {
  try {
    await keepRefusals(env, tally.take());
  } catch (error) {
    // It only informs; the events themselves were answered for.
    report({ what: 'job', job: 'keep_refusals' }, error);
  }
}

/** How often each reason was given. */
export type Reasons = ReadonlyMap<RefusalReason, number>;

/** Counts what was refused of a store; `named` is the id that was sent where there is no such store. */
export function remember(
  c: Context<AppEnv>,
  { store, named = '' }: { store: Pick<StoreSettings, 'key'> | null; named?: string | undefined },
  reasons: Reasons,
  now: number,
): void {
  if (reasons.size === 0) return;
  const origin = originOf(c.req.header('origin') ?? null);
  // Of whose shop would it be?
  if (!store && !named && !origin) return;
  const whose = store ? { store: store.key, named: '' } : { store: 0, named };
  for (const [reason, count] of reasons)
    tally.note({ ...whose, reason, origin, first: now, last: now, count });
  c.executionCtx.waitUntil(writes.write(now, () => write(c.env)));
}
