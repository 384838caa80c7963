/** For every rule between values: values that break it, and the sentence that a user reads. */
import type { Values } from '../../generator/values/maps.ts';

const certificate = '-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n';
const key = '-----BEGIN PRIVATE KEY-----\nbm90IG9uZQ==\n-----END PRIVATE KEY-----\n';
const inline = (inlined: object): Values => ({ gateway: { tls: { source: 'inline', inline: inlined } } });
const control = (controlPlane: object): Values => ({ mesh: { controlPlane } });
const kafka = (values: object): Values => ({ kafka: { enabled: true, bootstrapServers: ['k.kafka:9092'], ...values } });
const listeners = (...list: [string, number][]) => ({
  kafka: { listeners: list.map(([name, port]) => ({ name, port })) },
});
const serving = (config: object): Values => ({ serving: { config } });
const verify = (values: object, others: object = {}): Values => ({
  cluster: { appsDomain: 'apps.example.com' },
  verify: values,
  ...others,
});

const shop = { host: 'shop.example.com', namespace: 'shop', service: 'storefront', secretName: 'shop-tls' };
const versions = 'v2.2, v2.3, v2.4, v2.5, v2.6';
const mesh3 = (values: object): Values => ({ mesh: { generation: 'v3', ...values } });
const tls = (values: object): Values => ({ gateway: { tls: values } });
const noIstio =
  'is no version of v1.24, v1.26, v1.27, v1.28, the Istio of Service Mesh 3; write one as v1.27-latest or v1.27.3, "" for the default, or set mesh.controlPlane.allowUnknownVersion';
const ownIssuer =
  'gateway.tls.certManager.issuer.group: or kind is set, but gateway.tls.certManager.issuer.name is empty, so that the chart makes an issuer of its own; name the issuer, or leave group and kind as they are';
const notYours = 'which is not yours; leave it out, the chart adds what the mesh needs';
const noKnative = 'is a namespace of Knative; write the namespace of the control plane, for example istio-system';
const drain = (given: string) =>
  `mesh.controlPlane.terminationDrainDuration: is ${given}, but Knative takes up to 30 seconds to stop a pod; write more than 30s, for example 35s`;
const noCertificate =
  'gateway.tls.inline.certificate: is no certificate in PEM, as gateway.tls.source inline needs; write what follows and includes -----BEGIN CERTIFICATE-----, without any key';
const noKey =
  'gateway.tls.inline.privateKey: is no private key in PEM, as gateway.tls.source inline needs; write the unencrypted key, beginning with its BEGIN line';
const setBoth = (empty: string, set: string) =>
  `kafka.authSecret.${empty}: is empty, but kafka.authSecret.${set} is set; set both or none`;
const owned = (path: string, given: string, use: string) =>
  `${path}: sets ${given}, which the chart sets itself; remove it and use ${use}`;
const prefixed = (path: string, name: string) =>
  `${path}: names ${name} with its prefix; write the name without config-, for example network`;
const meaning = (path: string, key: string) =>
  `${path}: has ${key}, which has a meaning for the products that read it; choose a key of your own, for example example.com/team`;
const noCa =
  'verify.caCertificate: is no certificate in PEM; write the public certificate of the CA, from -----BEGIN CERTIFICATE----- on, without any key';

