/** The base document followed by hand, with its own mistakes: all that doctor has to say of it, from a folder on disk. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runDoctor } from '../../generator/commands/doctor.ts';
import type { Finding } from '../../generator/doctor/row.ts';
import { withBaseDocument } from '../base-document/document.ts';
import { listingsOf } from '../base-document/listings.ts';
import type { KubernetesObject } from '../base-document/parse.ts';
import { appliedObjects, scenarios } from '../base-document/scenarios.ts';
import { certificateOf, keysOf, keyText } from '../certificates/make.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';

const test = suite('doctor: base document');

/** What the openssl commands of section 1.3 make: a wildcard in the common name, and nowhere else. */
async function asOpenssl(): Promise<Readonly<Record<string, string>>> {
  const keys = keysOf('P-256', 'document');
  const dates = { from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
  const issuer = { subject: 'CN=example.com, O=Example Inc.', keys: keysOf('P-256', 'root') };
  const subject = 'CN=*.apps.openshift.example.com, O=Example Inc.';
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    'tls.crt': base64(await certificateOf({ subject, keys, issuer, ...dates })),
    'tls.key': base64(keyText(keys)),
  };
}

const inject = 'sidecar.istio.io/inject';
const byLabel = (objects: string) => `E8 risk ${objects}.annotations["${inject}"]`;
const eventing = byLabel('KnativeEventing knative-eventing/knative-eventing: spec.workloads[]');
const kafka = byLabel('KnativeKafka knative-eventing/knative-kafka: spec.workloads[]');
const always = [
  'E1 breaks KnativeKafka knative-eventing/knative-kafka: spec.broker.sink',
  // 9093 and 9096; 9094 and 9095.
  'E2 breaks ServiceEntry knative-eventing/kafka-cluster: spec.ports[].name',
  'E2 breaks ServiceEntry knative-eventing/kafka-cluster: spec.ports[].name',
];
const service = `E8 risk Knative Service your-projects/mesh-verify: spec.template.metadata.labels["${inject}"]`;

const want: Readonly<Record<string, readonly string[]>> = {
  'sections 1.3 and 1.4': [
    'P2 breaks Secret istio-system/wildcard-certs: data["tls.crt"]',
    ...always,
    byLabel('KnativeServing knative-serving/knative-serving: spec.deployments[]'),
    eventing,
    kafka,
    service,
  ],
  'section 1.4 with Kafka in the cluster domain and a Secret of another name': [
    ...always,
    'P19 breaks KnativeKafka knative-eventing/knative-kafka: spec.channel.bootstrapServers',
    byLabel('KnativeServing knative-serving/knative-serving: spec.deployments[]'),
    eventing,
    kafka,
    service,
  ],
  'section 1.4, then metrics as in 1.5': [
    'S11 breaks KnativeServing knative-serving: metadata.namespace',
    ...always,
    'E4 risk NetworkPolicy knative-serving/allow-from-openshift-monitoring-ns: spec.ingress[0].from[0].namespaceSelector.matchLabels',
    eventing,
    kafka,
  ],
  'section 1.4, then secret filtering as in 1.7': [
    ...always,
    byLabel('KnativeServing knative-serving/knative-serving: spec.deployments[]'),
    eventing,
    kafka,
    service,
  ],
};

const withCertificate = (o: KubernetesObject, data: object): object => (o.kind === 'Secret' ? { ...o, data } : o);

withBaseDocument(test, text => {
  for (const [name, lines] of Object.entries(want))
    test(name, async () => {
      const scenario = scenarios.find(s => s.name === name);
      if (scenario === undefined) throw new Error(`no scenario ${name}`);
      const folder = newFolder();
      const data = await asOpenssl();
      for (const [i, object] of appliedObjects(listingsOf(text), scenario).entries())
        put(folder, `${String(i).padStart(2, '0')}.json`, JSON.stringify(withCertificate(object, data)));
      const said = await inProcess(io => runDoctor({ from: folder, requestTimeout: 5, output: 'json' }, io));
      const { findings, problems } = JSON.parse(said.out) as { findings: Finding[]; problems: string[] };
      assert.equal(problems, []);
      assert.equal(
        findings.map(f => `${f.id} ${f.severity} ${f.object}: ${f.field}`),
        lines,
      );
      assert.is(said.status, 1);
      assert.equal(
        findings.filter(f => f.place === undefined || f.remedy === '' || f.source === '').map(f => f.id),
        [],
      );
    });
});

test.run();
