/** Differences of objects, and the ids of all effects that they have, worst first. */
import type { Manifest } from '../../generator/gotmpl/evaluate.ts';

type Fields = Readonly<Record<string, unknown>>;
export interface Row {
  readonly name: string;
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
  readonly want: readonly string[];
  /** What the first effect says. */
  readonly says?: RegExp;
}

const apis: Readonly<Record<string, string>> = {
  ...{ KnativeServing: 'operator.knative.dev/v1beta1', KnativeEventing: 'operator.knative.dev/v1beta1' },
  ...{ KnativeKafka: 'operator.serverless.openshift.io/v1alpha1', ServiceMeshControlPlane: 'maistra.io/v2' },
  ...{ ServiceMeshMemberRoll: 'maistra.io/v1', ServiceMeshMember: 'maistra.io/v1' },
  ...{ Istio: 'sailoperator.io/v1', IstioCNI: 'sailoperator.io/v1', Gateway: 'networking.istio.io/v1beta1' },
  ...{ DestinationRule: 'networking.istio.io/v1beta1', ServiceEntry: 'networking.istio.io/v1beta1' },
  ...{ EnvoyFilter: 'networking.istio.io/v1alpha3', PeerAuthentication: 'security.istio.io/v1beta1' },
  ...{ AuthorizationPolicy: 'security.istio.io/v1beta1', NetworkPolicy: 'networking.k8s.io/v1' },
  ...{ Deployment: 'apps/v1', HorizontalPodAutoscaler: 'autoscaling/v2', PodDisruptionBudget: 'policy/v1' },
  ...{ Job: 'batch/v1', Role: 'rbac.authorization.k8s.io/v1', Certificate: 'cert-manager.io/v1' },
  ...{ Issuer: 'cert-manager.io/v1', Subscription: 'operators.coreos.com/v1alpha1' },
};

