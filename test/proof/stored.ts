// What a store's `events` hold, read from the database file of the running Worker; attention is left out, which is
// measured and not told.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

interface Row {
  type: string;
  path: string | null;
  at: number;
  name: string | null;
  order: string | null;
}

export interface Stored {
  /** Each event in a word or two, such as `visit /a`, `custom n7`, `order A-1`; sorted. */
  events(store: string): string[];
  /** Their believed times. */
  times(store: string): number[];
  close(): void;
}

const named = ({ type, path, name, order }: Row): string =>
  `${type} ${order ?? name ?? (type === 'visit' ? path : '')}`.trim();

/** @param data the folder in which D1 keeps its files. */
export function openStored(data: string): Stored {
  const file = readdirSync(data, { recursive: true, encoding: 'utf8' }).find(
    (name) => name.endsWith('.sqlite') && !name.includes('metadata'),
  );
  if (!file) throw new Error(`There is no database in ${data}.`);
  const database = new DatabaseSync(join(data, file), { readOnly: true, timeout: 10_000 });
  const select = database.prepare(
    `select type, path, at, data->>'name' as name, order_id as "order" from events
     where store = (select key from stores where id = ?)
       and type <> 'engaged'`,
  );
  const rows = (store: string) => select.all(store) as unknown as Row[];
  return {
    events: (store) => rows(store).map(named).sort(),
    times: (store) => rows(store).map(({ at }) => at),
    close: () => database.close(),
  };
}
