/** What users' clusters have beside the test cluster's, and no component here makes: as far as preflight and verify look. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { type Issued, issueCertificates } from '../../../generator/certificates/issue.ts';
import type { Values } from '../../../generator/values/maps.ts';
import { mergeValues } from '../../../generator/values/merge.ts';
import { csv, object } from '../../cluster-commands/healthy.ts';
import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';
import { type Environment, make, valuesFile } from '../releases.ts';

export const domain = 'apps.prod.example.com';

/** The release whose Knative is that of the operator here. */
const release = 'v1.35';
export const serverlessCsv = operatorCsv('serverless-operator.v1.35.1', 'openshift-serverless');

/** With what its definition asks for. */
export function operatorCsv(name: string, namespace: string) {
  const { spec, ...rest } = csv(name, namespace);
  const install = { strategy: 'deployment', spec: { deployments: [] } };
  return { ...rest, spec: { ...(spec as object), displayName: name, install } };
}

/** Of one cluster, whose release and domain are not those of each environment. */
const ofThisCluster: Readonly<Record<Environment, Values>> = {
  dev: { cluster: { appsDomain: domain } },
  staging: { cluster: { appsDomain: domain }, gateway: { hosts: [`*.${domain}`] } },
  prod: {},
};

export function valuesOf(environment: Environment, ...more: readonly Values[]): Values {
  const given = load(readFileSync(valuesFile(environment), 'utf8')) as Values;
  return mergeValues(given, { serverless: { release } }, ofThisCluster[environment], ...more) as Values;
}

let issued: Promise<{ readonly root: Issued; readonly wildcard: Issued }> | undefined;
export function certificates() {
  issued ??= issueCertificates({ appsDomain: domain, organization: 'Test', days: 60, rootDays: 90, bits: 2048 });
  return issued;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
export async function wildcardSecret(name: string, namespace: string, key?: string) {
  const { root, wildcard } = await certificates();
  const data = {
    'tls.crt': base64(wildcard.certificate + root.certificate),
    'tls.key': base64(key ?? wildcard.privateKey),
  };
  return object('v1/Secret', name, namespace, { type: 'kubernetes.io/tls', data });
}

/** Before the install. */
export async function givenObjects(): Promise<KubeObject[]> {
  const csvName = serverlessCsv.metadata.name;
  const ports = [{ name: 'tls', port: 9093 }];
  return [
    ...['openshift-serverless', 'openshift-operators', 'shared-mesh'].map(name => object('v1/Namespace', name)),
    serverlessCsv,
    operatorCsv('servicemeshoperator.v2.6.11', 'openshift-operators'),
    object('operators.coreos.com/v1alpha1/Subscription', 'serverless-operator', 'openshift-serverless', {
      spec: { name: 'serverless-operator', source: 'redhat-operators', sourceNamespace: 'openshift-marketplace' },
      status: { installedCSV: csvName, currentCSV: csvName, lastUpdated: '2026-01-01T00:00:00Z' },
    }),
    object('config.openshift.io/v1/Ingress', 'cluster', undefined, { spec: { domain } }),
    await wildcardSecret('wildcard-certs', 'istio-system'),
    await wildcardSecret('knative-wildcard', 'shared-mesh'),
    object('v1/Service', 'events-kafka-bootstrap', 'kafka', { spec: { ports } }),
  ];
}

/** What the operators of Red Hat make after the install. */
export function madeByOperators(): KubeObject[] {
  const labels = { app: 'eventing-istio-controller' };
  const containers = [{ name: 'controller', image: 'registry.example.com/controller' }];
  return [
    object('security.istio.io/v1beta1/PeerAuthentication', 'default', 'istio-system', {
      spec: { mtls: { mode: 'STRICT' } },
    }),
    object('apps/v1/Deployment', 'eventing-istio-controller', 'knative-eventing', {
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    }),
  ];
}

/** Namespaces stay: they take long to go, and hold nothing. */
export async function unmake(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  for (const { apiVersion, kind, metadata } of objects)
    if (kind !== 'Namespace') await cluster.objects.remove(apiVersion, kind, metadata.name, metadata.namespace);
}

/** Puts objects there, in place of those of the same name, and takes others away, for the time of a check. */
export async function meanwhile(
  cluster: Cluster,
  { put = [], without = [] }: { readonly put?: readonly KubeObject[]; readonly without?: readonly KubeObject[] },
  check: () => Promise<void>,
): Promise<void> {
  const before: KubeObject[] = [];
  for (const { apiVersion, kind, metadata } of [...put, ...without]) {
    const found = await cluster.objects.get<KubeObject>(apiVersion, kind, metadata.name, metadata.namespace);
    if (found !== undefined) before.push(asGiven(found));
  }
  await unmake(cluster, before);
  try {
    for (const wanted of put) await make(cluster, wanted);
    await check();
  } finally {
    await unmake(cluster, put);
    for (const found of before) await make(cluster, found);
  }
}

interface Loose {
  readonly metadata: { readonly labels?: object; readonly annotations?: object };
}

/** Without what the API server has put into its metadata. */
function asGiven(found: KubeObject): KubeObject {
  const { name, namespace, labels, annotations } = found.metadata as KubeObject['metadata'] & Loose['metadata'];
  const metadata = {
    name,
    ...(namespace && { namespace }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
  return { ...found, metadata };
}
