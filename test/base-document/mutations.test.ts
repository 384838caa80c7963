import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Erratum, errata } from '../../generator/errata.ts';
import { compareObjects, oneObjectEach } from './compare.ts';
import { withBaseDocument } from './document.ts';
import { listingsOf } from './listings.ts';
import { idOf, type KubernetesObject } from './parse.ts';
import { modelObjects, wordsFor } from './renders.ts';
import { appliedObjects, scenarios } from './scenarios.ts';

const test = suite('base document: planted differences');

const rows = oneObjectEach(errata);
const [scenario] = scenarios as [(typeof scenarios)[number]];
const kafka = 'KnativeKafka knative-eventing/knative-kafka';
const localGateway = 'Service istio-system/knative-local-gateway';
const kafkaCluster = 'ServiceEntry knative-eventing/kafka-cluster';
const secret = 'Secret istio-system/wildcard-certs';

// biome-ignore lint/suspicious/noExplicitAny: a row reaches into objects of every kind.
type Anything = any;
const planted: [name: string, id: string, plant: (object: Anything) => void, problem: string][] = [
  [
    'E1',
    kafka,
    ({ spec }) => {
      spec.broker.sink = spec.sink;
      delete spec.sink;
    },
    `${kafka}: listed, but not so: spec.broker.sink.enabled: true -> nothing`,
  ],
  [
    'another port',
    localGateway,
    o => (o.spec.ports[0].targetPort = 8080),
    `${localGateway}: not listed: spec.ports[name=http2].targetPort: 8081 -> 8080`,
  ],
  [
    'a port as a string',
    localGateway,
    o => (o.spec.ports[0].port = '80'),
    `${localGateway}: not listed: spec.ports[name=http2].port: 80 -> "80"`,
  ],
  [
    'E2',
    kafkaCluster,
    o => (o.spec.ports[3].name = 'tcp-sasl-tls'),
    `${kafkaCluster}: listed, but not so: spec.ports[number=9095].name: "tcp-sasl-tls" -> "tcp-sasl-plain"`,
  ],
  [
    'another order',
    kafkaCluster,
    o => o.spec.ports.reverse(),
    `${kafkaCluster}: not listed: spec.ports, order: "9092,9093,9094,9095,9096" -> "9096,9095,9094,9093,9092"`,
  ],
  [
    'one port less',
    kafkaCluster,
    o => o.spec.ports.shift(),
    `${kafkaCluster}: not listed: spec.ports[number=9092].name: "tcp-plain" -> nothing`,
  ],
  [
    'a field more',
    localGateway,
    o => (o.spec.clusterIP = 'None'),
    `${localGateway}: not listed: spec.clusterIP: nothing -> "None"`,
  ],
  [
    'an empty map',
    localGateway,
    o => (o.spec.selector = {}),
    `${localGateway}: not listed: spec.selector.istio: "ingressgateway" -> nothing`,
  ],
  [
    'a label less',
    localGateway,
    o => delete o.metadata.labels['helm.sh/chart'],
    `${localGateway}: listed, but not so: metadata.labels["helm.sh/chart"]: nothing -> "serverless-mesh-`,
  ],
  ['another key', secret, o => (o.data['tls.key'] = o.data['tls.crt']), `${secret}: not listed: data["tls.key"]: `],
  ['another namespace', secret, o => (o.metadata.namespace = 'knative-serving'), `${secret}: we have 0 of it`],
];

withBaseDocument(test, text => {
  const compare = (ours: readonly KubernetesObject[], list: readonly Erratum[] = rows, document = text) =>
    compareObjects(appliedObjects(listingsOf(document), scenario), ours, list, wordsFor(scenario));
  const finds = (problems: readonly string[], wanted: string) =>
    assert.ok(
      problems.some(problem => problem.startsWith(wanted)),
      problems.join('\n') || 'no problem found',
    );
  const ours = () => structuredClone(modelObjects(scenario));

  for (const [name, id, plant, problem] of planted) {
    test(`finds in our render: ${name}`, () => {
      const objects = ours();
      plant(objects.find(object => idOf(object) === id));
      finds(compare(objects).problems, problem);
    });
  }

  test('finds an object that is missing, twice there, or not in the document', () => {
    const objects = ours();
    const gateway = objects.find(({ kind }) => kind === 'Gateway')!;
    finds(compare(objects.filter(object => object !== gateway)).problems, `${idOf(gateway)}: we have 0 of it`);
    finds(compare([...objects, gateway]).problems, `${idOf(gateway)}: we have 2 of it`);
    const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
    finds(compare([...objects, other]).problems, 'ConfigMap x: not in the document, and not listed');
  });

  test('finds a row that the list lacks', () => {
    const used = [...compare(ours()).used];
    assert.ok(used.length > 10);
    for (const row of used)
      assert.ok(
        compare(
          ours(),
          rows.filter(other => other !== row),
        ).problems.length > 0,
        row.id,
      );
  });

  test('finds a row that is not so', () => {
    const row = { ...rows[0]!, object: localGateway, path: 'spec.type', document: 'ClusterIP', ours: 'NodePort' };
    finds(
      compare(ours(), [...rows, row]).problems,
      `${localGateway}: listed, but not so: spec.type: "ClusterIP" -> "NodePort"`,
    );
    const idle = { ...row, document: 'LoadBalancer' };
    assert.not.ok(compare(ours(), [...rows, idle]).used.has(idle));
  });

  test('finds a change of the document', () => {
    const changed = text.replace('targetPort: 8081', 'targetPort: 8443');
    finds(
      compare(ours(), rows, changed).problems,
      `${localGateway}: not listed: spec.ports[name=http2].targetPort: 8443 -> 8081`,
    );
  });
});

test.run();
