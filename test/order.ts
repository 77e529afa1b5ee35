// Which files run beside which: one that mostly waits beside two that mostly work, and none that is long at the end.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The script's tests wait for the pauses of its sender. */
const waits = ({ moduleId }: TestSpecification) => moduleId.includes('/test/sdk/');
/** Units that start servers of their own take longer than all others together. */
const serves = ({ moduleId }: TestSpecification) => /\/test\/(chaos|cli|flow)\//.test(moduleId);

function parted<Each>(all: readonly Each[], first: (each: Each) => boolean): [Each[], Each[]] {
  return [all.filter(first), all.filter((each) => !first(each))];
}

/** One of the first, one of the second, and so on; what one has more comes last. */
const inTurn = <Each>(first: readonly Each[], second: readonly Each[]): Each[] =>
  Array.from({ length: Math.max(first.length, second.length) }, (_, n) => [
    ...first.slice(n, n + 1),
    ...second.slice(n, n + 1),
  ]).flat();

export default class extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [browser, others] = parted(sorted, ({ project }) => project.name === 'browser');
    const [servers, rest] = parted(others, serves);
    const [waiting, working] = parted(browser, waits);
    return [...servers, ...inTurn(working, waiting), ...rest];
  }
}
