// npm run proof: that nothing is lost and nothing counts twice, in real Chromium against the real Worker. See --help.
import { arch, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { CommandError, runCommand } from '../../worker/cli/operator.ts';
import { CASES } from './cases/index.ts';
import { stand } from './stand.ts';
import { startup } from './startup.ts';
import { AWAY, COLUMNS, fill } from './table.ts';

const HELP = `npm run proof [-- --runs N] [-- --only NAME]

  --runs N     purchases in each cell of the delivery table, 50 without it
  --only NAME  one part: delivery, faults or startup; or what has NAME in its title
Ends with 1 when an event was lost or counted twice.`;

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '50' }, only: { type: 'string' }, help: { type: 'boolean' } },
});

const isWanted = (part: string, title: string): boolean =>
  options.only === undefined || options.only === part || title.includes(options.only);

function print(head: string[], rows: string[][]): void {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  console.log(['', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}

await runCommand(async () => {
  if (options.help) return console.log(HELP);
  const runs = Number(options.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new CommandError('--runs must be a whole number from 1.');
  const columns = COLUMNS.filter(({ title }) => isWanted('delivery', title));
  const cases = Object.entries(CASES).filter(([title]) => isWanted('faults', title));
  const measures = isWanted('startup', 'startup');
  if (!columns.length && !cases.length && !measures)
    throw new CommandError(`Nothing is called ${options.only}.`);

  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const say = (step: string) => console.error(`${String(seconds()).padStart(4)} s  ${step}`);
  const failures: string[] = [];
  const on = await stand();
  try {
    const cells: string[][] = [];
    for (const column of columns) {
      say(`delivery: ${column.title}`);
      const { delivered, once, failed } = await fill(on, column, runs);
      cells.push([column.title, `${delivered} of ${runs}`, once ? 'yes' : 'NO']);
      failures.push(...failed);
      if (delivered < runs || !once) failures.push(`${column.title}: ${delivered} of ${runs}, once: ${once}`);
    }
    if (cells.length)
      print([`one purchase a run, collector ${AWAY} ms away`, 'delivered', 'each counted once'], cells);

    const outcomes: string[][] = [];
    for (const [title, run] of cases) {
      say(`faults: ${title}`);
      try {
        const { sent, note = '' } = await run(on);
        outcomes.push([title, String(sent), String(sent), note]);
      } catch (error) {
        failures.push(`${title}: ${(error as Error).message}`);
        outcomes.push([title, '', '', 'FAILED']);
      }
    }
    if (outcomes.length) print(['fault', 'events sent', 'stored, each once', ''], outcomes);

    if (measures) {
      const costs = await startup(on, say);
      const rows = costs.map(({ title, passed, worked }) => [title, worked.toFixed(1), passed.toFixed(1)]);
      print(['main thread at start-up, median of 20 loads', 'processor, ms', 'by the clock, ms'], rows);
    }
    failures.push(...on.errors.map((error) => `An error in a shop’s page: ${error}`));
  } finally {
    await on.close();
  }
  const cores = cpus();
  console.log(
    `\nNode ${process.version}, ${arch()}, ${cores.length} cores of ${cores[0]?.model}; took ${seconds()} s.`,
  );
  console.log(
    failures.length ? `\n${failures.join('\n')}\n\nFAILED` : 'Nothing lost, nothing counted twice.',
  );
  if (failures.length) process.exitCode = 1;
});
