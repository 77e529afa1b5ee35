// What the files of a run share, as a file asks for it.

/** Names the address where it is had: Vitest's files run in processes of their own. */
export const PLACE = 'TUNDISH_TEST_SHARED';

/** A product that nobody may stop, and in which each file has stores of its own. */
export interface SharedProduct {
  url: string;
  data: string;
}

export interface Shared {
  /** Where the engine of a browser listens. */
  engine: string;
  /** Where a whole browser listens. */
  browser: string;
  /** The data folder that a first start leaves, to be copied, and what that start printed. */
  prepared: { data: string; output: string };
  product: SharedProduct;
}

/** Made when the first file asks for it; nothing outside of a test run. @throws with what went wrong in the making. */
export async function askShared<Name extends keyof Shared>(name: Name): Promise<Shared[Name] | undefined> {
  const place = process.env[PLACE];
  if (!place) return undefined;
  const response = await fetch(`${place}/${name}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Shared[Name];
}
