/** Every request of the matrix gets its answer, and every part of every policy is needed for that. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decide } from './evaluator.ts';
import { survivors, wrongRows } from './matrix.ts';
import type { Mutant } from './mutants.ts';
import { less, partRows } from './rows/parts.ts';
import { charts, documented, policiesIn, type Subject, withReplies } from './subjects.ts';
import { type Mode, mesh, modes } from './world.ts';

const test = suite('authorization: matrix');
const words = ({ generation, tenants }: Mode) => `${generation}, tenants: ${tenants}`;

for (const subject of [documented, withReplies, ...charts])
  for (const mode of modes)
    test(`${subject.title}, ${words(mode)}: each request gets its answer`, () => {
      assert.is(wrongRows(policiesIn(subject, mode), mode).join('\n'), '');
    });

/** Parts that no request needs, and why policies have them. */
const redundant: readonly (readonly [why: string, is: (mutant: Mutant) => boolean])[] = [
  [
    'namespaces beside principals: the principals are of that namespace alone; the documented policies name both',
    ({ what, changed }) => {
      const [, rule, source] = / rule (\d+): source (\d+): namespaces$/.exec(what) ?? [];
      const left = changed?.rules[Number(rule) - 1]?.from[Number(source) - 1]?.principals;
      return left?.every(principal => principal.startsWith(`${mesh.trustDomain}/ns/knative-eventing/sa/`)) ?? false;
    },
  ],
];
function needless(subject: Subject, mode: Mode): string[] {
  const left = survivors(policiesIn(subject, mode), mode);
  return left.filter(mutant => !redundant.some(([, is]) => is(mutant))).map(({ what }) => what);
}
for (const subject of [documented, ...charts])
  for (const mode of modes)
    test(`${subject.title}, ${words(mode)}: without any one part some request gets another answer`, () => {
      assert.is(needless(subject, mode).join('\n'), '');
    });

test('each part that is called redundant is one of the documented policies', () => {
  const mode: Mode = { generation: 'v3', tenants: 'list' };
  const left = survivors(policiesIn(documented, mode), mode);
  for (const [why, is] of redundant) assert.ok(left.some(is), why);
});

for (const subject of [documented, withReplies, ...charts])
  for (const [index, [without, parts]] of less.entries())
    for (const mode of modes.filter(({ tenants }) => tenants !== 'none'))
      test(`${subject.title}, ${words(mode)}, without ${without}`, () => {
        const policies = policiesIn(subject, mode, parts);
        for (const [title, call, want] of partRows)
          assert.is(decide(policies, mesh.namespace, call).answer, want[index], title);
      });

test.run();
