// How the commands reach the server: by its address and the operator's secret, never by its database.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../../sdk/event.ts';

export const DEFAULT_PORT = 8787;

/** Whom a sign-in link is for when nobody is named. */
export const OWNER = 'owner@tundish.local';

/** Where this machine keeps its database, secret and address: TUNDISH_DATA, or .data beside the README. */
export const dataFolder = () =>
  process.env.TUNDISH_DATA || fileURLToPath(new URL('../../.data', import.meta.url));

const secretFile = () => `${dataFolder()}/secret`;
const addressFile = () => `${dataFolder()}/address`;

/** This machine's secret, made on first use and readable by its owner alone. */
export function localSecret(): string {
  if (!existsSync(secretFile())) {
    mkdirSync(dataFolder(), { recursive: true });
    writeFileSync(secretFile(), randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(secretFile(), 'utf8').trim();
}

/** Says where the server runs, for the commands; null when it stops. */
export function announce(url: string | null): void {
  if (url === null) rmSync(addressFile(), { force: true });
  else writeFileSync(addressFile(), url);
}

/** A sentence for the person at the terminal. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** A server and what lets the operator in. */
export interface Target {
  url: string;
  secret: string;
}

/** TUNDISH_URL and TUNDISH_SECRET for a server elsewhere, else the one on this machine. */
export function target(): Target {
  const { TUNDISH_URL, TUNDISH_SECRET } = process.env;
  if (TUNDISH_URL) {
    if (!TUNDISH_SECRET) throw new CommandError('TUNDISH_URL is set: set TUNDISH_SECRET too.');
    return { url: TUNDISH_URL.replace(/\/$/, ''), secret: TUNDISH_SECRET };
  }
  if (!existsSync(addressFile()) || !existsSync(secretFile()))
    throw new CommandError(
      `No server runs with the data in ${dataFolder()}. Start it with: npm start (and give both the same TUNDISH_DATA, if any)`,
    );
  return { url: readFileSync(addressFile(), 'utf8').trim(), secret: localSecret() };
}

/** Tries of one request while the server says that it is busy. */
const TRIES = 5;

/** Calls the server. @throws {CommandError} with the server's own sentence when it refuses. */
export async function call<T>(
  { url, secret }: Target,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new CommandError(
        `No server answers at ${url}. ${process.env.TUNDISH_URL ? 'Look at TUNDISH_URL.' : 'Start it with: npm start'}`,
      );
    });
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    if (response.status === 401)
      throw new CommandError('The server has another secret; look at TUNDISH_SECRET.');
    const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
    if (response.status !== 503 || attempt === TRIES)
      throw new CommandError(problem?.detail ?? `The server answered ${response.status}.`);
    await new Promise((resolve) => setTimeout(resolve, 1000 * attempt));
  }
}

/** Sends events to a store by the import route, which answers as the collector does. */
export const sendImport = (to: Target, store: string, events: readonly unknown[]) =>
  call<Answer>(to, 'POST', '/v1/operator/import', { store, events });

/** Has the server do now what its clock would start: recounts, and days that are over to be sealed. */
export async function finishJobs(to: Target): Promise<void> {
  while ((await call<{ more: boolean }>(to, 'POST', '/v1/operator/jobs')).more);
}

/** Runs a command; errors that are sentences are printed as such. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (error instanceof CommandError || code?.startsWith('ERR_PARSE_ARGS'))
      console.error((error as Error).message);
    else console.error(error);
    process.exitCode = 1;
  }
}
