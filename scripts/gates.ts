/**
 * Usage: node --import tsx scripts/gates.ts
 * Runs every gate on the charts and writes docs/gates.md. Needs both Helms, yamllint, kubeconform (test/cluster/build.ts
 * kubeconform) and ../shared/crds; without one of them it says which, writes nothing, and ends with status 3. 1: a gate
 * has findings, which the page names.
 */
import { join } from 'node:path';
import { projectRoot } from '../generator/files.ts';
import { writeWhole } from '../generator/output/replace.ts';
import { pagePath, toolGates } from '../test/gates/all.ts';
import { exceptions } from '../test/gates/exceptions.ts';
import { gates } from '../test/gates/gates.ts';
import { page, ruleSection, type Section, toolSection } from '../test/gates/report.ts';
import { subjects } from '../test/gates/subject.ts';

async function write(): Promise<void> {
  const charts = await subjects();
  const sections: Section[] = [];
  for (const gate of toolGates) sections.push(toolSection(gate, await gate.run(), exceptions));
  sections.push(...gates.map(gate => ruleSection(gate, charts, exceptions)));
  writeWhole(join(projectRoot, pagePath), page(sections));
  for (const { row } of sections) console.log(row.join(': '));
  if (sections.some(({ results }) => results.some(r => r.findings.length > 0))) process.exitCode = 1;
}

const missing = toolGates.flatMap(gate => gate.missing() ?? []);
if (missing.length === 0) await write();
else {
  console.error(missing.map(why => `docs/gates.md was not written: ${why}.`).join('\n'));
  process.exitCode = 3;
}
