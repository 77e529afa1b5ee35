// What the database file of a server holds, read beside it: ids, derived tables, rows of every table.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What is derived from events, each table in the order of its key. */
const DERIVED = { visits: 'day, visitor, visit', orders: 'order_id', refunds: 'order_id, at' };

/** What a refusal may leave: that it was one, for the owner to read, and when a token was used. */
const NOTES = new Set(['refusals']);

export class Ledger {
  readonly #database: DatabaseSync;

  /** @param data the folder in which D1 keeps its files. */
  constructor(data: string) {
    const file = readdirSync(data, { recursive: true, encoding: 'utf8' }).find(
      (name) => name.endsWith('.sqlite') && !name.includes('metadata'),
    );
    if (!file) throw new Error(`There is no database in ${data}.`);
    this.#database = new DatabaseSync(join(data, file), { timeout: 10_000 });
  }

  #all<T>(text: string, ...values: (string | number)[]): T[] {
    return this.#database.prepare(text).all(...values) as T[];
  }

  #key = (store: string) =>
    this.#all<{ key: number }>('select key from stores where id = ?', store)[0]?.key ?? -1;

  /** Ids of all events of a store, each as often as it is there. */
  ids = (store: string): string[] =>
    this.#all<{ id: string }>('select id from events where store = ?', this.#key(store)).map(({ id }) => id);

  /** The derived tables of a store as one text. */
  derived(store: string): string {
    const tables = Object.entries(DERIVED).map(([table, order]) =>
      this.#all(`select * from ${table} where store = ? order by ${order}`, this.#key(store)),
    );
    return JSON.stringify(tables, (_, value) => (value instanceof Uint8Array ? [...value] : value));
  }

  /** Forgets what is derived, as if it had never been; only while no server runs. */
  forgetDerived(store: string): void {
    for (const table of Object.keys(DERIVED))
      this.#database.prepare(`delete from ${table} where store = ?`).run(this.#key(store));
  }

  /** A number that changes when somebody else commits. */
  version = (): number =>
    this.#all<{ data_version: number }>('pragma data_version')[0]?.data_version ?? Number.NaN;

  /** Rows of each table but the notes. */
  counts(): Record<string, number> {
    const names = this.#all<{ name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_cf%' escape '\\'",
    );
    return Object.fromEntries(
      names
        .filter(({ name }) => !NOTES.has(name))
        .map(({ name }) => [
          name,
          this.#all<{ n: number }>(`select count(*) as n from "${name}"`)[0]?.n ?? 0,
        ]),
    );
  }

  close(): void {
    this.#database.close();
  }
}
