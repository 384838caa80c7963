import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { releaseFacts } from '../../generator/model/facts/releases.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart, evaluateNotes, ruleFindings } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { releases } from '../../values-schema/index.ts';
import { helms } from '../support/helm.ts';
import { renderMany } from '../support/render.ts';
import { chartFolder, release } from './cases.ts';
import { differences, type Tree, treeOf } from './tree.ts';
import { withHelm } from './with-helm.ts';

const test = suite('chart/releases');

/** domain.md 1.1, written down by hand: what was read from the release branches of the Serverless operator. */
// biome-ignore format: a table
const facts = [
  ['v1.31', '1.10', '4.11 to 4.13', { optOut: false, filtering: 'annotation',  jobSink: false, metrics: 'backend-destination' }],
  ['v1.32', '1.11', '4.12 to 4.14', { optOut: true,  filtering: 'environment', jobSink: false, metrics: 'backend-destination' }],
  ['v1.33', '1.12', '4.12 to 4.15', { optOut: true,  filtering: 'environment', jobSink: false, metrics: 'backend-destination' }],
  ['v1.34', '1.14', '4.13 to 4.15', { optOut: true,  filtering: 'environment', jobSink: true,  metrics: 'backend-destination' }],
  ['v1.35', '1.15', '4.14 to 4.18', { optOut: true,  filtering: 'environment', jobSink: true,  metrics: 'backend-destination' }],
  ['v1.36', '1.16', '4.14 to 4.20', { optOut: true,  filtering: 'environment', jobSink: true,  metrics: 'backend-destination' }],
  ['v1.37', '1.17', '4.14 to 4.22', { optOut: true,  filtering: 'environment', jobSink: true,  metrics: 'backend-destination' }],
  ['v1.38', '1.21', '4.16 to 4.22', { optOut: true,  filtering: 'environment', jobSink: true,  metrics: 'protocol' }],
] as const;

const everything: Values = {
  cluster: { appsDomain: 'apps.example.com' },
  mesh: { members: ['shop'] },
  serving: { metrics: { enabled: true }, config: { observability: { 'logging.enable-request-log': 'true' } } },
  eventing: { config: { features: { 'delivery-timeout': 'enabled' } } },
  kafka: { enabled: true, bootstrapServers: ['my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9092'] },
  commonAnnotations: { 'example.com/a': 'b' },
};
/** Value sets that touch every cell of the table, and one that must touch none. */
const sets = {
  enabled: { serving: { secretInformerFiltering: 'enabled' } },
  disabled: { serving: { secretInformerFiltering: 'disabled' } },
  operatorDefault: {},
  noPolicies: { mesh: { controlPlane: { manageNetworkPolicy: false } } },
  kourier: { serving: { ingress: 'kourier', secretInformerFiltering: 'enabled' } },
  mesh3: { mesh: { generation: 'v3' } },
  mesh3Enabled: { mesh: { generation: 'v3' }, serving: { secretInformerFiltering: 'enabled' } },
  mesh3Otherwise: {
    mesh: { generation: 'v3', controlPlane: { name: 'apps', manageNetworkPolicy: false } },
    gateway: { local: { tls: 'mutual' }, tls: { source: 'certManager' }, disableStreamIdleTimeout: true },
    serving: { secretInformerFiltering: 'disabled' },
  },
} as const satisfies Record<string, Values>;
type SetName = keyof typeof sets;
const names = Object.keys(sets) as SetName[];
const base = defaults(serverlessMesh.values as Schema) as Values;
const valuesOf = (version: string, name: SetName): Values =>
  mergeValues(base, everything, sets[name], { serverless: { release: version } });

/**
 * What a release has: v1.31 has no way to leave out the operator's NetworkPolicies, and only the last two know Service
 * Mesh 3. The others are refused (below, and rules.test.ts).
 */
const has = (version: string, name: SetName): boolean =>
  name.startsWith('mesh3') ? ['v1.37', 'v1.38'].includes(version) : version !== 'v1.31' || name !== 'noPolicies';
