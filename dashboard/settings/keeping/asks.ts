// What the sections about keeping ask of the server.
import { answerTo, getFile, goodOf, type Store, v1 } from '../../api.ts';

/** Erases a visitor, however many events there are. @returns how many there were. */
export const eraseVisitor = async (store: string, id: string): Promise<number> => {
  let events = 0;
  for (;;) {
    const step = await answerTo(v1.visitors[':id'].$delete({ param: { id }, query: { store } }));
    events += step.events;
    if (step.done) return events;
  }
};

/** Where a browser downloads what is kept of a visitor. */
export const visitorFile = (store: string, id: string): string =>
  `/v1/visitors/${encodeURIComponent(id)}/export?${new URLSearchParams({ store })}`;

export const deleteStore = ({ id }: Store, confirm: string) =>
  goodOf(v1.stores[':id'].$delete({ param: { id }, query: { confirm } }));

/** Lines of one request of the export. */
const LINES = 20_000;

/**
 * All events of a store as one file, a request after the other. The browser keeps the parts on its disk where they are
 * large. `onLines` hears how many there are so far, and says whether to go on.
 */
export const exportEvents = async (
  store: string,
  onLines: (lines: number) => boolean,
): Promise<Blob | null> => {
  let whole = new Blob();
  let lines = 0;
  for (let cursor: string | undefined; ; ) {
    const query = new URLSearchParams({ store, limit: String(LINES), ...(cursor ? { cursor } : {}) });
    const text = await (await getFile(`/v1/export?${query}`)).text();
    if (text === '') return whole;
    const some = text.trimEnd().split('\n');
    lines += some.length;
    whole = new Blob([whole, text], { type: 'application/x-ndjson' });
    cursor = (JSON.parse(some.at(-1) ?? '{}') as { id: string }).id;
    if (!onLines(lines)) return null;
  }
};
