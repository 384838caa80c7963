/**
 * Gates run by their own tools. Where a tool is missing its tests are skipped aloud; with GATES_REQUIRED=1, as in CI, that
 * is a failure.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { projectRoot } from '../../generator/files.ts';
import { caseNamed, goldenManifests } from '../chart/cases.ts';
import { pagePath, toolGates } from '../gates/all.ts';
import { exceptions } from '../gates/exceptions.ts';
import { conform, kubeconform } from '../gates/kubeconform.ts';
import { sectionsOf, summaryRow, toolSection, withoutTool } from '../gates/report.ts';
import type { ToolGate } from '../gates/tool.ts';
import { yamllint, yamllintGate } from '../gates/yamllint.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';

const test = suite('gate-tools');

/** The suite itself where the tool is here, else its `skip`. */
function testWith({ id, missing }: ToolGate) {
  const why = missing();
  if (why === undefined) return test;
  if (process.env.GATES_REQUIRED === '1') throw new Error(`GATES_REQUIRED=1, but ${why}.`);
  console.log(`SKIPPED ${id}: ${why}`);
  return test.skip;
}

for (const gate of toolGates)
  testWith(gate)(`${gate.id} finds nothing but what is excepted, as docs/gates.md says`, async () => {
    const section = toolSection(gate, await gate.run(), exceptions);
    assert.equal(
      section.results.flatMap(r => r.findings),
      [],
    );
    const used = section.results.flatMap(r => r.excepted.map(e => e.exception));
    for (const exception of exceptions.filter(e => e.gate === gate.id))
      assert.ok(used.includes(exception), `${exception.finding} is not needed`);
    const { texts, rows } = sectionsOf(readFileSync(join(projectRoot, pagePath), 'utf8'));
    const stale = 'docs/gates.md is stale: run node --import tsx scripts/gates.ts';
    assert.is(texts.get(gate.id), withoutTool(section.text), stale);
    assert.ok(rows.includes(summaryRow(section)), stale);
  });

const badYaml: readonly (readonly [rule: string, text: string, want: string])[] = [
  ['braces', 'a: { b: 1 }\n', 'stdin:1:5: [error] too many spaces inside braces (braces)'],
  ['colons', 'a:  1\n', 'stdin:1:4: [error] too many spaces after colon (colons)'],
  ['commas', 'a: [1,2]\n', 'stdin:1:7: [error] too few spaces after comma (commas)'],
  ['comments', '#a\nb: 1\n', 'stdin:1:2: [error] missing starting space in comment (comments)'],
  ['inline comments', 'a: 1 # b\n', 'stdin:1:6: [error] too few spaces before comment (comments)'],
  ['empty lines', 'a: 1\n\n\n\nb: 1\n', 'stdin:4:1: [error] too many blank lines (3 > 2) (empty-lines)'],
  ['hyphens', 'a:\n  -  1\n', 'stdin:2:5: [error] too many spaces after hyphen (hyphens)'],
  [
    'indentation',
    'a:\n  b: 1\nc:\n   d: 1\n',
    'stdin:4:4: [error] wrong indentation: expected 2 but found 3 (indentation)',
  ],
  ['repeated keys', 'a: 1\na: 2\n', 'stdin:2:1: [error] duplication of key "a" in mapping (key-duplicates)'],
  [
    'the end of a file',
    'a: 1',
    'stdin:1:5: [error] no new line character at the end of file (new-line-at-end-of-file)',
  ],
  ['ends of lines', 'a: 1\r\n', 'stdin:1:5: [error] wrong new line character: expected \\n (new-lines)'],
  ['spaces at the end', 'a: 1 \n', 'stdin:1:5: [error] trailing spaces (trailing-spaces)'],
  ['truthy words', 'a: yes\n', 'stdin:1:4: [warning] truthy value should be one of [false, true] (truthy)'],
];
for (const [rule, text, want] of badYaml)
  testWith(yamllintGate)(`yamllint finds a violation: ${rule}`, async () => {
    const found = await yamllint(['-'], text);
    assert.ok(found.includes(want), found.join('\n'));
  });

/** A rendered object, as far as it is spoilt. */
interface Tree extends Record<string, unknown> {
  readonly metadata: object;
  readonly spec: {
    readonly servers: readonly { readonly port: object }[];
    readonly template: { readonly spec: object };
  };
}
const badObjects: readonly (readonly [what: string, kind: string, change: (o: Tree) => void, want: RegExp])[] = [
  [
    'an unknown field of an operator',
    'KnativeServing',
    o => Object.assign(o.spec, { workload: [] }),
    /KnativeServing .*additional properties 'workload' not allowed/,
  ],
  [
    'a port that is text',
    'Gateway',
    o => Object.assign(o.spec.servers[0]!.port, { number: '443' }),
    /Gateway .*\/spec\/servers\/0\/port\/number.*got string, want integer/,
  ],
  [
    'an unknown field of Kubernetes',
    'Job',
    o => Object.assign(o.spec.template.spec, { restart: 'x' }),
    /Job .*additional properties 'restart' not allowed/,
  ],
  [
    'an unknown field of metadata',
    'ServiceMeshMemberRoll',
    o => Object.assign(o.metadata, { label: {} }),
    /additional properties 'label' not allowed/,
  ],
  ['null', 'Gateway', o => Object.assign(o.spec, { servers: null }), /Gateway .*got null, want array/],
  ['a kind that nobody knows', 'Job', o => Object.assign(o, { kind: 'Jobs' }), /Jobs .*could not find schema for Jobs/],
];
for (const [what, kind, change, want] of badObjects)
  testWith(kubeconform)(`kubeconform finds a violation: ${what}`, async () => {
    const good = goldenManifests(caseNamed('defaults')).find(({ object }) => object.kind === kind)!.object;
    const bad = structuredClone(good) as unknown as Tree;
    change(bad);
    assert.equal(await conform('v2', [], jsonForHelm(good)), { valid: 1, found: [] });
    const { valid, found } = await conform('v2', [], jsonForHelm(bad));
    assert.is(valid, 0);
    assert.is(found.length, 1);
    assert.match(found[0]!, want);
  });

test.run();
