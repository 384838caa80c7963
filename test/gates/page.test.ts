/** docs/gates.md is what the gates say now, and README names each. What real tools said: test/gate-tools. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { projectRoot } from '../../generator/files.ts';
import { gateIds, pagePath } from './all.ts';
import { exceptions } from './exceptions.ts';
import type { Gate } from './gate.ts';
import { gates } from './gates.ts';
import { page, ruleSection, sectionsOf, summaryRow, toolSection } from './report.ts';
import { subjects } from './subject.ts';

const test = suite('gates/page');
const charts = await subjects();
const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const stale = 'docs/gates.md is stale: run node --import tsx scripts/gates.ts';

for (const gate of gates)
  test(`the page is fresh: ${gate.id}`, () => {
    const section = ruleSection(gate, charts, exceptions);
    const { texts, rows } = sectionsOf(read(pagePath));
    assert.is(texts.get(gate.id), section.text, stale);
    assert.ok(rows.includes(summaryRow(section)), stale);
  });

test('page and README have every gate, and no other', () => {
  assert.equal([...sectionsOf(read(pagePath)).texts.keys()], gateIds);
  const linked = [...read('README.md').matchAll(/\(docs\/gates\.md#([-\w]+)\)/g)].map(found => found[1]);
  assert.equal(linked, gateIds);
});

const gate: Gate = {
  ...{ id: 'x', title: 'X', source: 'https://example.com', looked: 'All.' },
  checks: [{ id: 'a', rule: 'a | b', find: () => ['bad', 'known'], violation: s => s, found: 'bad' }],
};
test('a finding is written down, an exception with its reason', () => {
  const known = { gate: 'x', check: 'a', finding: /known/, reason: 'For this reason.' };
  const { text, row } = ruleSection(gate, charts.slice(0, 1), [known]);
  assert.equal(row, ['x', 'a check written from the published rule', '1 check: FAILED: 1 finding']);
  assert.match(text, '| a | a \\| b | FAILED: 1 finding |');
  assert.match(text, `| a | ${charts[0]!.name} | \`known\` | For this reason. |`);
  assert.match(text, `\n    a: ${charts[0]!.name}: bad`);
});
test('the version of a tool is on the page, and makes it no staler', () => {
  const tool = { ...gate, missing: () => undefined, run: () => Promise.reject(new Error('not run')) };
  const section = toolSection(tool, { tool: 'T 1.2', ran: 'All.', found: new Map([['c', []]]) }, []);
  assert.match(section.text, '- Tool: T 1.2\n- Run: All.\n- Result: ok');
  assert.is(sectionsOf(page([section])).texts.get('x'), section.text.replace('- Tool: T 1.2\n', ''));
});

test.run();
