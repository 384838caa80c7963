import type { Values } from '../../generator/render/evaluate-chart.ts';
import { tlsSecret } from './commands.ts';
import { isMap } from './differences.ts';
import type { Listing } from './listings.ts';
import { type KubernetesObject, objectsOf, type Placeholders } from './parse.ts';

/** A way to read the document, and the values of the chart that mean the same. */
export interface Scenario {
  readonly name: string;
  /** Sections whose objects one applies. */
  readonly applied: RegExp;
  /** Section whose objects change those. */
  readonly changedBy?: string;
  readonly placeholders: Placeholders;
  readonly values: Values;
}

// As PEM as the chart asks for; nothing reads what is inside.
const pem = (what: string) => `-----BEGIN ${what}-----\nZXhhbXBsZQ==\n-----END ${what}-----\n`;
export const files = { 'wildcard.crt': pem('CERTIFICATE'), 'wildcard.key': pem('PRIVATE KEY') };

const placeholders = {
  '<wildcard_certs>': 'wildcard-certs',
  '<your-istio-namespace>': 'istio-system',
  'your-OpenShift-projects': 'your-projects',
  '<bootstrap_servers>': 'my-cluster-kafka-bootstrap.kafka:9092',
  '<bootstrap_servers_without_port>': 'my-cluster-kafka-bootstrap.kafka',
  '<num_partitions>': '6',
  '<replication_factor>': '2',
  '<service_name>': 'mesh-verify',
  '<namespace>': 'your-projects',
  '<image_url>': 'registry.example.com/web:1',
};
const inCluster = 'my-cluster-kafka-bootstrap.kafka.svc.cluster.local';

const values = {
  serverless: { release: 'v1.31' },
  cluster: { appsDomain: 'apps.openshift.example.com' },
  mesh: { namespace: 'istio-system', members: ['your-projects'] },
  kafka: {
    enabled: true,
    bootstrapServers: ['my-cluster-kafka-bootstrap.kafka:9092'],
    broker: { numPartitions: 6, replicationFactor: 2 },
  },
  verify: { serviceImage: 'registry.example.com/web:1' },
};
const inline = { certificate: files['wildcard.crt'], privateKey: files['wildcard.key'] };

export const scenarios: readonly Scenario[] = [
  {
    name: 'sections 1.3 and 1.4',
    applied: /^1\.[34]/,
    placeholders,
    values: { ...values, gateway: { tls: { source: 'inline', inline } } },
  },
  {
    name: 'section 1.4 with Kafka in the cluster domain and a Secret of another name',
    applied: /^1\.4/,
    placeholders: {
      ...placeholders,
      '<wildcard_certs>': 'other-certs',
      '<bootstrap_servers>': `${inCluster}:9093`,
      '<bootstrap_servers_without_port>': inCluster,
    },
    values: {
      ...values,
      gateway: { tls: { secretName: 'other-certs' } },
      kafka: { ...values.kafka, bootstrapServers: [`${inCluster}:9093`] },
    },
  },
  {
    name: 'section 1.4, then metrics as in 1.5',
    applied: /^1\.4/,
    changedBy: '1.5',
    placeholders,
    values: { ...values, serving: { metrics: { enabled: true } } },
  },
  {
    // The section starts from a cluster in which all but the membership is there already.
    name: 'section 1.6, with Kourier',
    applied: /^1\.6/,
    placeholders,
    values: {
      ...values,
      mesh: { ...values.mesh, controlPlane: { create: false } },
      namespaces: { create: false },
      serving: { ingress: 'kourier', enabled: false },
      eventing: { enabled: false },
      kafka: { enabled: false },
    },
  },
  {
    name: 'section 1.4, then secret filtering as in 1.7',
    applied: /^1\.4/,
    changedBy: '1.7',
    placeholders,
    values: { ...values, serving: { secretInformerFiltering: 'enabled' } },
  },
];

/** The objects that stand in the cluster when one has followed the document. */
export function appliedObjects(listings: readonly Listing[], scenario: Scenario): KubernetesObject[] {
  const all = objectsOf(listings, scenario.placeholders);
  const within = (wanted: (section: string) => boolean) =>
    all.filter(({ listing }) => wanted(listing.section)).map(o => o.object);
  const secrets = listings.filter(({ text, section }) => /secret tls /.test(text) && scenario.applied.test(section));
  const base = [
    ...within(section => scenario.applied.test(section)),
    ...secrets.map(({ text }) => tlsSecret(text, files)),
  ];
  return within(section => section === scenario.changedBy).reduce(withChange, base);
}

/** What a later section says about an object is added to it; its metadata are those that the later section gives. */
function withChange(objects: KubernetesObject[], change: KubernetesObject): KubernetesObject[] {
  const at = objects.findIndex(({ kind, metadata }) => kind === change.kind && metadata.name === change.metadata.name);
  if (at === -1) return [...objects, change];
  return objects.with(at, { ...(merge(objects[at], change) as KubernetesObject), metadata: change.metadata });
}

/** Maps merge, items of one name merge, other lists are joined: the document says "includes". */
function merge(base: unknown, change: unknown): unknown {
  if (isMap(base) && isMap(change)) {
    const keys = [...new Set([...Object.keys(base), ...Object.keys(change)])];
    return Object.fromEntries(keys.map(key => [key, key in change ? merge(base[key], change[key]) : base[key]]));
  }
  if (!Array.isArray(base) || !Array.isArray(change)) return change;
  const same = (a: unknown, b: unknown) => (isMap(a) && isMap(b) ? a.name === b.name : a === b);
  const merged = base.map(item => merge(item, change.find(other => same(item, other)) ?? item));
  return [...merged, ...change.filter(item => !base.some(other => same(item, other)))];
}
