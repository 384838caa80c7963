/** The base document followed by hand: the values that say it, and what is left, each with the erratum that explains it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { KubeObject } from '../../generator/cluster/fields.ts';
import { errata } from '../../generator/errata.ts';
import { overridesFrom } from '../../generator/import/values-text.ts';
import { withBaseDocument } from '../base-document/document.ts';
import { listingsOf } from '../base-document/listings.ts';
import { appliedObjects, type Scenario, scenarios } from '../base-document/scenarios.ts';
import { folderOf, imported, refused } from './render.ts';

const test = suite('import: base document');

/** A field of each item once. */
const generic = (field: string) => field.replace(/\[\d+\]/g, '[*]');
const serving = 'KnativeServing knative-serving/knative-serving';
const eventing = 'KnativeEventing knative-eventing/knative-eventing';
const kafka = 'KnativeKafka knative-eventing/knative-kafka';
const basic = 'ServiceMeshControlPlane istio-system/basic';
const runtime = 'spec.gateways.ingress.runtime';
const inject = '["sidecar.istio.io/inject"]';
const probers = '["sidecar.istio.io/rewriteAppHTTPProbers"]';

/** Ids of the list of differences, and what each of them explains. */
const explained: readonly (readonly [id: string, object: string, fields: readonly string[]])[] = [
  [
    'D1',
    serving,
    [
      ...['name', `annotations${inject}`, `annotations${probers}`].map(f => `spec.deployments[*].${f}`),
      ...['name', `labels${inject}`, `annotations${probers}`].map(f => `spec.workloads[*].${f}`),
    ],
  ],
  [
    'D15',
    basic,
    ['enabled', 'maxReplicas', 'minReplicas', 'targetCPUUtilizationPercentage'].map(
      f => `${runtime}.deployment.autoScaling.${f}`,
    ),
  ],
  [
    'D15',
    basic,
    ['key', 'operator', 'topologyKey', 'values[*]'].map(
      f => `${runtime}.pod.affinity.podAntiAffinity.preferredDuringScheduling[*].${f}`,
    ),
  ],
  ['E1', kafka, ['spec.broker.sink.enabled', 'spec.sink.enabled']],
  ['E2', 'ServiceEntry knative-eventing/kafka-cluster', ['spec.ports[*].name']],
  ['E8', eventing, ['spec.workloads[*].annotations["sidecar.istio.io/inject"]', `spec.workloads[*].labels${inject}`]],
  ['E8', kafka, ['spec.workloads[*].annotations["sidecar.istio.io/inject"]', `spec.workloads[*].labels${inject}`]],
];

const resources = { requests: { cpu: '', memory: '' }, limits: { cpu: '', memory: '' } };
const expected: Readonly<Record<string, object>> = {
  'sections 1.3 and 1.4': {
    mesh: { members: ['your-projects'] },
    gateway: { resources },
    kafka: {
      enabled: true,
      bootstrapServers: ['my-cluster-kafka-bootstrap.kafka:9092'],
      broker: { numPartitions: 6, replicationFactor: 2 },
    },
  },
  'section 1.4 with Kafka in the cluster domain and a Secret of another name': {
    mesh: { members: ['your-projects'] },
    gateway: { tls: { secretName: 'other-certs' }, resources },
    kafka: {
      enabled: true,
      bootstrapServers: ['my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9093'],
      broker: { numPartitions: 6, replicationFactor: 2 },
    },
  },
  'section 1.4, then metrics as in 1.5': {
    mesh: { members: ['your-projects'] },
    gateway: { resources },
    serving: { metrics: { enabled: true } },
    kafka: {
      enabled: true,
      bootstrapServers: ['my-cluster-kafka-bootstrap.kafka:9092'],
      broker: { numPartitions: 6, replicationFactor: 2 },
    },
  },
  'section 1.4, then secret filtering as in 1.7': {
    mesh: { members: ['your-projects'] },
    gateway: { resources },
    serving: { secretInformerFiltering: 'enabled' },
    kafka: {
      enabled: true,
      bootstrapServers: ['my-cluster-kafka-bootstrap.kafka:9092'],
      broker: { numPartitions: 6, replicationFactor: 2 },
    },
  },
};

withBaseDocument(test, text => {
  /** Applied with oc, whose project the sections that name no namespace mean. */
  const applied = (scenario: Scenario): KubeObject[] =>
    appliedObjects(listingsOf(text), scenario).map(o =>
      o.kind === 'KnativeServing' ? { ...o, metadata: { ...o.metadata, namespace: 'knative-serving' } } : o,
    );

  for (const scenario of scenarios.filter(s => expected[s.name] !== undefined))
    test(`${scenario.name}: values, and nothing left that no erratum explains`, async () => {
      const found = await imported(folderOf(applied(scenario)), { serverlessRelease: 'v1.31' });
      assert.equal(overridesFrom(found.values), { serverless: { release: 'v1.31' }, ...expected[scenario.name] });
      assert.equal([...new Set(found.remains.fields.map(f => f.meaning))], ['corrected']);
      const metrics = scenario.changedBy === '1.5' ? e4 : [];
      const rows = [...explained, ...metrics].map(([id, object, fields]) => [id, object, fields.toSorted()].join(' '));
      assert.equal(told(found.remains.fields), rows.toSorted());
      assert.equal(found.problems, []);
    });

  const policy = 'NetworkPolicy knative-serving/allow-from-openshift-monitoring-ns';
  const e4 = [
    [
      'E4',
      policy,
      [
        'spec.ingress[*].from[*].namespaceSelector.matchLabels["kubernetes.io/metadata.name"]',
        'spec.ingress[*].from[*].namespaceSelector.matchLabels.name',
      ],
    ],
  ] as const;

  test('without a release the newest of those that fit, and a note that names them', async () => {
    const found = await imported(folderOf(applied(scenarios[0]!)));
    assert.is((overridesFrom(found.values).serverless as { release: string }).release, 'v1.33');
    assert.match(found.notes.join(), 'as good as v1.31, v1.32, v1.33 by what is there');
  });

  test('section 1.6 alone is no installation', async () => {
    const sentences = await refused(folderOf(applied(scenarios[3]!)));
    assert.match(sentences.join(), 'there is neither a KnativeServing nor a KnativeEventing');
  });
});

/** The rows of the list of differences with these sentences, and the fields that they explain. */
function told(fields: readonly { object: string; field: string; why?: string | undefined }[]): string[] {
  const rows = new Map<string, Set<string>>();
  for (const { object, field, why } of fields) {
    const ids = [...new Set(errata.filter(e => e.why === why).map(e => e.id))].join();
    const key = `${ids}|${object}|${why}`;
    rows.set(key, (rows.get(key) ?? new Set()).add(generic(field)));
  }
  return [...rows].map(([key, all]) => [...key.split('|').slice(0, 2), [...all].toSorted()].join(' ')).toSorted();
}

test.run();
