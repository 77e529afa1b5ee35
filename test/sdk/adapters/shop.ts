// What a shop's page with an adapter beside the tag tells.
import type { Page } from 'playwright-core';
import type { Stage } from '../stage.ts';

/** What arrived of an event, but for what every event carries. */
export const told = (on: Stage): Record<string, unknown>[] =>
  on.collector.events
    .filter(({ type }) => type !== 'visit')
    .map((event) => {
      const { id, visit, at, url, referrer, engaged, ...rest } = event as unknown as Record<string, unknown>;
      return rest;
    });

/** Has the calls written down that adapters make from now on; the tracker still gets them. */
export const spy = (page: Page) =>
  page.evaluate(`{
    const { tundish } = window;
    window.calls = [];
    window.tundish = (...call) => { calls.push(call); tundish(...call) };
  }`);

export const callsOf = (page: Page) => page.evaluate('calls') as Promise<unknown[]>;
