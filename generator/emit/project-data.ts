/** README.md of the project and the pages below docs/: their tables come from the model, so they cannot be out of date. */

import type { Frames } from '../build.ts';
import type { Check } from '../checks/check.ts';
import { preflightChecks } from '../checks/preflight/index.ts';
import { verifyChecks } from '../checks/verify/index.ts';
import { errata } from '../errata.ts';
import { rowsOf as stepsOf } from '../migrate/rows.ts';
import { istioVersion, istioVersions } from '../model/facts/names.ts';
import { production } from '../model/facts/production.ts';
import { releaseFacts } from '../model/facts/releases.ts';
import { decisions } from '../model/facts/service-mesh-3.ts';
import { ruleSentence } from '../model/rule-words.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { publisherForm } from '../publisher/schema.ts';
import type { ValuesSchema } from '../values/schema-path.ts';
import { benchResults, benchTable } from './bench-table.ts';
import { doctorTables } from './doctor-tables.ts';
import { installationPage, installationPicture } from './installation-docs.ts';
import { table } from './markdown.ts';
import { movingPage, pictures } from './tenant-docs.ts';

const NODE = '20.19 or later';

/** What README.md and the pages below docs/ take from the model. */
export const projectData = (frames: Frames) => ({
  node: NODE,
  version: serverlessMesh.version,
  rulesTable: rulesTable(),
  errataTable: errataTable(),
  decisionsTable: decisionsTable(),
  releasesTable: releasesTable(),
  istioVersions: istioVersions.join(', '),
  istioVersion,
  preflightTable: checksTable(preflightChecks),
  verifyTable: checksTable(verifyChecks),
  migrationTable: migrationTable(),
  installationPicture,
  installationPage,
  tenantPicture: pictures.v2,
  tenantMovingPage: movingPage,
  benchTable: benchTable(frames.get(benchResults)),
  publisherTable: publisherTable(),
  productionTable: productionTable(),
  ...doctorTables(),
});

function rulesTable(): string {
  const rows = serverlessMesh.rules.map(({ path, refuse }) => [`\`${path.keys.join('.')}\``, ruleSentence(refuse)]);
  return table(['Value', 'Refused when it'], rows);
}

/** Rows without their head, which stands in the frame. */
function checksTable(checks: readonly Check[]): string {
  return checks.map(c => `| \`${c.id}\`${c.essential === false ? ' *' : ''} | ${c.title} |`).join('\n');
}

/** The steps of a migration, in their order. */
function migrationTable(): string {
  const rows = stepsOf['in-place'].map(({ id, title, when }) => [`\`${id}\``, title, when?.words ?? '']);
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

function productionTable(): string {
  const rows = production.map(({ value, fields: [v2, v3], why, source }) => [
    `\`${value}\``,
    v3 === undefined ? v2 : `v2: ${v2}; v3: ${v3}`,
    why,
    source,
  ]);
  return table(['Value', 'Sets', 'Why', 'Source'], rows);
}

function publisherTable(): string {
  return table(['Field', '', 'Write'], rowsOf(publisherForm, ''));
}

type Described = ValuesSchema & { readonly description?: string };

/** One row for each text, lists as `sources[]`. */
function rowsOf(schema: Described, path: string): string[][] {
  if (schema.items !== undefined) return rowsOf(schema.items, `${path}[]`);
  if (schema.properties === undefined) return [[`\`${path}\``, schema.description ?? '', schema.hint ?? '']];
  return Object.entries(schema.properties).flatMap(([key, child]) =>
    rowsOf(child, path === '' ? key : `${path}.${key}`),
  );
}
