// Web addresses as people type them, made into origins as browsers send them.

export interface Origins {
  origins: string[];
  /** The first line that is no address, as it was typed. */
  bad: string | null;
}

/** Hosts that browsers let live without a certificate. */
const LOCAL = /^(localhost|127\.|\[::1\])/;

const originOf = (text: string): string | null => {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text)
    ? text
    : `${LOCAL.test(text) ? 'http' : 'https'}://${text}`;
  if (!URL.canParse(whole)) return null;
  const { protocol, origin, hostname } = new URL(whole);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  // A single word is a slip, unless it is this machine.
  return hostname.includes('.') || LOCAL.test(hostname) ? origin : null;
};

/** A path, a slash at the end or a missing https:// is no reason to refuse anybody. */
export const readOrigins = (text: string): Origins => {
  const lines = text
    .split(/[\n,，、;；]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line) => ({ line, origin: originOf(line) }));
  return {
    origins: [...new Set(read.flatMap(({ origin }) => origin ?? []))],
    bad: read.find(({ origin }) => origin === null)?.line ?? null,
  };
};
