// The page's state: the address as a signal, and the few choices of a browser that no link should carry.
import { computed, effect, signal } from '@preact/signals';
import { type Address, oneOf, parseAddress, writeAddress } from './address.ts';
import { LANGUAGES, type Language } from './messages/parts.ts';
import { resolve } from './period.ts';

export const address = signal<Address>(parseAddress(new URL(location.href)));

addEventListener('popstate', () => {
  address.value = parseAddress(new URL(location.href));
});

/** A view's own choices go with it, and another store's with that store: what is filtered by may not exist there. */
const changed = (from: Address, change: Partial<Address>): Address => {
  const elsewhere = change.store !== undefined && change.store !== from.store;
  const left = elsewhere || (change.view !== undefined && change.view !== from.view);
  return {
    ...from,
    error: null,
    ...(left ? { own: {} } : {}),
    ...(elsewhere ? { filters: {} } : {}),
    ...change,
  };
};

/** Changes the state and the address. `replace` is for what the page decides by itself: back skips it. */
export const go = (change: Partial<Address>, how: 'push' | 'replace' = 'push'): void => {
  const next = changed(address.peek(), change);
  const text = writeAddress(next);
  if (text !== location.pathname + location.search) {
    if (how === 'push') history.pushState(null, '', text);
    else history.replaceState(null, '', text);
  }
  address.value = next;
};

/** The link that `go` would follow, for anchors that open in a new tab too. */
export const linkTo = (change: Partial<Address>): string => writeAddress(changed(address.value, change));

/** A choice that only one view has, kept in the address under its name there. */
export interface OwnChoice<T> {
  /** What is chosen; reading it makes a component render again when it changes. */
  readonly value: T;
  /** What an address would have to change for another choice: for links and for `go`. */
  to(value: T): Pick<Address, 'own'>;
}

/**
 * `write` gives null for the default, which is left out of the address; `read` makes it of a missing or senseless text.
 * The name must be none that all views share.
 */
export const choice = <T>(
  name: string,
  read: (text: string | null) => T,
  write: (value: T) => string | null,
): OwnChoice<T> => ({
  get value() {
    return read(address.value.own[name] ?? null);
  },
  to(value) {
    const { [name]: _, ...others } = address.peek().own;
    const text = write(value);
    return { own: text === null ? others : { ...others, [name]: text } };
  },
});

/** A choice of one of a closed list. */
export const choiceOf = <T extends string>(name: string, list: readonly T[], usual: T): OwnChoice<T> =>
  choice(
    name,
    (text) => oneOf(list, text, usual),
    (value) => (value === usual ? null : value),
  );

/** Ticks with the minute, so that "today" becomes the next day without a reload. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 60_000);

export const daysIn = (timezone: string) => resolve(address.value.period, timezone, now.value);

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Storage may be forbidden; the page then forgets, and works. */
export const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
export const remember = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the choice lasts as long as the page.
  }
};

const browserLanguage = (): Language =>
  navigator.languages
    .find((one) => /^(en|zh)\b/i.test(one))
    ?.toLowerCase()
    .startsWith('zh')
    ? 'zh-CN'
    : 'en';

export const language = signal<Language>(
  LANGUAGES.find((one) => one === recall('tundish.language')) ?? browserLanguage(),
);
export const theme = signal<Theme>(THEMES.find((one) => one === recall('tundish.theme')) ?? 'auto');

/** English is written in many ways: dates and numbers follow the reader's own, where the browser names one. */
export const locale = computed(() =>
  language.value === 'en' ? (navigator.languages.find((one) => /^en-/i.test(one)) ?? 'en') : language.value,
);

export const setLanguage = (next: Language): void => {
  language.value = next;
  remember('tundish.language', next);
};
export const setTheme = (next: Theme): void => {
  theme.value = next;
  remember('tundish.theme', next);
};

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(systemDark.matches);
systemDark.addEventListener('change', (event) => {
  systemIsDark.value = event.matches;
});

/** What is on the screen: canvases have to be told. */
export const dark = computed(() => (theme.value === 'auto' ? systemIsDark.value : theme.value === 'dark'));

effect(() => {
  document.documentElement.lang = language.value;
  document.documentElement.dataset.theme = dark.value ? 'dark' : 'light';
});
