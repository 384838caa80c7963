/** README.md of the project, and its pages: their tables come from the model, so they cannot be out of date. */

import type { Frames } from '../build.ts';
import type { Check } from '../checks/check.ts';
import { preflightChecks } from '../checks/preflight/index.ts';
import { verifyChecks } from '../checks/verify/index.ts';
import { errata } from '../errata.ts';
import { type Fail, isNode, type Schema } from '../gotmpl/expr.ts';
import { rowsOf } from '../migrate/rows.ts';
import { istioVersion, istioVersions } from '../model/facts/names.ts';
import { production } from '../model/facts/production.ts';
import { releaseFacts } from '../model/facts/releases.ts';
import { decisions } from '../model/facts/service-mesh-3.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { fill } from './frames.ts';
import { table, valuesTable } from './markdown.ts';
import { movingPage, pictures } from './tenant-docs.ts';

/** Where scripts/bench.ts leaves its figures. */
export const benchResults = 'bench/results.json';
const NODE = '20.19 or later';

/** README.md and the pages of docs/, each from its frame, by path. */
export function projectPages(frames: Frames): [path: string, text: string][] {
  const data = tables(frames);
  return [...frames]
    .filter(([path]) => path === 'README.md.hbs' || /^docs\/.*\.md\.hbs$/.test(path))
    .map(([path, frame]): [string, string] => [path.replace(/\.hbs$/, ''), fill(frame, data)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What their frames may show. */
function tables(frames: Frames) {
  return {
    node: NODE,
    version: serverlessMesh.version,
    valuesTable: valuesTable(serverlessMesh.values as Schema),
    rulesTable: rulesTable(),
    errataTable: errataTable(),
    decisionsTable: decisionsTable(),
    releasesTable: releasesTable(),
    istioVersions: istioVersions.join(', '),
    istioVersion,
    preflightTable: checksTable(preflightChecks),
    verifyTable: checksTable(verifyChecks),
    migrationTable: migrationTable(),
    tenantPicture: pictures.v2,
    tenantMovingPage: movingPage,
    benchTable: benchTable(frames.get(benchResults)),
    productionTable: productionTable(),
  };
}

function productionTable(): string {
  const rows = production.map(({ value, fields: [v2, v3], why, source }) => [
    `\`${value}\``,
    v3 === undefined ? v2 : `v2: ${v2}; v3: ${v3}`,
    why,
    source,
  ]);
  return table(['Value', 'Sets', 'Why', 'Source'], rows);
}

function rulesTable(): string {
  const rows = serverlessMesh.rules.map(({ path, refuse }) => [`\`${path.keys.join('.')}\``, sentence(refuse)]);
  return table(['Value', 'Refused when it'], rows);
}

/** The words of a rule; what depends on the values is shown as an ellipsis. */
function sentence(rule: unknown): string {
  if (!isNode(rule)) return '';
  if (rule.kind === 'fail') return (rule as Fail).message.text.join('…');
  return sentence((rule as { body?: unknown }).body);
}

/** Rows without their head, which stands in the frame. */
function checksTable(checks: readonly Check[]): string {
  return checks.map(c => `| \`${c.id}\`${c.essential === false ? ' *' : ''} | ${c.title} |`).join('\n');
}

/** The steps of a migration, in their order. */
function migrationTable(): string {
  const rows = rowsOf['in-place'].map(({ id, title, when }) => [`\`${id}\``, title, when?.words ?? '']);
  return table(['Step', '', 'Only for'], rows);
}

function errataTable(): string {
  // As code: GitHub would take <namespace> for HTML.
  const code = (text: string) => `\`${text}\``;
  const rows = errata.map(e => [
    e.id,
    code(`${e.object}: ${e.path}`),
    code(e.document),
    code(e.ours),
    `${e.why} (${e.source})`,
  ]);
  return table(['', 'Field', 'Document', 'Chart', 'Why'], rows);
}

/** Where the two sources of Service Mesh 3 differ from each other, or from the chart. */
function decisionsTable(): string {
  const rows = decisions.map(d => [`\`${d.object}: ${d.path}\``, d.documentation, d.tests, `\`${d.ours}\``, d.why]);
  return table(['Field', 'Documentation', "The operator's tests", 'Chart', 'Why'], rows);
}

function releasesTable(): string {
  const yes = (b: boolean) => (b ? 'yes' : 'no');
  const rows = Object.entries(releaseFacts).map(([release, f]) => [
    release + (f.released ? '' : ' (unreleased)'),
    f.knative,
    f.openshift,
    yes(f.networkPolicyOptOut),
    f.secretFiltering === 'annotation' ? 'off, by annotation' : 'on, by environment variable',
    yes(f.jobSink),
    f.metrics === 'protocol' ? 'metrics-protocol' : 'metrics.backend-destination',
    f.serviceMesh3 === 'no' ? '2' : `2, and 3 as ${f.serviceMesh3}`,
    `[${f.source.split('/').at(-1)}](${f.source})`,
  ]);
  const head = [
    'Release',
    'Knative',
    'OpenShift',
    'NetworkPolicies of the operator',
    'Secret filtering',
    'job-sink',
    'Metrics key',
    'Service Mesh',
    'Source',
  ];
  return table(head, rows);
}

interface Measured {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly rows: readonly {
    readonly name: string;
    readonly ours: string;
    readonly theirs: string;
    readonly ratio: string;
    readonly want: string;
  }[];
}

function benchTable(results: string | undefined): string {
  if (results === undefined) return 'Not measured yet.';
  const { machine, rows } = JSON.parse(results) as Measured;
  const where = Object.entries(machine).map(([key, value]) => `${key} ${value}`);
  return `${table(
    ['', 'This tool', 'Beside it', 'Ratio', 'Wanted'],
    rows.map(r => [r.name, r.ours, r.theirs, r.ratio, r.want]),
  )}\n\nOn: ${where.join(', ')}.`;
}