const pairs = releases.flatMap(r => names.filter(n => has(r, n)).map(n => [r, n] as const));
const evaluated = pairs.map(([r, n]) => evaluateChart(serverlessMesh, valuesOf(r, n), release));
const trees = new Map(pairs.map(([r, n], index) => [`${r} ${n}`, treeOf(evaluated[index]!.map(i => i.object))]));
const treeAt = (version: string, name: SetName) => trees.get(`${version} ${name}`);
/** What stands at a path of a render; undefined where nothing does. */
const at = (version: string, name: SetName, ...keys: string[]): unknown =>
  keys.reduce<Tree | undefined>(
    (tree, key) => (typeof tree === 'object' ? tree[key] : undefined),
    treeAt(version, name),
  );

const serving = 'KnativeServing knative-serving';
const eventing = 'KnativeEventing knative-eventing';
const policy = 'NetworkPolicy allow-from-openshift-monitoring-ns';
const filterAnnotation = 'serverless.openshift.io/enable-secret-informer-filtering';
const optOut = 'serverless.openshift.io/disable-istio-net-policies-generation';
const controller = [serving, 'spec', 'workloads', 'net-istio-controller'];
const inject = {
  labels: { 'sidecar.istio.io/inject': '"true"' },
  annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': '"true"' },
};
const filterEnv = (value: string) =>
  JSON.stringify([
    { container: 'controller', envVars: [{ name: 'ENABLE_SECRET_INFORMER_FILTERING_BY_CERT_UID', value }] },
  ]);

for (const [version, knative, openshift, want] of facts) {
  test(`${version}: the row of releases.ts is that of the fact sheet`, () => {
    const row = releaseFacts[version];
    assert.is(row.knative, knative);
    assert.is(row.openshift, openshift);
    assert.is(row.networkPolicyOptOut, want.optOut);
    assert.is(row.secretFiltering, want.filtering);
    assert.is(row.jobSink, want.jobSink);
    assert.is(row.metrics, want.metrics);
    assert.is(row.released, version !== 'v1.38');
    assert.is(row.serviceMesh3, has(version, 'mesh3') ? 'Technology Preview' : 'no');
    const branch = version === 'v1.38' ? 'main' : `release-${version.slice(1)}`;
    assert.is(row.source, `https://github.com/openshift-knative/serverless-operator/tree/${branch}`);
  });

  test(`${version}: Service Mesh 3 is ${has(version, 'mesh3') ? 'rendered, and NOTES call it a Technology Preview' : 'refused'}`, () => {
    const values = valuesOf(version, 'mesh3');
    const refusals = ruleFindings(serverlessMesh, values).map(f => f.path.join('.'));
    assert.equal(refusals, has(version, 'mesh3') ? [] : ['mesh.generation']);
    if (!has(version, 'mesh3')) return;
    assert.is(at(version, 'mesh3', 'Istio default', 'spec', 'version'), '"v1.27-latest"');
    assert.match(evaluateNotes(serverlessMesh, values, release), 'Service Mesh 3 is a Technology Preview');
    assert.not.match(evaluateNotes(serverlessMesh, valuesOf(version, 'enabled'), release), 'Technology Preview');
  });

  test(`${version}: secret filtering by ${want.filtering}`, () => {
    const annotated = want.filtering === 'annotation';
    assert.is(
      at(version, 'enabled', serving, 'metadata', 'annotations', filterAnnotation),
      annotated ? '"true"' : undefined,
    );
    assert.is(at(version, 'enabled', ...controller, 'env'), annotated ? undefined : filterEnv('true'));
    assert.is(at(version, 'disabled', ...controller, 'env'), annotated ? undefined : filterEnv('false'));
    assert.is(at(version, 'disabled', serving, 'metadata', 'annotations', filterAnnotation), undefined);
    assert.is(at(version, 'operatorDefault', ...controller), undefined);
    assert.is(at(version, 'operatorDefault', serving, 'metadata', 'annotations', filterAnnotation), undefined);
  });

  test(`${version}: job-sink is ${want.jobSink ? 'in the mesh' : 'not there yet'}`, () => {
    const found = at(version, 'enabled', eventing, 'spec', 'workloads', 'job-sink');
    assert.equal(found, want.jobSink ? { name: '"job-sink"', ...inject } : undefined);
  });

  test(`${version}: metrics are switched on by ${want.metrics}`, () => {
    const own = { 'logging.enable-request-log': '"true"' };
    const keys =
      want.metrics === 'protocol' ? ['metrics-protocol', 'request-metrics-protocol'] : ['metrics.backend-destination'];
    const on = Object.fromEntries(keys.map(key => [key, '"prometheus"']));
    assert.equal(at(version, 'enabled', serving, 'spec', 'config', 'observability'), { ...on, ...own });
    assert.equal(at(version, 'kourier', serving, 'spec', 'config', 'observability'), own);
  });

  test(`${version}: the NetworkPolicy for Prometheus is ${want.optOut ? "the operator's" : 'ours'}`, () => {
    assert.is(at(version, 'enabled', policy) !== undefined, !want.optOut);
    assert.is(at(version, 'mesh3', policy), undefined);
    assert.is(at(version, 'noPolicies', policy), undefined);
    assert.is(at(version, 'kourier', policy), undefined);
  });

  test(`${version}: the opt-out annotation ${want.optOut ? 'can be set' : 'does not exist'}`, () => {
    for (const object of [serving, eventing]) {
      const found = at(version, 'noPolicies', object, 'metadata', 'annotations', optOut);
      assert.is(found, want.optOut ? '"true"' : undefined);
      assert.is(at(version, 'enabled', object, 'metadata', 'annotations', optOut), undefined);
      // Service Mesh 3 makes no NetworkPolicies, so that those of the operator would isolate the namespaces.
      const on3 = has(version, 'mesh3') ? '"true"' : undefined;
      assert.is(at(version, 'mesh3', object, 'metadata', 'annotations', optOut), on3);
    }
  });
}

