// A shop's page with an adapter beside the tag: from a file of its own, as it ships.
import { beforeAll, beforeEach } from 'vitest';
import type { Stage } from '../stage.ts';
import { type Adapter, buildAdapter } from './built.ts';

/** Serves the adapter on every page of the stage; returns the tag and it, in the sequence of the tracker's loader. */
export function serve(on: Stage, adapter: Adapter): string {
  let code: string;
  beforeAll(async () => {
    code = await buildAdapter(adapter);
  });
  beforeEach(() =>
    on.context.route(`**/t.${adapter}.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: code }),
    ),
  );
  return `{tag}<script defer src="/t.${adapter}.js"></script>`;
}

/** What arrived of an event, but for what every event carries. */
export const told = (on: Stage): Record<string, unknown>[] =>
  on.collector.events
    .filter(({ type }) => type !== 'visit')
    .map((event) => {
      const { id, visit, at, url, referrer, engaged, auto, ...rest } = event as unknown as Record<
        string,
        unknown
      >;
      return rest;
    });
