// npm run chaos: what becomes of events and answers when things go wrong, on this machine. See --help.
import { parseArgs } from 'node:util';
import { CommandError, runCommand } from '../../worker/cli/operator.ts';
import { type Line, loadNow, machine, tableOf } from '../bench/report.ts';
import { PARTS, type Report } from './parts.ts';

const HELP = `npm run chaos [-- --quick] [-- --only PART]

  --quick      the short form of each, some minutes in all
  --only PART  ${Object.keys(PARTS).join(', ')}
Everything runs on this machine, in folders that are removed again. Ends with 1 when something is lost, counted twice,
answered wrongly or over its budget.`;

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
});

await runCommand(async () => {
  if (options.help) return console.log(HELP);
  const parts = Object.entries(PARTS).filter(([name]) => options.only === undefined || options.only === name);
  if (parts.length === 0) throw new CommandError(`There is no part ${options.only}: see --help.`);
  const began = performance.now();
  const load = loadNow();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const lines: Line[] = [];
  const failures: string[] = [];
  for (const [name, run] of parts) {
    const say = (step: string) => console.error(`${String(seconds()).padStart(4)} s  ${name}: ${step}`);
    say('begins');
    const report = await run(options.quick ?? false, say).catch(
      (error: Error): Report => ({
        lines: [[name, '', '', '', 'FAILED']],
        failures: [`${name}: ${error.stack}`],
      }),
    );
    lines.push(...report.lines);
    failures.push(...report.failures);
  }
  console.log(`\n${tableOf(lines)}\n\n${machine(load)}; took ${seconds()} s.`);
  const over = lines.filter((line) => line[4] !== '' && line[4] !== 'ok').length;
  if (failures.length > 0) console.log(`\n${failures.slice(0, 50).join('\n')}`);
  if (failures.length > 0 || over > 0) {
    console.log(`\nFAILED: ${over} of ${lines.length} lines, ${failures.length} faults.`);
    process.exitCode = 1;
  } else console.log('Nothing lost, nothing twice, nothing answered wrongly.');
});
