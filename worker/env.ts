// The Worker's bindings and its configuration; says what is missing instead of starting half secured.
import type { D1Database, Fetcher } from '@cloudflare/workers-types';

export interface Env {
  DB: D1Database;
  ASSETS: Fetcher;
  /** Signs sessions and lets the operator's commands in. At least 32 characters. */
  TUNDISH_SECRET?: string;
}

export const SECRET_LENGTH = 32;

export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/** @throws {ConfigurationError} when the secret is missing or too short to be one. */
export function secretOf(env: Env): string {
  const secret = env.TUNDISH_SECRET;
  if (!secret || secret.length < SECRET_LENGTH)
    throw new ConfigurationError(
      `The secret TUNDISH_SECRET is missing or shorter than ${SECRET_LENGTH} characters; set it with: npx wrangler secret put TUNDISH_SECRET`,
    );
  return secret;
}
