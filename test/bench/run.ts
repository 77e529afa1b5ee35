// npm run bench: what the product costs and how fast it is, on this machine, beside what others do. See --help.
import { parseArgs } from 'node:util';
import { CommandError, runCommand } from '../../worker/cli/operator.ts';
import { measureCollector } from './collector.ts';
import { type Loaded, measureSize } from './loaded.ts';
import {
  collectorLines,
  growthLines,
  type Line,
  loadNow,
  machine,
  sizeLines,
  tableOf,
  writingLines,
} from './report.ts';
import { measureWriting } from './writing.ts';

const HELP = `npm run bench [-- --quick | --large]

  --quick   up to 100 k events, under a minute
  --large   5 M events as well
Everything runs on this machine, in folders that are removed again. Timings over budget do not fail the run.`;

interface Plan {
  /** About so many events each, and how often each question is asked of them. */
  sizes: { events: number; repetitions: number }[];
  /** Places in `sizes` of two that differ by four times. */
  growth: [small: number, large: number];
  /** Requests with one event each, for the rows they write. */
  requests: number;
  collector: { rounds: number; seconds: number };
}

const QUICK: Plan = {
  sizes: [
    { events: 25_000, repetitions: 0 },
    { events: 100_000, repetitions: 30 },
  ],
  growth: [0, 1],
  requests: 150,
  collector: { rounds: 1, seconds: 1.5 },
};
const DEFAULT: Plan = {
  sizes: [
    { events: 100_000, repetitions: 40 },
    { events: 250_000, repetitions: 0 },
    { events: 1_000_000, repetitions: 40 },
  ],
  growth: [1, 2],
  requests: 400,
  collector: { rounds: 5, seconds: 4 },
};
const LARGE: Plan = { ...DEFAULT, sizes: [...DEFAULT.sizes, { events: 5_000_000, repetitions: 40 }] };

function planOf(): Plan | null {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean' }, large: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return null;
  if (values.quick && values.large) throw new CommandError('Choose --quick or --large.');
  return values.quick ? QUICK : values.large ? LARGE : DEFAULT;
}

await runCommand(async () => {
  const plan = planOf();
  if (!plan) return console.log(HELP);
  const began = performance.now();
  const load = loadNow();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const say = (step: string) => console.error(`${String(seconds()).padStart(4)} s  ${step}`);

  say('collector beside an empty Worker');
  const collector = await measureCollector(plan.collector.rounds, plan.collector.seconds);
  say('rows written');
  const writing = await measureWriting(plan.requests);
  const loaded: Loaded[] = [];
  for (const { events, repetitions } of plan.sizes)
    loaded.push(
      await measureSize(events, repetitions, (step) =>
        say(`${events.toLocaleString('en-US')} events: ${step}`),
      ),
    );

  const [small, large] = plan.growth.map((place) => loaded[place]);
  if (!small || !large) throw new Error('The plan compares sizes it does not load.');
  const lines: Line[] = [
    ...collectorLines(collector),
    ...writingLines(writing, large.sealedPerEvent),
    ...loaded.flatMap(sizeLines),
    ...growthLines(small, large),
  ];
  console.log(`\n${tableOf(lines)}\n\n${machine(load)}; took ${seconds()} s.`);
  console.log(
    'Medians; each question 30 times or more after a warm-up, fewer where that takes longer than 15 s.',
  );
});
