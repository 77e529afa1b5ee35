// All fault cases, by the words they are printed with.
import type { Case } from './case.ts';
import { crowded } from './crowded.ts';
import { clockAhead, clockBehind, clockSetRight, storageDenied, storageFull } from './device.ts';
import { killed } from './killed.ts';
import { answerLost, offline, tooMany, unavailable } from './line.ts';
import { backForward, haste, prerender, singlePage, threeTabs } from './pages.ts';
import { thanks, thanksInGa4 } from './thanks.ts';

export const CASES = {
  'browser killed in mid-send': killed,
  'offline, 1,000 events, online': offline,
  'three tabs at once': threeTabs,
  'storage denied': storageDenied,
  'storage full': storageFull,
  'clock ten years ahead': clockAhead,
  'clock ten years behind': clockBehind,
  'clock set right after an outage': clockSetRight,
  'back/forward cache': backForward,
  prerender,
  'answer lost after commit': answerLost,
  '429 with Retry-After': tooMany,
  '503 with Retry-After': unavailable,
  '10 navigations in one second': haste,
  'single page, hash and history routes': singlePage,
  '20 other scripts, strict policy': crowded,
  'thank-you page reloaded 100 times in three tabs': thanks(100),
  'the same, with the GA4 adapter': thanksInGa4(100),
  'the same, confirmed by the server': thanks(100, true),
} satisfies Record<string, Case>;
