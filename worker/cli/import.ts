// npm run import -- --store ID FILE.ndjson: history from a file into a running server; running it again resumes.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { EVENT_REASONS, type Rejection } from '../../sdk/event.ts';
import { sendAll } from './batches.ts';
import { complete, LineIds, readLine, VisitPlan } from './lines.ts';
import { CommandError, finishJobs, runCommand, target } from './operator.ts';

/** Lines held in memory at once between the file and the server. */
const CHUNK = 20_000;
/** Refused lines named one by one before only their number is told. */
const NAMED = 10;

const linesOf = (file: string) =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });

async function firstReading(file: string): Promise<{ plan: VisitPlan; lines: number }> {
  const plan = new VisitPlan();
  let lines = 0;
  for await (const text of linesOf(file)) {
    if (text.trim() === '') continue;
    lines++;
    const line = readLine(text);
    if (line) plan.learn(line);
  }
  return { plan, lines };
}

function report(rejected: (Rejection & { line: number | undefined })[]): void {
  rejected.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  for (const { line, reason } of rejected.slice(0, NAMED))
    console.error(`Line ${line ?? '?'}: ${EVENT_REASONS[reason]}`);
  if (rejected.length > NAMED) console.error(`… and ${rejected.length - NAMED} more.`);
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { store: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (!values.store || !file || positionals.length > 1)
    throw new CommandError('Say which store and which file: npm run import -- --store ID FILE.ndjson');
  if (!existsSync(file) || !statSync(file).isFile()) throw new CommandError(`There is no file ${file}.`);
  const to = target();
  const store = values.store;
  const { plan, lines } = await firstReading(file);
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value} of {total} lines | {duration_formatted}',
    hideCursor: true,
  });
  const began = performance.now();
  bar.start(lines, 0);
  const total = { accepted: 0, duplicate: 0 };
  const rejected: (Rejection & { line: number | undefined })[] = [];
  const ids = new LineIds();
  let number = 0;
  let finished = 0;
  let events: Record<string, unknown>[] = [];
  let lineOfId = new Map<unknown, number>();
  const flush = async () => {
    const answer = await sendAll(to, store, events, (count) => bar.update(finished + count));
    finished += events.length;
    total.accepted += answer.accepted;
    total.duplicate += answer.duplicate;
    for (const refusal of answer.rejected) rejected.push({ ...refusal, line: lineOfId.get(refusal.id) });
    events = [];
    lineOfId = new Map();
  };
  try {
    for await (const text of linesOf(file)) {
      number++;
      if (text.trim() === '') continue;
      const line = readLine(text);
      if (!line) {
        rejected.push({ id: null, reason: 'not_an_object', line: number });
        finished++;
        continue;
      }
      const event = complete(line, plan, ids);
      lineOfId.set(event.id, number);
      events.push(event);
      if (events.length === CHUNK) await flush();
    }
    if (events.length > 0) await flush();
  } finally {
    bar.stop();
  }
  const seconds = (performance.now() - began) / 1000;
  console.log('Adding up the days that are over …');
  await finishJobs(to);
  report(rejected);
  if (rejected.length > 0) process.exitCode = 1;
  console.log(
    `${lines} lines in ${seconds.toFixed(1)} s (${Math.round(lines / seconds)}/s): ${total.accepted} accepted, ${total.duplicate} already there, ${rejected.length} refused.`,
  );
});
