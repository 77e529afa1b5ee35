// The files that a shop's page may load from the collector, and the entry that each is built from.

/** `t.js` is the script tag; it loads the others in turn, `t.NAME.js` for a NAME in `data-adapters`. */
export const FILES = {
  't.js': 'browser.ts',
  't.ga4.js': 'adapters/ga4/index.ts',
  't.chat.js': 'adapters/chat/index.ts',
  't.forms.js': 'adapters/forms/index.ts',
  't.debug.js': 'debug/index.ts',
} as const;
export type FileName = keyof typeof FILES;
