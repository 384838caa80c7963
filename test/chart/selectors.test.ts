/** Namespaces are selected only by labels that somebody is known to set (E4 of the base document's errors). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cases, goldenManifests } from './cases.ts';

const test = suite('chart/selectors');

/** Who sets the label. */
const knownLabels: Readonly<Record<string, string>> = {
  'kubernetes.io/metadata.name':
    'Kubernetes: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name',
  'policy-group.network.openshift.io/ingress':
    'OpenShift, on the namespaces of routers: https://docs.openshift.com/container-platform/4.18/networking/network_security/network_policy/about-network-policy.html',
  'policy-group.network.openshift.io/host-network':
    'OpenShift, on the namespace that stands for the network of nodes: the same page',
  'knative.openshift.io/part-of': 'the Serverless operator, on its own namespaces: base document 1.6',
  'network.openshift.io/policy-group':
    'OpenShift, on the namespaces of its monitoring: openshift-docs modules/ossm-integrating-with-user-workload-monitoring.adoc',
};

/** Where an object, or a part of it, selects namespaces by another label. */
function findings(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (key !== 'namespaceSelector') return findings(inner, at);
    const { matchLabels = {}, matchExpressions = [] } = inner as Selector;
    const labels = [...Object.keys(matchLabels), ...matchExpressions.map(expression => expression.key)];
    return labels.filter(label => !(label in knownLabels)).map(label => `${at}: ${label}`);
  });
}
interface Selector {
  readonly matchLabels?: object;
  readonly matchExpressions?: readonly { readonly key: string }[];
}

const policies = cases.flatMap(one =>
  goldenManifests(one)
    .filter(({ object }) => object.kind === 'NetworkPolicy')
    .map(({ source, object }) => ({ name: `${one.name}, ${source}`, object })),
);

test('every NetworkPolicy of every case', () => {
  assert.ok(policies.length > 2);
  assert.equal(
    policies.flatMap(({ name, object }) => findings(object).map(finding => `${name}: ${finding}`)),
    [],
  );
});

for (const label of ['name', 'kubernetes.io/metadata.namespace']) {
  test(`E4: a NetworkPolicy that selects by ${label} is noticed`, () => {
    const text = JSON.stringify(
      policies.find(({ name }) => name.includes('allow-from-openshift-monitoring-ns'))?.object,
    );
    const broken = JSON.parse(text.replace('kubernetes.io/metadata.name', label));
    assert.equal(findings(broken), [`spec.ingress.0.from.0.namespaceSelector: ${label}`]);
  });
}

test.run();