export const object = (kind: string, fields: Fields = {}, annotations: Fields = {}, place = 'here/it'): Manifest => {
  const [namespace, name] = place.split('/');
  const metadata = { name, namespace, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  return { apiVersion: apis[kind] ?? 'v1', kind, metadata, ...fields } as Manifest;
};

const all: Row[] = [];
/** A field of spec that changes. */
function changed(kind: string, before: Fields, after: Fields, want: readonly string[], says?: RegExp): void {
  const name = `${kind}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  const side = (spec: Fields) => [object(kind, { spec })];
  all.push({ name, before: side(before), after: side(after), want, ...(says === undefined ? {} : { says }) });
}
function row(
  name: string,
  before: readonly Manifest[],
  after: readonly Manifest[],
  want: readonly string[],
  says?: RegExp,
) {
  all.push({ name, before, after, want, ...(says === undefined ? {} : { says }) });
}
function comes(kind: string, fields: Fields, want: readonly string[], says?: RegExp): void {
  row(`${kind} is new: ${JSON.stringify(fields)}`, [], [object(kind, fields)], want, says);
}
function goes(kind: string, fields: Fields, want: readonly string[], says?: RegExp): void {
  row(`${kind} is gone: ${JSON.stringify(fields)}`, [object(kind, fields)], [], want, says);
}
const deep = (path: string, value: unknown): Fields =>
  path.split('.').reduceRight<unknown>((x, key) => ({ [key]: x }), value) as Fields;
const field = (kind: string, path: string, before: unknown, after: unknown, want: readonly string[], says?: RegExp) =>
  changed(kind, deep(path, before), deep(path, after), want, says);

// Knative
const workload = (name: string, more: Fields) => ({ workloads: [{ name, ...more }] });
const inject = (value: string) => ({ labels: { 'sidecar.istio.io/inject': value } });
const s = 'reconciled-by-serverless';
for (const kind of ['KnativeServing', 'KnativeEventing', 'KnativeKafka']) goes(kind, {}, ['knative-removed']);
comes('KnativeKafka', {}, ['needs-serverless']);
field('KnativeServing', 'ingress.istio.enabled', true, false, ['ingress-class', s]);
field('KnativeServing', 'config.istio.a', 'x', 'y', ['routes-move', s], /Routes .*HostAlreadyClaimed/);
changed(
  'KnativeServing',
  workload('activator', inject('true')),
  workload('activator', inject('false')),
  ['workload-leaves-mesh', 'restarts-workloads', s],
  /^activator lose their proxy/,
);
changed('KnativeEventing', workload('a', {}), workload('a', inject('true')), [
  'workload-joins-mesh',
  'restarts-workloads',
  s,
]);
changed(
  'KnativeServing',
  { workloads: [{ name: 'activator' }, { name: 'autoscaler', resources: [{ container: 'a' }] }] },
  { workloads: [{ name: 'activator' }, { name: 'autoscaler', resources: [{ container: 'b' }] }] },
  ['restarts-workloads', s],
  /^restarts autoscaler:/,
);
changed('KnativeServing', workload('activator', { replicas: 1 }), workload('activator', { replicas: 2 }), [
  s,
  'scales-workloads',
]);
field('KnativeServing', 'high-availability.replicas', 1, 2, [s, 'scales-workloads']);
const netIstio = (value: string) =>
  workload('net-istio-controller', { env: [{ container: 'c', envVars: [{ name: 'ENABLE_SECRET', value }] }] });
changed(
  'KnativeServing',
  netIstio('true'),
  netIstio('false'),
  ['secret-filtering', 'restarts-workloads', s],
  /certificate-uid/,
);
const annotated = (key: string) => [object('KnativeServing', {}, { [`serverless.openshift.io/${key}`]: 'true' })];
const policies = 'disable-istio-net-policies-generation';
row(
  'NetworkPolicies of the operator go',
  annotated('x'),
  annotated(policies),
  ['operator-network-policies'],
  /deletes/,
);
row(
  'NetworkPolicies of the operator come',
  annotated(policies),
  annotated('x'),
  ['operator-network-policies'],
  /creates/,
);
row('secret filtering on v1.31', annotated('x'), annotated('enable-secret-informer-filtering'), ['secret-filtering']);
field('KnativeEventing', 'config.features.istio', 'enabled', 'disabled', ['channel-destination-rules', s]);
field('KnativeServing', 'config.domain', { 'a.example.com': '' }, { 'b.example.com': '' }, ['knative-domain', s]);
field('KnativeServing', 'config.network.domain-template', 'a', 'b', ['knative-domain', s]);
field('KnativeServing', 'config.defaults.max-revision-timeout-seconds', '300', '600', ['restarts-activator', s]);
field('KnativeServing', 'config.autoscaler.x', '1', '2', [s, 'knative-settings']);

changed(
  'KnativeEventing',
  { workloads: [{ name: 'a' }] },
  { workloads: [{ name: 'x', replicas: 2, resources: [] }, { name: 'a' }] },
  ['restarts-workloads', s, 'scales-workloads'],
  /^restarts x:/,
);

// Kafka
field('KnativeKafka', 'channel.bootstrapServers', 'a:1', 'b:1', ['other-kafka', s]);
field('KnativeKafka', 'broker.defaultConfig.bootstrapServers', 'a:1', 'b:1', ['other-kafka', s]);
field('KnativeKafka', 'sink.enabled', true, false, ['kafka-part-off', s], /deletes the sink/);
field('KnativeKafka', 'source.enabled', false, true, [s, 'kafka-part-on']);
field('KnativeKafka', 'channel.authSecretName', 'a', 'b', ['kafka-login', s]);
field('KnativeKafka', 'broker.defaultConfig.numPartitions', 10, 20, [s, 'new-topics']);

// The mesh
const m2 = 'reconciled-by-service-mesh-2';
const m3 = 'reconciled-by-service-mesh-3';
goes('ServiceMeshControlPlane', {}, ['control-plane-removed']);
goes('Istio', {}, ['control-plane-removed']);
comes('ServiceMeshControlPlane', {}, ['control-plane-added', 'needs-service-mesh-2']);
comes('Istio', {}, ['control-plane-added', 'needs-service-mesh-3']);
field('Istio', 'namespace', 'a', 'b', ['fixed-namespace', m3]);
field('IstioCNI', 'namespace', 'a', 'b', ['fixed-namespace', m3]);
field('Istio', 'updateStrategy.type', 'InPlace', 'RevisionBased', ['update-strategy', m3]);
field('ServiceMeshControlPlane', 'security.trust.domain', 'a', 'b', ['trust-domain', m2]);
field('Istio', 'values.meshConfig.trustDomain', 'a', 'b', ['trust-domain', m3]);
field('ServiceMeshControlPlane', 'security.identity.type', 'Kubernetes', 'ThirdParty', ['token-identity', m2]);
field('ServiceMeshControlPlane', 'security.dataPlane.mtls', true, false, ['strict-mtls', m2], /plain text again/);
field('ServiceMeshControlPlane', 'security.dataPlane.mtls', false, true, ['strict-mtls', m2], /refuse plain text/);
field('ServiceMeshControlPlane', 'security.manageNetworkPolicy', true, false, ['mesh-network-policies', m2], /deletes/);
field('ServiceMeshControlPlane', 'security.manageNetworkPolicy', false, true, ['mesh-network-policies', m2], /creates/);
field('ServiceMeshControlPlane', 'version', 'v2.5', 'v2.6', ['control-plane-version', m2]);
field('Istio', 'version', 'v1.26', 'v1.27', ['control-plane-version', m3]);
field('IstioCNI', 'version', 'v1.26', 'v1.27', ['cni-version', m3]);
field(
  'ServiceMeshControlPlane',
  'proxy.networking.trafficControl.inbound.excludedPorts',
  [1],
  [1, 2],
  ['excluded-ports', m2],
);
field('Istio', 'values.global.proxy.excludeInboundPorts', '1', '1,2', ['excluded-ports', m3]);
field('ServiceMeshControlPlane', 'techPreview.meshConfig.defaultConfig.x', '35s', '60s', ['proxy-settings', m2]);
field('Istio', 'values.meshConfig.defaultConfig.x', '35s', '60s', ['proxy-settings', m3]);
field('ServiceMeshControlPlane', 'proxy.networking.clusterDomain', 'a', 'b', ['cluster-domain', m2]);

// Members
const roll = (...members: string[]) =>
  object('ServiceMeshMemberRoll', { spec: { members } }, {}, 'istio-system/default');
const member = (namespace: string, mesh = 'istio-system') =>
  object(
    'ServiceMeshMember',
    { spec: { controlPlaneRef: { name: 'basic', namespace: mesh } } },
    {},
    `${namespace}/default`,
  );
row('a namespace leaves', [roll('a', 'b')], [roll('a')], ['members-leave', m2], /^b leaves the mesh/);
row('namespaces join', [roll('a')], [roll('a', 'b', 'c')], ['members-join', m2], /^b and c join the mesh: they must/);
row('the roll goes', [roll('a')], [], ['roll-removed'], /^a leaves/);
row('the roll comes', [], [roll('a')], ['roll-added', 'needs-service-mesh-2'], /^a joins the mesh: it must/);
row('a member goes', [member('a')], [], ['member-leaves'], /^a leaves/);
row('a member comes', [], [member('a')], ['member-joins', 'needs-service-mesh-2'], /^a joins/);
row('a member of another mesh', [member('a')], [member('a', 'other')], ['member-control-plane', m2]);
row('a roll takes over from members', [member('a')], [roll('a')], ['needs-service-mesh-2']);
row(
  'members take over from a roll',
  [roll('a', 'b')],
  [member('a')],
  ['roll-removed', 'needs-service-mesh-2'],
  /^b leaves/,
);
const labelled = (names: string) => [object('ConfigMap', { data: { LABEL_NAMESPACES: names } })];
row('Service Mesh 3: one less', labelled('a b'), labelled('a'), ['label-stays'], /^b stays in the mesh/);
row('Service Mesh 3: one more', labelled('a'), labelled('a b'), ['label-added'], /labels b:/);

// Gateways
field('Deployment', 'selector.matchLabels', { a: 'b' }, { a: 'c' }, ['recreates-deployment']);
field('Deployment', 'template.spec.x', 1, 2, ['restarts-gateway'], /restarts the pods of it one after/);
field('Deployment', 'replicas', 1, 2, ['deployment-replicas']);
goes('Deployment', {}, ['deployment-removed']);
field('Service', 'clusterIP', '10.0.0.1', '10.0.0.2', ['fixed-address']);
goes('Service', {}, ['service-removed']);
field('Service', 'selector.a', 'b', 'c', ['service-selector']);
field('Service', 'ports', [{ name: 'http2', port: 80 }], [{ name: 'http', port: 80 }], ['service-ports']);
goes('Gateway', {}, ['gateway-removed']);
comes('Gateway', {}, ['gateway-added']);
field('Gateway', 'selector.knative', 'a', 'b', ['gateway-selector']);
const server = (more: Fields) => ({ servers: [{ hosts: ['*'], ...more }] });
changed('Gateway', server({ port: { number: 443 } }), server({ port: { number: 8443 } }), ['gateway-listener']);
changed('Gateway', server({ tls: { mode: 'SIMPLE' } }), server({ tls: { mode: 'MUTUAL' } }), ['gateway-listener']);
changed('Gateway', server({ tls: { credentialName: 'a' } }), server({ tls: { credentialName: 'b' } }), [
  'gateway-certificate',
]);
changed('Gateway', server({}), server({ hosts: ['*.a'] }), ['gateway-hosts']);
const ingress = 'gateways.ingress';
field('ServiceMeshControlPlane', `${ingress}.service.metadata.labels.knative`, 'a', 'b', ['gateway-labels', m2]);
field('ServiceMeshControlPlane', `${ingress}.runtime.container.resources.x`, 1, 2, ['restarts-ingress', m2]);
field('ServiceMeshControlPlane', `${ingress}.runtime.deployment.autoScaling.maxReplicas`, 1, 2, [m2, 'scales-ingress']);
field('HorizontalPodAutoscaler', 'maxReplicas', 5, 6, ['scales-gateway']);
field('PodDisruptionBudget', 'minAvailable', 1, 2, ['disruption-budget']);

// Policies
const rules = { rules: [{ from: [{ source: { namespaces: ['x'] } }] }] };
comes('AuthorizationPolicy', { spec: {} }, ['denial-added'], /^closes all pods in here/);
comes('AuthorizationPolicy', { spec: { action: 'DENY', ...rules } }, ['denial-added']);
goes('AuthorizationPolicy', { spec: {} }, ['denial-removed']);
comes(
  'AuthorizationPolicy',
  { spec: { selector: { matchLabels: { app: 'a' } }, ...rules } },
  ['allowance-added'],
  /pods with app=a in here/,
);
goes('AuthorizationPolicy', { spec: rules }, ['allowance-removed']);
changed('AuthorizationPolicy', rules, { rules: [] }, ['authorization-changed']);
comes('NetworkPolicy', {}, ['network-policy-added']);
goes('NetworkPolicy', {}, ['network-policy-removed']);
field('NetworkPolicy', 'podSelector.matchLabels.a', 'b', 'c', ['network-policy-changed'], /^pods with a=c in here/);
comes('PeerAuthentication', { spec: { mtls: { mode: 'STRICT' } } }, ['mtls-added'], /^mTLS is STRICT/);
goes('PeerAuthentication', {}, ['mtls-removed']);
field('PeerAuthentication', 'mtls.mode', 'PERMISSIVE', 'STRICT', ['mtls-changed'], /^mTLS is STRICT/);
comes('DestinationRule', { spec: { host: 'h' } }, ['destination-rule'], /speak to h/);
comes('ServiceEntry', {}, ['service-entry']);
goes('ServiceEntry', {}, ['service-entry'], /its hosts no more/);
field('EnvoyFilter', 'configPatches', [1], [2], ['envoy-filter']);

// Certificates
const tls = (data: Fields) => ({ type: 'kubernetes.io/tls', data });
row(
  'another certificate',
  [object('Secret', tls({ a: 'YQ==' }))],
  [object('Secret', tls({ a: 'Yg==' }))],
  ['other-certificate'],
);
row('another Secret', [object('Secret', { data: { a: 'YQ==' } })], [object('Secret', { data: { a: 'Yg==' } })], []);
comes('Secret', tls({}), ['certificate-secret-added']);
goes('Secret', tls({}), ['certificate-secret-removed']);
field('Certificate', 'issuerRef.name', 'a', 'b', ['other-issuer', 'reconciled-by-cert-manager']);
field('Certificate', 'dnsNames', ['a'], ['b'], ['other-names', 'reconciled-by-cert-manager']);
goes('Certificate', {}, ['certificate-removed']);
comes('Certificate', {}, ['needs-cert-manager']);
field('Issuer', 'ca.secretName', 'a', 'b', ['issuer-changed', 'reconciled-by-cert-manager']);

// Kubernetes, Helm and OLM
goes('Namespace', {}, ['namespace-removed']);
const kept = { 'helm.sh/resource-policy': 'keep' };
row('a namespace that Helm keeps', [object('Namespace', {}, kept)], [], ['kept'], /^stays in the cluster/);
row('a control plane that Helm keeps', [object('ServiceMeshControlPlane', {}, kept)], [], ['kept']);
field('Job', 'template.spec.x', 1, 2, ['job-template']);
const hook = { 'helm.sh/hook': 'post-install' };
row('a hook', [object('Job', { spec: { template: 1 } }, hook)], [object('Job', { spec: { template: 2 } }, hook)], []);
field('Subscription', 'channel', 'stable', 'stable-1.37', ['subscription-changed']);
goes('Subscription', {}, ['subscription-removed']);
row(
  'another version of the API',
  [object('Gateway')],
  [{ ...object('Gateway'), apiVersion: 'networking.istio.io/v1' }],
  ['api-version'],
);
row('other rights', [object('Role', { rules: [1] })], [object('Role', { rules: [2] })], ['rights']);
row('a common label', [object('ConfigMap')], [object('ConfigMap', {}, { a: 'b' })], []);

export const rows: readonly Row[] = all;

/** Values that differ, and the one effect of each. */
export const valueRows: readonly (readonly [path: string, before: unknown, after: unknown, want: string])[] = [
  ['mesh.generation', 'v2', 'v3', 'generation'],
  ['mesh.namespace', 'istio-system', 'other', 'other-mesh'],
  ['mesh.controlPlane.name', '', 'other', 'other-control-plane'],
  ['mesh.trustDomain', 'cluster.local', 'other', 'trust-domain-of-callers'],
  ['gateway.tls.source', 'existing', 'inline', 'certificate-source'],
  ['serverless.release', 'v1.36', 'v1.37', 'serverless-release'],
];
