// The list of findings is one list: the check's, and the answer's that is described to everybody.
import { expect, test } from 'vitest';
import { pageCheck } from '../../worker/api/arriving.ts';
import { CAUSES } from '../../worker/check/findings.ts';

test('the answer knows each finding, and no other', () => {
  const described = pageCheck.shape.findings.element.options.map(({ shape }) => shape.cause.value);
  expect(described).toEqual(expect.arrayContaining([...CAUSES]));
  expect(described).toHaveLength(CAUSES.length);
});