const jobSink = [`${eventing} / spec / workloads / job-sink: added`];
const protocol = [
  'metrics.backend-destination: removed',
  'metrics-protocol: added',
  'request-metrics-protocol: added',
].map(change => `${serving} / spec / config / observability / ${change}`);
/** Everything that differs from the release before, by value set; no other release differs at all. */
const changes: Readonly<Record<string, Partial<Record<SetName, readonly string[]>>>> = {
  'v1.32': {
    enabled: [
      `${policy}: removed`,
      `${serving} / metadata / annotations / ${filterAnnotation}: removed`,
      `${controller.join(' / ')}: added`,
    ],
    disabled: [`${policy}: removed`, `${controller.join(' / ')}: added`],
    operatorDefault: [`${policy}: removed`],
  },
  'v1.34': { enabled: jobSink, disabled: jobSink, operatorDefault: jobSink, noPolicies: jobSink },
  'v1.38': {
    ...Object.fromEntries(names.map(name => [name, protocol])),
    kourier: [],
  },
};
for (const [index, version] of releases.entries()) {
  const before = releases[index - 1];
  if (before === undefined) continue;
  for (const name of names.filter(n => treeAt(before, n) !== undefined))
    test(`${before} to ${version}, ${name}: nothing else differs`, () =>
      assert.equal(differences(treeAt(before, name), treeAt(version, name), ''), changes[version]?.[name] ?? []));
}

/** Lines that NOTES have and those of the release before have not, without the line that names the release. */
const filteringNote = [
  'Secret filtering is on: Secrets that Knative Serving uses, such as those of domain mappings, need the label',
  '  networking.internal.knative.dev/certificate-uid: "<id>"',
];
const newLines: Readonly<Record<string, Partial<Record<SetName, readonly string[]>>>> = {
  'v1.32': { operatorDefault: filteringNote },
  'v1.38': Object.fromEntries(
    names.map(n => [n, ['Serverless v1.38 is not released yet: what the chart knows of it comes from its source.']]),
  ),
};
for (const [index, version] of releases.entries()) {
  const before = releases[index - 1];
  if (before !== undefined)
    test(`${before} to ${version}: NOTES gain only what fits`, () => {
      for (const name of names.filter(n => treeAt(before, n) !== undefined)) {
        const [old, now] = [before, version].map(r =>
          evaluateNotes(serverlessMesh, valuesOf(r, name), release).split('\n').slice(1),
        );
        assert.equal(
          now!.filter(line => !old!.includes(line)),
          newLines[version]?.[name] ?? [],
        );
        assert.equal(
          old!.filter(line => !now!.includes(line)),
          [],
        );
      }
    });
}

withHelm(test)('each Helm renders all of them as evaluate does', async () => {
  const args = [release.name, '--namespace', release.namespace];
  for (const helm of helms())
    assert.equal(
      await renderMany(
        helm,
        chartFolder,
        pairs.map(([r, n]) => valuesOf(r, n)),
        args,
      ),
      evaluated,
      helm.version,
    );
});

test.run();
