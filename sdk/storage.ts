// What the page may keep and send: the visitor's choice, and the only door to localStorage.

/** Whom this page measures for, and how far: the attributes of the tag. */
export interface Target {
  store: string;
  /** The collector: any address on its origin. */
  host: string;
  /** `required`: until consent is granted everything stays in the memory of the page. */
  consent?: string | undefined;
  /**
   * Who signals GPC or DNT is measured without storage, named by the collector for a day. `all`: so is everybody.
   * `ignore`: so is nobody. `off`: who signals is not measured.
   */
  privacy?: string | undefined;
}

/** The key of the visitor; all of ours begin with it. */
export const KEY = 'tundish';

export const GRANTED = 'granted';
export const DENIED = 'denied';

export let target: Target;

/** localStorage, or this page's memory where that is denied. */
export let device: Record<string, string> = {};

/**
 * What is kept of this visitor: on the device, or in this page's memory where that may not be used or is full. Read
 * it, delete from it; write with `keep`.
 */
export let box: Record<string, string>;

/** Whether nothing may be kept on the device, and the collector names the visitor. */
export let cookieless: boolean | undefined;

/** What the visitor has chosen, by now and in whichever tab; undefined before the start. */
export const choice = (): string | undefined => target && (device['tundish.c'] ?? target.consent ?? GRANTED);

export const keep = (key: string, value: string | number): void => {
  try {
    box[key] = value as string;
  } catch {
    // Full: go on in a copy. What other pages send of it a second time counts once.
    box = { ...box, [key]: value as string };
  }
};

/** The keys that begin like this, in their order. */
export const keysOf = (from: object, prefix: string): string[] =>
  Object.keys(from)
    .filter((key) => key.startsWith(prefix))
    .sort();

export const openStorage = (to: Target): void => {
  target = to;
  cookieless =
    to.privacy === 'all' ||
    (to.privacy !== 'ignore' &&
      // Of DNT's values '1' is greater, 'unspecified' and null are not.
      ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
        (navigator.doNotTrack as unknown as number) > 0));
  try {
    device = localStorage ?? device;
  } catch {
    // Denied.
  }
  box = cookieless ? {} : device;
};

/**
 * Follows the visitor: who does not grant is forgotten. Denial is no choice to keep, because nothing is stored before
 * consent; an opt-out (no word at all) stays for good.
 */
export const choose = (chosen: unknown): void => {
  if (chosen === GRANTED) device['tundish.c'] ??= chosen;
  else {
    for (const key of keysOf(device, KEY)) if (device[key] !== DENIED) delete device[key];
    box = {};
    target.consent = DENIED;
    if (!chosen) device['tundish.c'] = DENIED;
  }
};
