// Content Security Policy, as far as it decides whether the tag's script may load and send. By the CSP 3 standard.

/** Directives in small letters with what they allow; the first of a name counts. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** Reads one header or meta text, in which several policies may be joined by commas: all of them hold at once. */
export function parsePolicies(text: string): Policy[] {
  return text
    .split(',')
    .map((policy) => {
      const directives = new Map<string, readonly string[]>();
      for (const directive of policy.split(';')) {
        const [name, ...sources] = directive.trim().split(/[\t\n\f\r ]+/);
        const known = name?.toLowerCase();
        if (known && !directives.has(known)) directives.set(known, sources);
      }
      return directives;
    })
    .filter((directives) => directives.size > 0);
}

/** What a page would like to do. */
export interface Wish {
  /** The page itself. */
  page: URL;
  /** What it asks for. */
  url: URL;
  /** Of the script's element. */
  nonce?: string | null;
  integrity?: string | null;
}

const DIRECTIVES = {
  script: ['script-src-elem', 'script-src', 'default-src'],
  connect: ['connect-src', 'default-src'],
} as const;

const PORTS: Record<string, string> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443' };
const portOf = ({ port, protocol }: URL) => port || PORTS[protocol];

/** A source that says http means https, too. */
const schemeMatches = (said: string, { protocol }: URL) =>
  said === protocol || (said === 'http:' && protocol === 'https:');

const HOST = /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*]+|\[[^\]]+\])(?::(\d+|\*))?(\/.*)?$/i;

function pathMatches(said: string | undefined, path: string): boolean {
  if (!said || said === '/') return true;
  return said.endsWith('/') ? path.startsWith(said) : path === said;
}

function hostMatches(source: string, { page, url }: Wish): boolean {
  const [, scheme, host = '', port, path] = HOST.exec(source) ?? [];
  if (!host || !schemeMatches(scheme ? `${scheme.toLowerCase()}:` : page.protocol, url)) return false;
  const name = host.toLowerCase();
  // *.shop.example stands for what is below it, not for itself.
  if (name.startsWith('*') ? !url.hostname.endsWith(name.slice(1)) : url.hostname !== name) return false;
  const asked = portOf(url);
  const portFits =
    port === undefined
      ? asked === PORTS[url.protocol]
      : port === '*' || port === asked || (port === '80' && url.protocol === 'https:' && asked === '443');
  return portFits && pathMatches(path, url.pathname);
}

function selfMatches({ page, url }: Wish): boolean {
  if (url.origin === page.origin) return true;
  return (
    url.hostname === page.hostname &&
    schemeMatches(page.protocol, url) &&
    portOf(page) === PORTS[page.protocol] &&
    portOf(url) === PORTS[url.protocol]
  );
}

/** Whether a source that names a place, not a script, covers what is asked for. */
function sourceMatches(source: string, wish: Wish): boolean {
  if (source === '*') return /^(https?|wss?):$/.test(wish.url.protocol);
  if (/^'self'$/i.test(source)) return selfMatches(wish);
  if (source.startsWith("'")) return false;
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return schemeMatches(source.toLowerCase(), wish.url);
  return hostMatches(source, wish);
}

const isHash = (text: string) => /^sha(256|384|512)-/i.test(text);

/** A nonce, or a list that holds each hash of the element's integrity. The hash of what is at the address is unknown. */
function elementMatches(sources: readonly string[], { nonce, integrity }: Wish): boolean {
  if (nonce && sources.includes(`'nonce-${nonce}'`)) return true;
  const hashes = (integrity ?? '').split(/\s+/).filter(isHash);
  return hashes.length > 0 && hashes.every((hash) => sources.includes(`'${hash}'`));
}

/** The directive that forbids it, and whether naming the address there would help; null where it is allowed. */
export interface Ban {
  directive: string;
  /** The list trusts nonces and hashes only. */
  strict: boolean;
}

/** What in a policy forbids a script to load, or the page to send. */
export function banIn(policy: Policy, what: keyof typeof DIRECTIVES, wish: Wish): Ban | null {
  const directive = DIRECTIVES[what].find((name) => policy.has(name));
  const sources = directive && policy.get(directive);
  if (!directive || !sources) return null;
  if (what === 'script' && elementMatches(sources, wish)) return null;
  // Then what stands in the page's own text needs a nonce or a hash, and places are not looked at.
  const strict = what === 'script' && sources.some((source) => /^'strict-dynamic'$/i.test(source));
  if (!strict && sources.some((source) => sourceMatches(source, wish))) return null;
  return { directive, strict };
}