/** One sentence each, so that both Helms must fail with it. */
export const refused: readonly (readonly [given: Values, want: string])[] = [
  ...['knative-serving', 'knative-eventing', 'knative-serving-ingress'].map(
    name => [{ mesh: { namespace: name } }, `mesh.namespace: ${noKnative}`] as const,
  ),
  [{ mesh: { members: ['a', 'knative-serving'] } }, `mesh.members[1]: is knative-serving, ${notYours}`],
  [{ mesh: { members: ['knative-serving-ingress'] } }, `mesh.members[0]: is knative-serving-ingress, ${notYours}`],
  [
    { mesh: { namespace: 'm', members: ['a', 'm'] } },
    'mesh.members: contains mesh.namespace, which cannot be a member of its own mesh; leave it out',
  ],
  [
    control({ version: 'v2.1' }),
    `mesh.controlPlane.version: is not one of ${versions}; write one of them, "" for the newest, or set mesh.controlPlane.allowUnknownVersion`,
  ],
  ...['v1.25-latest', 'v1.29-latest', 'v1.27', 'v2.6', 'v11.27-latest'].map(
    version => [mesh3({ controlPlane: { version } }), `mesh.controlPlane.version: ${noIstio}`] as const,
  ),
  ...['v1.31', 'v1.36'].map(
    release =>
      [
        { serverless: { release }, mesh: { generation: 'v3' } },
        'mesh.generation: is v3, but Serverless knows Service Mesh 3 from v1.37 on; set serverless.release to v1.37 or later, or leave v2',
      ] as const,
  ),
  [
    { ...mesh3({}), serving: { ingress: 'kourier' } },
    'mesh.generation: is v3, but serving.ingress is kourier, which is for Service Mesh 2 only; set serving.ingress to istio, or leave v2',
  ],
  [
    { mesh: { namespace: 'openshift-ingress' } },
    "mesh.namespace: is openshift-ingress, the namespace of OpenShift's router; write another one, for example istio-system",
  ],
  [
    {
      cluster: { appsDomain: 'apps.example.com' },
      ...tls({ source: 'certManager', secretName: 'serverless-mesh-ca' }),
    },
    'gateway.tls.secretName: is serverless-mesh-ca, the Secret of the root that the chart makes; choose another name, for example wildcard-certs',
  ],
  [
    mesh3({ namespace: 'istio-cni' }),
    'mesh.namespace: is istio-cni, the namespace of the CNI plugin; write another one, for example istio-system',
  ],
  [
    mesh3({ members: ['a', 'istio-cni'] }),
    'mesh.members[1]: is istio-cni, the namespace of the CNI plugin, which is not yours; leave it out',
  ],
  [
    { gateway: { autoscaling: { minReplicas: 6 } } },
    'gateway.autoscaling.maxReplicas: is 5, but gateway.autoscaling.minReplicas is 6; raise it, or lower minReplicas',
  ],
  [
    tls({ source: 'certManager' }),
    'gateway.tls.source: is certManager, but cluster.appsDomain is empty; write the domain of the OpenShift routes there, for example apps.example.com',
  ],
  [
    { ...tls({ source: 'clusterIngress' }), jobs: { enabled: false } },
    'gateway.tls.source: is clusterIngress, but jobs.enabled is false, and the certificate is copied by a Job; enable the Jobs, or create the Secret and set the source to existing',
  ],
  [
    { ...tls({ source: 'clusterIngress' }), serving: { ingress: 'kourier' } },
    'gateway.tls.source: is clusterIngress, but with serving.ingress kourier there is no gateway of the mesh; leave it existing',
  ],
  [tls({ certManager: { issuer: { kind: 'Issuer' } } }), ownIssuer],
  [tls({ certManager: { issuer: { group: 'awspca.cert-manager.io' } } }), ownIssuer],
  [
    { kafka: { consumerNamespaces: ['a', 'knative-eventing'] } },
    'kafka.consumerNamespaces[1]: is knative-eventing, which has the ServiceEntry anyway; leave it out',
  ],
  [
    control({ outboundTrafficPolicy: 'REGISTRY_ONLY', create: false, excludedOutboundIPRanges: ['172.30.0.1/32'] }),
    'mesh.controlPlane.outboundTrafficPolicy: is REGISTRY_ONLY, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it ALLOW_ANY, and set the policy of your control plane yourself',
  ],
  [
    control({ outboundTrafficPolicy: 'REGISTRY_ONLY' }),
    'mesh.controlPlane.excludedOutboundIPRanges: is empty, but with REGISTRY_ONLY the pods of Knative could not reach the API server, which Service Mesh 2 does not know; write its address, for example 172.30.0.1/32, as oc get service -n default kubernetes shows it',
  ],
  [
    control({ accessLog: { format: '%START_TIME%' } }),
    'mesh.controlPlane.accessLog.format: is set, but mesh.controlPlane.accessLog.enabled is false; enable it, or leave the format out',
  ],
  [
    control({ create: false, tracing: { type: 'openTelemetry', collector: { host: 'otel.mesh.svc.cluster.local' } } }),
    'mesh.controlPlane.tracing.type: is openTelemetry, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it operatorDefault, and name the collector in your control plane yourself',
  ],
  [
    control({
      version: 'v2.5',
      tracing: { type: 'openTelemetry', collector: { host: 'otel.mesh.svc.cluster.local' } },
    }),
    'mesh.controlPlane.tracing.type: is openTelemetry, which Service Mesh 2 knows from v2.6 on; set mesh.controlPlane.version to v2.6, or the type to none',
  ],
  [
    control({ tracing: { type: 'openTelemetry' } }),
    'mesh.controlPlane.tracing.collector.host: is empty, but mesh.controlPlane.tracing.type is openTelemetry; write the Service of the collector, for example otel-collector.tracing.svc.cluster.local',
  ],
  [
    control({ tracing: { collector: { host: 'otel.mesh.svc.cluster.local' } } }),
    'mesh.controlPlane.tracing.collector.host: is set, but mesh.controlPlane.tracing.type is operatorDefault; set the type to openTelemetry, or leave the host out',
  ],
  [
    {
      cluster: { dnsDomain: 'corp.internal' },
      ...control({ tracing: { type: 'openTelemetry', collector: { host: 'otel.mesh.svc' } } }),
    },
    'mesh.controlPlane.tracing.collector.host: is otel.mesh.svc, a short form by which the mesh knows no Service; write otel.mesh.svc.corp.internal',
  ],
  [
    { mesh: { namespace: 'openshift-operators' } },
    'mesh.namespace: is openshift-operators, where the operator of Service Mesh 2 takes no control plane; write another one, for example istio-system',
  ],
  [
    control({ create: false, accessLog: { enabled: true } }),
    'mesh.controlPlane.accessLog.enabled: is true, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it false, and set it in your control plane yourself',
  ],
  [
    control({ create: false, tracing: { type: 'none' } }),
    'mesh.controlPlane.tracing.type: is none, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it operatorDefault, and set it in your control plane yourself',
  ],
  [
    control({ create: false, tls: { minProtocolVersion: 'TLSv1_3' } }),
    'mesh.controlPlane.tls.minProtocolVersion: is TLSv1_3, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it TLS_AUTO, and set it in your control plane yourself',
  ],
  [
    control({ create: false, addons: { enabled: false } }),
    'mesh.controlPlane.addons.enabled: is false, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it true, and set it in your control plane yourself',
  ],
  [
    control({ create: false, excludedOutboundIPRanges: ['10.0.0.0/8'] }),
    'mesh.controlPlane.excludedOutboundIPRanges: is not empty, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it empty, and set it in your control plane yourself',
  ],
  [
    { domainMappings: [shop], mesh: { members: ['shop'] }, serving: { ingress: 'kourier' } },
    'domainMappings: lead through the ingress gateway of the mesh, which needs serving.enabled and serving.ingress istio; set both, or leave the mappings out',
  ],
  [
    { domainMappings: [shop, { ...shop, service: 'other' }], mesh: { members: ['shop'] } },
    'domainMappings: has a host twice; a cluster can map a domain only once, leave one of them out',
  ],
  [
    { domainMappings: [shop, { ...shop, host: 'a.shop.svc.cluster.local' }], mesh: { members: ['shop'] } },
    'domainMappings[1]: has host a.shop.svc.cluster.local, which is in the DNS domain of the cluster, and Knative refuses that; write a domain of your own',
  ],
  [
    { domainMappings: [shop], mesh: { members: ['other'] } },
    'domainMappings[0]: has namespace shop, which is not in mesh.members; write one of them, or add it there',
  ],
  [
    { networkPolicies: { ingress: { create: true } } },
    'networkPolicies.ingress.create: is true, but mesh.controlPlane.manageNetworkPolicy is true, so that Service Mesh makes such policies; set one of the two to false',
  ],
  ...['ingress', 'egress'].map(
    direction =>
      [
        { networkPolicies: { [direction]: { create: true } }, serving: { ingress: 'kourier' } },
        `networkPolicies.${direction}.create: is true, but with serving.ingress kourier Knative is outside the mesh; leave it false, or set serving.ingress to istio`,
      ] as const,
  ),
  [
    { placement: { tolerations: [{ key: 'a' }, { key: 'infra', operator: 'Exists', value: 'x' }] } },
    'placement.tolerations[1]: has operator Exists with value x, which Kubernetes refuses; remove the value, or write operator Equal',
  ],
  [
    { serving: { resources: [{ workload: 'queue-proxy', container: 'a', limits: { cpu: '1' } }] } },
    'serving.resources[0]: names queue-proxy, which is no workload of Knative Serving; write one of activator, autoscaler, autoscaler-hpa, controller, webhook, domain-mapping, domainmapping-webhook, net-istio-controller, net-istio-webhook, net-kourier-controller, 3scale-kourier-gateway',
  ],
  [
    { eventing: { resources: [{ workload: 'broker', container: 'a', limits: { cpu: '1' } }] } },
    'eventing.resources[0]: names broker, which is no workload of Knative Eventing; write one of pingsource-mt-adapter, imc-dispatcher, mt-broker-ingress, mt-broker-filter, eventing-controller, eventing-istio-controller, eventing-webhook, imc-controller, mt-broker-controller, job-sink',
  ],
  [
    kafka({ resources: [{ workload: 'kafka', container: 'a', limits: { cpu: '1' } }] }),
    'kafka.resources[0]: names kafka, which is no workload of Knative Kafka; write one of kafka-controller, kafka-broker-receiver, kafka-broker-dispatcher, kafka-channel-receiver, kafka-channel-dispatcher, kafka-source-dispatcher, kafka-sink-receiver, kafka-webhook-eventing',
  ],
  ...(
    [
      ['serving', 'activator'],
      ['eventing', 'job-sink'],
      ['kafka', 'kafka-controller'],
    ] as const
  ).map(
    ([part, workload]) =>
      [
        { [part]: { resources: [{ workload, container: 'a', limits: {} }] } },
        `${part}.resources[0]: has neither requests nor limits; write cpu or memory below one of them, or leave the container out`,
      ] as const,
  ),
  [
    { isolation: { enabled: true }, serving: { ingress: 'kourier' } },
    'isolation.enabled: is true, but with serving.ingress kourier Knative is outside the mesh, where no policy counts; set serving.ingress to istio, or leave it false',
  ],
  [
    { isolation: { enabled: true }, serving: { enabled: false }, eventing: { enabled: false } },
    'isolation.enabled: is true, but serving.enabled and eventing.enabled are both false, so that there is nothing to isolate; enable one of them, or leave it false',
  ],
  [control({ terminationDrainDuration: '30s' }), drain('30s')],
  [control({ terminationDrainDuration: '9s' }), drain('9s')],
  [
    { serverless: { release: 'v1.31' }, ...control({ manageNetworkPolicy: false }) },
    'mesh.controlPlane.manageNetworkPolicy: is false, but Serverless v1.31 has no way to leave out its own NetworkPolicies; leave it true, or set serverless.release to v1.32 or later',
  ],
  [
    control({ excludedInboundPorts: [8444, 18022] }),
    'mesh.controlPlane.excludedInboundPorts: lacks 8022, the wait-for-drain hook that Kubernetes calls without a client certificate; add 8022',
  ],
  [
    { ...control({ excludedInboundPorts: [8022] }), serving: { metrics: { enabled: true } } },
    'mesh.controlPlane.excludedInboundPorts: lacks 8444, from which Prometheus reads metrics without a client certificate; add 8444, or set serving.metrics.enabled to false',
  ],
  [
    { ...inline({ certificate, privateKey: key }), serving: { ingress: 'kourier' } },
    'gateway.tls.source: is inline, but with serving.ingress kourier there is no gateway of the mesh; leave it existing',
  ],
  [inline({ privateKey: key }), noCertificate],
  [inline({ certificate: `${certificate}${key}`, privateKey: key }), noCertificate],
  [inline({ certificate }), noKey],
  [inline({ certificate, privateKey: key.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') }), noKey],
  [
    { gateway: { tls: { inline: { privateKey: key } } } },
    'gateway.tls.inline.privateKey: is set, but gateway.tls.source is existing; set the source to inline, or remove the key from the values',
  ],
  [
    { ...kafka({}), eventing: { enabled: false } },
    'kafka.enabled: is true, but eventing.enabled is false; Knative Kafka needs Knative Eventing, enable both or none',
  ],
  [
    kafka({ bootstrapServers: [] }),
    'kafka.bootstrapServers: is empty, but kafka.enabled is true; list the brokers as host:port, for example my-cluster-kafka-bootstrap.kafka:9092',
  ],
  [
    kafka({ bootstrapServers: ['a.b:9092', 'a.b:909'] }),
    'kafka.bootstrapServers[1]: has port 909, which is no port of kafka.listeners; add a listener with that port, or correct the port',
  ],
  [
    listeners(['tcp-a', 1], ['tcp-b', 2], ['tcp-a', 3]),
    'kafka.listeners: has a name twice; Istio refuses that, give each listener its own name',
  ],
  [listeners(['tcp-a', 9092], ['tcp-b', 9092]), 'kafka.listeners: has a port twice; give each port one listener'],
  [kafka({ authSecret: { namespace: 'knative-eventing' } }), setBoth('name', 'namespace')],
  [kafka({ authSecret: { name: 'a' } }), setBoth('namespace', 'name')],
  [
    kafka({ authSecret: { name: 'a', namespace: 'b' } }),
    'kafka.authSecret.namespace: is b, but the Kafka Broker reads its Secret only in knative-eventing; create the Secret there, or set kafka.broker.enabled to false',
  ],
  [serving({ 'config-network': { a: 'b' } }), prefixed('serving.config', 'config-network')],
  [{ eventing: { config: { 'config-features': { a: 'b' } } } }, prefixed('eventing.config', 'config-features')],
  [serving({ istio: { 'gateway.a.b': 'c' } }), owned('serving.config', 'istio', 'mesh.namespace')],
  ...['metrics.backend-destination', 'metrics-protocol', 'request-metrics-protocol'].map(
    name =>
      [
        serving({ observability: { [name]: 'none' } }),
        owned('serving.config', `observability.${name}`, 'serving.metrics.enabled'),
      ] as const,
  ),
  ...['ingress-class', 'ingress.class'].map(
    name =>
      [serving({ network: { [name]: 'x' } }), owned('serving.config', `network.${name}`, 'serving.ingress')] as const,
  ),
  [
    { eventing: { config: { features: { istio: 'disabled' } } } },
    owned('eventing.config', 'features.istio', 'serving.ingress'),
  ],
  ...['external-domain-tls', 'cluster-local-domain-tls', 'system-internal-tls'].map(
    key =>
      [
        serving({ network: { [key]: 'Enabled' } }),
        `serving.config: sets network.${key}, an encryption of Knative's own, which OpenShift Serverless has for Kourier only; remove it, for the mesh and its gateway encrypt already`,
      ] as const,
  ),
  [
    { verify: { namespace: 'a' }, mesh: { members: ['a'] } },
    'verify.namespace: is set, but cluster.appsDomain is empty; write the domain of the OpenShift routes there, for example apps.example.com',
  ],
  [
    verify({ namespace: 'b' }, { mesh: { members: ['a'] } }),
    'verify.namespace: is b, which is not in mesh.members; write one of them, or add it there',
  ],
  [verify({ caCertificate: 'MIIB' }), noCa],
  [verify({ caCertificate: `${certificate}${key}` }), noCa],
  ...[
    'app.kubernetes.io/name',
    'sidecar.istio.io/inject',
    'istio',
    'knative',
    'pod-security.kubernetes.io/enforce',
  ].map(name => [{ commonLabels: { ok: 'a', [name]: 'b' } }, meaning('commonLabels', name)] as const),
  ...['helm.sh/hook', 'meta.helm.sh/release-name', 'argocd.argoproj.io/sync-wave', 'serverless.openshift.io/x'].map(
    name => [{ commonAnnotations: { ok: 'a', [name]: 'b' } }, meaning('commonAnnotations', name)] as const,
  ),
];

/** Values close to those above, that no rule may refuse. */
export const accepted: readonly (readonly [name: string, given: Values])[] = [
  [
    "Knative's own encryption with Kourier",
    { serving: { ingress: 'kourier', config: { network: { 'system-internal-tls': 'Enabled' } } } },
  ],
  [
    "Knative's own encryption, off",
    serving({ network: { 'system-internal-tls': 'Disabled', 'external-domain-tls': 'disabled' } }),
  ],
  ...['v1.24-latest', 'v1.26.7', 'v1.28-latest'].map(
    version => [`Istio ${version}`, mesh3({ controlPlane: { version } })] as const,
  ),
  ['a newer Istio, when asked for', mesh3({ controlPlane: { version: 'v1.40-latest', allowUnknownVersion: true } })],
  [
    'what Service Mesh 2 alone knows, with 3',
    mesh3({
      controlPlane: { identity: 'ThirdParty', manageNetworkPolicy: false },
      serviceMeshMembers: { create: true },
    }),
  ],
  ['the name of our root for a certificate of somebody else', tls({ secretName: 'serverless-mesh-ca' })],
  ['31 seconds', control({ terminationDrainDuration: '31s' })],
  ['a minute', control({ terminationDrainDuration: '1m' })],
  ['300 seconds', control({ terminationDrainDuration: '300s' })],
  ['a version that we do not know, on demand', control({ version: 'v2.9', allowUnknownVersion: true })],
  ['only 8022, without metrics', control({ excludedInboundPorts: [8022] })],
  [
    'no NetworkPolicies on v1.31 with Kourier',
    { serverless: { release: 'v1.31' }, ...control({ manageNetworkPolicy: false }), serving: { ingress: 'kourier' } },
  ],
  ['no NetworkPolicies on v1.32', { serverless: { release: 'v1.32' }, ...control({ manageNetworkPolicy: false }) }],
  [
    'a key of RSA, after an empty line',
    inline({ certificate, privateKey: `\n${key.replaceAll('PRIVATE', 'RSA PRIVATE')}` }),
  ],
  [
    'text before the END line only',
    inline({ certificate: `\n  ${certificate}`, privateKey: key.replaceAll('PRIVATE', 'EC PRIVATE') }),
  ],
  ['a certificate without its source', { gateway: { tls: { inline: { certificate } } } }],
  [
    'a Secret of Kafka elsewhere, without the Broker',
    kafka({ authSecret: { name: 'a', namespace: 'b' }, broker: { enabled: false } }),
  ],
  ['observability of our own', serving({ observability: { 'logging.enable-request-log': 'true' } })],
  ['an istio feature of another map', { eventing: { config: { tracing: { istio: 'x' } } } }],
  [
    'helm test in a namespace of another member roll',
    verify({ namespace: 'b' }, { mesh: { memberRoll: { create: false } } }),
  ],
  [
    'keys that only look like those of products',
    { commonLabels: { 'example.com/istio': 'a', knativ: 'b', 'helm.sh.example.com/a': 'c' } },
  ],
];
