import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { evaluateNotes } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { startClusterApi } from '../support/cluster-api.ts';
import { type Helm, type HelmResult, helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { type Manifest, parseManifests, renderMany, umbrella } from '../support/render.ts';
import {
  allCases,
  type Case,
  caseArgs,
  caseNamed,
  casesByChart,
  chartFolderOf,
  goldenManifests,
  goldenText,
  operatorCases,
  release,
  tenantCases,
  titleOf,
} from './cases.ts';
import { renderedKinds } from './cluster.ts';
import { helmsFor, inEachHelm, inTurn, withHelm } from './with-helm.ts';

const test = suite('chart/helm');
const testHelm = withHelm(test);
const run = (helm: Helm, args: readonly string[]) => runHelm(helm, args, { reject: false });
/** One row for each Helm. */
const eachHelm = (name: string, fn: (helm: Helm) => Promise<void>) =>
  helms().length === 0
    ? testHelm(name)
    : helms().forEach(helm => {
        test(`${helm.name}: ${name}`, () => fn(helm));
      });

/** All cases in one process each. */
const flagRows: readonly (readonly [name: string, ...flags: string[]])[] = [
  ['as an upgrade on the oldest Kubernetes of the chart', '--is-upgrade', '--kube-version', '1.24'],
  ['without a check of the schema, on the newest Kubernetes', '--skip-schema-validation', '--kube-version', '1.35'],
];
for (const [row, [name, ...flags]] of flagRows.entries())
  testHelm(`every case renders the same ${name}`, async () => {
    const args = [release.name, '--namespace', release.namespace, ...flags];
    for (const helm of helmsFor(row))
      for (const [chart, cases] of casesByChart) {
        const sets = cases.map(c => c.values);
        const rendered = await renderMany(helm, chartFolderOf(chart), sets, args);
        for (const [index, c] of cases.entries())
          assert.equal(rendered[index], goldenManifests(c), `${helm.version}: ${titleOf(c)}`);
      }
  });

const minors = Array.from({ length: 12 }, (_, index) => `1.${24 + index}`);
const accepted = [
  ...minors,
  'v1.24.0',
  'v1.31.6-eks-1234',
  'v1.31.6+build',
  'v1.27.3-gke.100',
  'v1.24.0-rc.1',
  'v1.33.5+k3s1',
];
testHelm(`the chart takes Kubernetes 1.24 to 1.35, also with a vendor's suffix`, async () => {
  const c = caseNamed('prod');
  const results = await inTurn(accepted, (helm, version) =>
    run(helm, [...caseArgs('template', c), '--kube-version', version]),
  );
  for (const { helm, index, result } of results)
    assert.is(result.stdout, goldenText(c), `${helm.version}: ${accepted[index]} ${result.stderr}`);
});

testHelm('the chart refuses an older Kubernetes, and says which it needs', async () => {
  const old = ['v1.23.0', 'v1.23.17-eks-1234', 'v1.23.99+build'];
  const args = caseArgs('template', caseNamed('defaults'));
  const results = await inEachHelm(old, (helm, version) => run(helm, [...args, '--kube-version', version]));
  const want = (version: string) =>
    `Error: chart requires kubeVersion: >=1.24.0-0 which is incompatible with Kubernetes ${version}\n`;
  for (const [, refusals] of results)
    assert.equal(
      refusals.map(r => r.stderr.replace(/\n\n.*/s, '\n')),
      old.map(want),
    );
});

/** A chart that has ours as its dependency. */
async function asDependency(
  helm: Helm,
  alias: string | undefined,
  values: object,
  chart: Chart = serverlessMesh,
): Promise<HelmResult> {
  const parent = mkdtempSync(join(tmpdir(), 'parent-'));
  try {
    mkdirSync(join(parent, 'charts'));
    cpSync(chartFolderOf(chart), join(parent, 'charts', chart.name), { recursive: true });
    const name = alias ?? chart.name;
    const dependency = { name: chart.name, version: '0.1.x', alias, condition: `${name}.enabled` };
    const parentChart = { apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies: [dependency] };
    writeFileSync(join(parent, 'Chart.yaml'), jsonForHelm(parentChart));
    writeFileSync(join(parent, 'values.yaml'), jsonForHelm({ global: { team: { name: 'platform' } }, [name]: values }));
    return await run(helm, ['template', release.name, parent, '--namespace', release.namespace]);
  } finally {
    rmSync(parent, { recursive: true });
  }
}
/** What a parent's render of our chart must hold: the chart's name is the alias, in Helm's own two labels too. */
const renamed =
  (alias: string, chart: Chart = serverlessMesh) =>
  ({ source, object }: Manifest) => {
    const metadata = object.metadata as { readonly labels: object };
    const labels = {
      ...metadata.labels,
      'app.kubernetes.io/name': alias,
      'helm.sh/chart': `${alias}-${chart.version}`,
    };
    return {
      source: source.replace(chart.name, `parent/charts/${alias}`),
      object: { ...object, metadata: { ...metadata, labels } },
    };
  };
for (const c of [caseNamed('prod'), caseNamed('mesh-3', operatorCases)])
  for (const alias of [undefined, 'mesh'])
    eachHelm(
      `${c.chart.name} as a dependency, with global values and a condition: ${alias ? `alias ${alias}` : 'no alias'}`,
      async helm => {
        const { chart } = c;
        const values = { ...c.values, global: { own: [1] }, enabled: true };
        const { stdout, stderr } = await asDependency(helm, alias, values, chart);
        assert.is(stderr, '');
        assert.equal(parseManifests(stdout), goldenManifests(c).map(renamed(alias ?? chart.name, chart)));
        assert.equal(parseManifests((await asDependency(helm, alias, { enabled: false }, chart)).stdout), []);
      },
    );

eachHelm('as a dependency, its schema and its rules still refuse', async helm => {
  const typo = await asDependency(helm, 'mesh', { serving: { ingres: 'istio' } });
  assert.is(typo.exitCode, 1);
  assert.match(typo.stderr, 'ingres');
  const rule = await asDependency(helm, 'mesh', { mesh: { namespace: 'knative-serving' } });
  assert.match(rule.stderr, 'mesh.namespace: is a namespace of Knative; write');
});

/** NOTES of installs: of one case, or of all as dependencies of one chart, which Helm gives in any order. */
async function notesOf(helm: Helm, env: Readonly<Record<string, string>>, args: readonly string[]): Promise<string> {
  const flags = ['--dry-run=client', '--disable-openapi-validation', '--render-subchart-notes', '-o', 'json'];
  const { stdout } = await runHelm(helm, [...args, ...flags], { env });
  return (JSON.parse(stdout) as { info: { notes: string } }).info.notes;
}
/** How NOTES begin, and a case to install by itself. */
const opening: ReadonlyMap<Chart, readonly [words: string, alone: Case]> = new Map([
  [serverlessMesh, ['OpenShift Serverless v1.', caseNamed('prod')]],
  [serverlessMeshOperators, ['Subscriptions of release ', caseNamed('manual', operatorCases)]],
  [serverlessMeshTenant, ['Namespaces of the tenant ', caseNamed('argocd', tenantCases)]],
]);
for (const [chart, cases] of casesByChart)
  testHelm(`${chart.name}: NOTES of an install are those of evaluate, for every case`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'notes-'));
    const all = cases.map(c => c.values);
    umbrella(chartFolderOf(chart), folder, all);
    const notes = (values: Values) => evaluateNotes(chart, values, release);
    const [words, c] = opening.get(chart)!;
    const api = await startClusterApi({ kinds: renderedKinds });
    try {
      const everything = ['install', release.name, folder, '--namespace', release.namespace];
      for (const helm of helms()) {
        assert.is(await notesOf(helm, api.env, caseArgs('install', c)), notes(c.values), helm.version);
        const together = await notesOf(helm, api.env, everything);
        assert.equal(
          together
            .split(new RegExp(`\\n(?=${words})`))
            .map(text => `${text.trimEnd()}\n`)
            .sort(),
          all.map(notes).sort(),
          helm.version,
        );
      }
    } finally {
      await api.stop();
      rmSync(folder, { recursive: true });
    }
  });

for (const c of allCases)
  test(`${titleOf(c)}: NOTES are plain text for these values`, () => {
    const notes = evaluateNotes(c.chart, c.values, release);
    assert.not.match(notes, /<no value>|\{\{|\}\}|%!|<nil>|\[\]|map\[/);
    assert.not.match(notes, /[ \t]$|\n\n\n|\t/m);
    assert.ok(notes.startsWith(opening.get(c.chart)![0]) && notes.endsWith('\n'));
  });

test('NOTES name the fields of a Knative Service as its API does', () => {
  const notes = evaluateNotes(serverlessMesh, caseNamed('prod').values, release);
  const named = [...notes.matchAll(/^ {2}((?:metadata|spec\.template)[.\w]*(?:labels|annotations)) /gm)].map(
    found => found[1],
  );
  const template = ['spec.template.metadata.labels', 'spec.template.metadata.annotations'];
  // The annotation of those that call others as soon as they start.
  assert.equal(named, ['metadata.annotations', ...template, template[1]]);
});

test.run();
