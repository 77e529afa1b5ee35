// A data folder as a first start leaves it, made by the first test of a run that wants one and copied by all others.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where the folder of this run is; the files of a run are processes of their own, and share it by this. */
const PLACE = 'TUNDISH_TEST_PREPARED';

/** Vitest's global setup: names the place, and tidies up after the run. */
export function setup(): () => void {
  const place = mkdtempSync(`${tmpdir()}/tundish-prepared-`);
  process.env[PLACE] = place;
  return () => rmSync(place, { recursive: true, force: true });
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 100));

/** Copies the prepared data to `folder`; `make` fills the original, unless somebody else has or does. */
export async function copyPrepared(folder: string, make: (data: string) => Promise<void>): Promise<void> {
  const place = process.env[PLACE];
  // Outside of a test run there is nobody to share it with.
  if (!place) return;
  const [data, making, ready] = [`${place}/data`, `${place}/making`, `${place}/ready`];
  while (!existsSync(ready)) {
    try {
      mkdirSync(making);
    } catch {
      await moment();
      continue;
    }
    try {
      await make(data);
      mkdirSync(ready);
    } finally {
      // Who waits tries in its turn where this failed.
      if (!existsSync(ready)) rmSync(data, { recursive: true, force: true });
      rmSync(making, { recursive: true, force: true });
    }
  }
  cpSync(data, folder, { recursive: true });
}
