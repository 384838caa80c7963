/** docs/gates.md: each gate, what was run, and what came of it. Pure: same results, same text. */
import type { Exception, Gate, Result } from './gate.ts';
import { judge, run } from './gate.ts';
import type { Subject } from './subject.ts';
import type { ToolGate, ToolRun } from './tool.ts';

/** One gate on the page. */
export interface Section {
  readonly id: string;
  /** Without a heading. */
  readonly text: string;
  /** Row of the table on top. */
  readonly row: readonly [gate: string, by: string, result: string];
  readonly results: readonly Result[];
}

const byRule = 'a check written from the published rule';
const cell = (text: string) => text.replaceAll('|', '\\|');
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');
const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

function exceptionsTable(results: readonly Result[]): string[] {
  const all = results.flatMap(r => r.excepted.map(({ finding, exception }) => ({ ...r, finding, exception })));
  if (all.length === 0) return [];
  const rows = [...new Set(all.map(e => e.exception))].map(exception => {
    const own = all.filter(e => e.exception === exception);
    const charts = [...new Set(own.map(e => e.chart))].join(', ');
    return [exception.check, charts, [...new Set(own.map(e => `\`${e.finding}\``))].join(', '), exception.reason];
  });
  return [table(['Exception to', 'In', 'Finding', 'Reason'], rows)];
}

/** `ok`, or what is left after the exceptions. */
function verdict(results: readonly Result[]): string {
  const [found, excepted] = [results.flatMap(r => r.findings), results.flatMap(r => r.excepted)];
  if (found.length > 0) return `FAILED: ${count(found.length, 'finding')}`;
  const used = new Set(excepted.map(e => e.exception)).size;
  return used === 0 ? 'ok' : `ok, ${count(used, 'exception')}`;
}

const failures = (results: readonly Result[]) =>
  results.flatMap(r => r.findings.map(finding => `    ${r.check}: ${r.chart}: ${finding}`));

/** A gate that is written from published rules. */
export function ruleSection(gate: Gate, subjects: readonly Subject[], exceptions: readonly Exception[]): Section {
  const results = run(gate, subjects, exceptions);
  const of = (id: string) => results.filter(({ check }) => check === id);
  const rows = gate.checks.map(({ id, rule, charts }) => [
    id,
    charts === undefined ? rule : `${rule} (${charts.join(', ')})`,
    verdict(of(id)),
  ]);
  const parts = [
    `${gate.title}. Rules: <${gate.source}>.`,
    gate.looked,
    table(['Check', 'Rule', 'Result'], rows),
    ...exceptionsTable(results),
    ...(failures(results).length > 0 ? [failures(results).join('\n')] : []),
  ];
  const row = [gate.id, byRule, `${count(gate.checks.length, 'check')}: ${verdict(results)}`] as const;
  return { id: gate.id, text: parts.join('\n\n'), row, results };
}

/** A gate that was run by its own tool. */
export function toolSection(gate: ToolGate, { tool, ran, found }: ToolRun, exceptions: readonly Exception[]): Section {
  const results = [...found].map(([chart, texts]) => judge({ gate: gate.id, check: 'all', chart }, texts, exceptions));
  const parts = [
    `${gate.title}. Rules: <${gate.source}>.`,
    gate.looked,
    `- Tool: ${tool}\n- Run: ${ran}\n- Result: ${verdict(results)}`,
    ...exceptionsTable(results),
    ...(failures(results).length > 0 ? [failures(results).join('\n')] : []),
  ];
  return { id: gate.id, text: parts.join('\n\n'), row: [gate.id, 'its own tool', verdict(results)], results };
}

const intro = `<!-- Written by "node --import tsx scripts/gates.ts"; do not edit. -->
# Gates

What registries, consoles and linters ask of a chart, on the packages of all three charts and on what real Helm renders for every values file of
environments/ and test/cases/. A gate is run by its own tool where that can be had. kube-linter, chart-verifier, chart-testing (ct) and Artifact Hub's
ah cannot: their Go modules are not to be downloaded where this project is built. Their rules are read in their source and written
down as checks in test/gates/, each with a violation that it must find. What chart-testing asks of a repository, a version raised against the
target branch, is a matter of \`serverless-mesh package\`; that maintainers are accounts of a forge is asked by nobody here.

An exception is one line of test/gates/exceptions.ts with its reason; one that nothing needs any more fails the tests.`;

export const summaryRow = ({ row: [id, by, result] }: Section): string => `| [${id}](#${id}) | ${by} | ${result} |`;

export function page(sections: readonly Section[]): string {
  const summary = ['| Gate | By | Result |', '| --- | --- | --- |', ...sections.map(summaryRow)].join('\n');
  return `${[intro, summary, ...sections.map(({ id, text }) => `## ${id}\n\n${text}`)].join('\n\n')}\n`;
}

/** Text by gate of a page, and its rows; without the versions of tools, which the machine has. */
export function sectionsOf(text: string): {
  readonly texts: ReadonlyMap<string, string>;
  readonly rows: readonly string[];
} {
  const [top = '', ...parts] = text.trimEnd().split(/\n\n## /);
  const texts = parts.map(part => {
    const end = part.indexOf('\n\n');
    return [part.slice(0, end), withoutTool(part.slice(end + 2))] as const;
  });
  return { texts: new Map(texts), rows: top.split('\n').filter(line => line.startsWith('| [')) };
}
export const withoutTool = (text: string): string => text.replace(/^- Tool: .*\n/m, '');
