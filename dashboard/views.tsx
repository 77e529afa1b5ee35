// Which component shows which view. The overview comes with the page; the others travel when they are first asked for,
// each with the texts that it alone needs.
import type { ComponentType } from 'preact';
import type { View } from './address.ts';
import type { Store } from './api.ts';
import type { Part } from './messages/parts.ts';
import { loadTexts } from './messages/texts.ts';
import { Overview } from './overview/overview.tsx';
import { later } from './parts/later.tsx';

type StoreView = ComponentType<{ store: Store }>;

const withTexts = (parts: readonly Part[], load: () => Promise<StoreView>): StoreView =>
  later(async () => {
    const [view] = await Promise.all([load(), ...parts.map(loadTexts)]);
    return view;
  });

/** Those of one store, in the order of the navigation. */
export const STORE_VIEWS: Record<Exclude<View, 'new-store'>, StoreView> = {
  overview: Overview,
  channels: withTexts(['channels', 'tables'], async () => (await import('./channels/channels.tsx')).Channels),
  pages: withTexts(['pages', 'tables'], async () => (await import('./pages/pages.tsx')).Pages),
  people: withTexts(['people', 'words'], async () => (await import('./people/people.tsx')).People),
  live: withTexts(['live', 'words'], async () => (await import('./live/live.tsx')).Live),
  funnels: withTexts(['funnels', 'words'], async () => (await import('./funnels/funnels.tsx')).Funnels),
  'set-up': withTexts(['set-up', 'words'], async () => (await import('./set-up/set-up.tsx')).SetUp),
  settings: withTexts(
    ['settings', 'access', 'keeping', 'words'],
    async () => (await import('./settings/settings.tsx')).Settings,
  ),
};

export const NewStoreForm = later(async () => (await import('./set-up/new-store.tsx')).NewStoreForm);
export const SignIn = later(async () => (await import('./sign-in.tsx')).SignIn);
export const Sheet = later(async () => (await import('./shortcuts/sheet.tsx')).Sheet);
