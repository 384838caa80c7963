/** For each rule between values a small change that breaks it, and no rule that stands before it. */
import type { Values as MeshValues } from '../../values-schema/index.ts';
import type { Dice } from './dice.ts';
import { ofOthers } from './repair-production.ts';

/** Breaks a rule in a value set of its chart. */
export type BreakRule<V = never> = (values: V, d: Dice) => void;
type Break = BreakRule<MeshValues>;

const knative = ['knative-serving', 'knative-eventing', 'knative-serving-ingress'];
/** The Secret of the chart with these PEM texts, where there is a gateway that serves it. */
export const inline = ({ gateway, serving }: MeshValues, certificate: string, privateKey?: string): void => {
  serving.ingress = 'istio';
  gateway.tls.source = 'inline';
  Object.assign(gateway.tls.inline, { certificate, ...(privateKey === undefined ? {} : { privateKey }) });
};
/** Without the names of namespaces that only one generation refuses: a break may change the generation. */
export const ofEither = (values: MeshValues): MeshValues =>
  JSON.parse(JSON.stringify(values).replaceAll(/"(openshift-operators|istio-cni)"/g, '"not-$1"'));
export const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const key = (values: MeshValues) => values.gateway.tls.inline.privateKey;
const onMesh3 = ({ mesh, serverless }: MeshValues): void => {
  mesh.generation = 'v3';
  mesh.controlPlane.version = '';
  serverless.release = 'v1.37';
};
const onMesh2 = ({ mesh }: MeshValues): void => {
  mesh.generation = 'v2';
  mesh.controlPlane.version = '';
};
const withKafka = ({ kafka, eventing }: MeshValues): void => {
  Object.assign(kafka, { enabled: true, bootstrapServers: [`kafka.example.com:${kafka.listeners[0]!.port}`] });
  eventing.enabled = true;
};
/** Nothing that asks for the gateway, or for certain members. */
const without = (values: MeshValues): void => {
  for (const direction of Object.values(values.networkPolicies)) direction.create = false;
  Object.assign(values, { domainMappings: [] });
};
const withGateway = ({ serving }: MeshValues): void => {
  serving.enabled = true;
  serving.ingress = 'istio';
};
/** To a namespace of the mesh. */
const mapping = ({ mesh }: MeshValues) => {
  if (mesh.members.length === 0) mesh.members.push('mapped');
  return { host: 'shop.example.com', namespace: mesh.members[0]!, service: 'a', secretName: 'a' };
};
const configured =
  (part: 'serving' | 'eventing', name: string, entry: string): Break =>
  values => {
    values[part].config = { ...values[part].config, [name]: { [entry]: 'a' } };
  };
const labelled =
  (...keys: string[]): Break =>
  (values, d) => {
    values.commonLabels[d.pick(keys)] = 'a';
  };
const annotated =
  (...keys: string[]): Break =>
  (values, d) => {
    values.commonAnnotations[d.pick(keys)] = 'a';
  };

const own = ['istio', 'istio-injection', 'knative', 'app', 'app.kubernetes.io/name', 'app.kubernetes.io/managed-by'];
const actedUpon = [
  ...[
    'helm.sh/hook',
    'meta.helm.sh/release-name',
    'argocd.argoproj.io/sync-wave',
    'sidecar.istio.io/inject',
    'istio.io/rev',
  ],
  ...['maistra.io/member-of', 'serving.knative.dev/visibility', 'serverless.openshift.io/a', 'kubectl.kubernetes.io/a'],
];

/** In the order of the rules. The values are valid, and `gateway.tls.inline.privateKey` may hold a key for source inline. */
export const ruleBreaks: readonly Break[] = [
  ({ mesh }, d) => Object.assign(mesh, { namespace: d.pick(knative) }),
  ({ mesh }, d) => mesh.members.splice(d.below(mesh.members.length + 1), 0, d.pick(knative)),
  ({ mesh }) => Object.assign(mesh, { namespace: 'openshift-ingress' }),
  ({ mesh }) => Object.assign(mesh, { generation: 'v2', namespace: 'openshift-operators' }),
  ({ mesh }) => Object.assign(mesh, { generation: 'v3', namespace: 'istio-cni' }),
  ({ mesh }, d) => {
    mesh.generation = 'v3';
    mesh.members = mesh.members.filter(member => member !== 'istio-cni');
    mesh.members.splice(d.below(mesh.members.length + 1), 0, 'istio-cni');
  },
  ({ mesh }) => mesh.members.push(mesh.namespace),
  ({ mesh }, d) => {
    mesh.generation = 'v2';
    Object.assign(mesh.controlPlane, { version: d.pick(['v2.1', 'v3.0', 'v2.60']), allowUnknownVersion: false });
  },
  ({ mesh }, d) => {
    mesh.generation = 'v3';
    Object.assign(mesh.controlPlane, {
      version: d.pick(['v2.6', 'v1.27', 'v1.25-latest', 'v11.27-latest', 'v1.270.1']),
      allowUnknownVersion: false,
    });
  },
  (values, d) => {
    onMesh3(values);
    values.serverless.release = d.pick(['v1.31', 'v1.32', 'v1.33', 'v1.34', 'v1.35', 'v1.36']);
  },
  values => {
    onMesh3(values);
    values.serving.ingress = 'kourier';
  },
  ({ mesh }, d) => Object.assign(mesh.controlPlane, { terminationDrainDuration: d.pick(['30s', '1s', '29s']) }),
  ({ mesh, serverless, serving }) => {
    mesh.generation = 'v2';
    Object.assign(mesh.controlPlane, { version: '', manageNetworkPolicy: false });
    serving.ingress = 'istio';
    serverless.release = 'v1.31';
  },
  ({ mesh }, d) => Object.assign(mesh.controlPlane, { excludedInboundPorts: d.pick([[8444], [8444, 802, 18022]]) }),
  ({ mesh, serving }, d) => {
    Object.assign(mesh.controlPlane, { excludedInboundPorts: d.pick([[8022], [84, 44, 8022, 18444]]) });
    serving.ingress = 'istio';
    serving.metrics.enabled = true;
  },
  ({ mesh: { controlPlane } }) =>
    Object.assign(controlPlane, { outboundTrafficPolicy: 'REGISTRY_ONLY', create: false }),
  values => {
    onMesh2(values);
    Object.assign(values.mesh.controlPlane, {
      create: true,
      outboundTrafficPolicy: 'REGISTRY_ONLY',
      excludedOutboundIPRanges: [],
    });
  },
  ({ mesh }) => Object.assign(mesh.controlPlane.accessLog, { enabled: false, format: '%START_TIME%' }),
  ({ mesh: { controlPlane } }) => {
    Object.assign(controlPlane, { create: false, outboundTrafficPolicy: 'ALLOW_ANY' });
    Object.assign(controlPlane.tracing, { type: 'openTelemetry', collector: { host: 'a.b', port: 4317 } });
  },
  (values, d) => {
    onMesh2(values);
    const { controlPlane } = values.mesh;
    Object.assign(controlPlane, { create: true, version: d.pick(['v2.2', 'v2.5']) });
    Object.assign(controlPlane.tracing, { type: 'openTelemetry', collector: { host: 'a.b', port: 4317 } });
  },
  values => {
    onMesh2(values);
    const { controlPlane } = values.mesh;
    controlPlane.create = true;
    Object.assign(controlPlane.tracing, { type: 'openTelemetry', collector: { host: '', port: 4317 } });
  },
  ({ mesh }, d) =>
    Object.assign(mesh.controlPlane.tracing, {
      type: d.pick(['none', 'operatorDefault']),
      collector: { host: 'a.b', port: 1 },
    }),
  values => {
    onMesh2(values);
    const { controlPlane } = values.mesh;
    controlPlane.create = true;
    Object.assign(controlPlane.tracing, { type: 'openTelemetry', collector: { host: 'a.b.svc', port: 4317 } });
  },
  ({ mesh: { controlPlane } }) => Object.assign(ofOthers(controlPlane).accessLog, { enabled: true }),
  ({ mesh: { controlPlane } }) => Object.assign(ofOthers(controlPlane).tracing, { type: 'none' }),
  ({ mesh: { controlPlane } }, d) =>
    Object.assign(ofOthers(controlPlane).tls, { minProtocolVersion: d.pick(['TLSv1_2', 'TLSv1_3']) }),
  ({ mesh: { controlPlane } }) => Object.assign(ofOthers(controlPlane).addons, { enabled: false }),
  ({ mesh: { controlPlane } }) =>
    Object.assign(ofOthers(controlPlane), { excludedOutboundIPRanges: ['10.0.0.0/8', '192.168.0.0/16'] }),
  ({ gateway }) => Object.assign(gateway.autoscaling, { minReplicas: 4, maxReplicas: 3 }),
  (values, d) => {
    onMesh2(values);
    values.gateway.tls.source = d.pick(['inline', 'certManager', 'clusterIngress']);
    values.serving.ingress = 'kourier';
  },
  ({ gateway, serving, cluster }) => {
    serving.ingress = 'istio';
    gateway.tls.source = 'certManager';
    cluster.appsDomain = '';
  },
  ({ gateway, serving, jobs }) => {
    serving.ingress = 'istio';
    gateway.tls.source = 'clusterIngress';
    jobs.enabled = false;
  },
  ({ gateway }, d) =>
    Object.assign(
      gateway.tls.certManager.issuer,
      { name: '', group: 'cert-manager.io', kind: 'ClusterIssuer' },
      d.pick([{ kind: 'Issuer' }, { group: 'example.com' }]),
    ),
  ({ gateway, serving, cluster }) => {
    serving.ingress = 'istio';
    cluster.appsDomain = 'apps.example.com';
    Object.assign(gateway.tls, { source: 'certManager', secretName: 'serverless-mesh-ca' });
    gateway.tls.certManager.issuer = { name: '', group: 'cert-manager.io', kind: 'ClusterIssuer' };
  },
  (values, d) =>
    inline(
      values,
      d.pick(['', 'MIIB', ` x${certificate}`, certificate.replace('-----\n', '-----x'), certificate + key(values)]),
    ),
  (values, d) =>
    inline(values, certificate, d.pick(['', key(values).replace('BEGIN', 'BEGIN ENCRYPTED'), `x${key(values)}`])),
  ({ gateway }) => Object.assign(gateway.tls, { source: 'existing' }),
  values => {
    withKafka(values);
    values.eventing.enabled = false;
  },
  values => {
    withKafka(values);
    values.kafka.bootstrapServers = [];
  },
  ({ kafka }, d) => {
    const port = [9, 90, 909, 9099, 65000].find(p => kafka.listeners.every(l => l.port !== p))!;
    kafka.bootstrapServers.splice(
      d.below(kafka.bootstrapServers.length + 1),
      0,
      `b.example.com:${d.pick([port, 99999])}`,
    );
  },
  ({ kafka }, d) =>
    kafka.consumerNamespaces.splice(d.below(kafka.consumerNamespaces.length + 1), 0, 'knative-eventing'),
  ({ kafka }) => {
    const port = [7, 8, 9].find(p => kafka.listeners.every(l => l.port !== p))!;
    kafka.listeners.push({ name: kafka.listeners[0]!.name, port });
  },
  ({ kafka }) => kafka.listeners.push({ name: 'tcp-the-same-port', port: kafka.listeners.at(-1)!.port }),
  ({ kafka }) => Object.assign(kafka.authSecret, { name: '', namespace: 'knative-eventing' }),
  ({ kafka }) => Object.assign(kafka.authSecret, { name: 'kafka-user', namespace: '' }),
  ({ kafka }) => {
    Object.assign(kafka.authSecret, { name: 'kafka-user', namespace: 'kafka' });
    kafka.broker.enabled = true;
  },
  (values, d) => configured('serving', d.pick(['config-network', 'config-x', 'config-a']), 'a')(values, d),
  configured('eventing', 'config-features', 'a'),
  configured('serving', 'istio', 'a'),
  configured('serving', 'observability', 'metrics.backend-destination'),
  configured('serving', 'observability', 'metrics-protocol'),
  configured('serving', 'observability', 'request-metrics-protocol'),
  configured('serving', 'network', 'ingress-class'),
  configured('serving', 'network', 'ingress.class'),
  configured('eventing', 'features', 'istio'),
  ...['external-domain-tls', 'cluster-local-domain-tls', 'system-internal-tls'].map(
    (key): Break =>
      (values, d) => {
        onMesh2(values);
        without(values);
        values.isolation.enabled = false;
        values.serving.ingress = 'istio';
        configured('serving', 'network', key)(values, d);
      },
  ),
  ({ placement }) => placement.tolerations.unshift({ key: 'infra', operator: 'Exists', value: 'reserved' }),
  ...(['serving', 'eventing', 'kafka'] as const).flatMap((part): Break[] => [
    (values, d) => {
      const workload = d.pick(['broker', 'activator-service', 'kafka']);
      values[part].resources.unshift({ workload, container: 'a', limits: { cpu: '1' } });
    },
    (values, d) => {
      const workload = { serving: 'controller', eventing: 'mt-broker-filter', kafka: 'kafka-controller' }[part];
      values[part].resources.unshift({ workload, container: 'a', ...d.pick([{}, { requests: {} }, { limits: {} }]) });
    },
  ]),
  values => {
    onMesh2(values);
    values.serving.ingress = 'istio';
    values.mesh.controlPlane.manageNetworkPolicy = true;
    values.networkPolicies.ingress.create = true;
  },
  ...(['ingress', 'egress'] as const).map(
    (direction): Break =>
      values => {
        onMesh2(values);
        values.serving.ingress = 'kourier';
        Object.assign(values.gateway.tls, { source: 'existing' });
        values.gateway.tls.inline.privateKey = '';
        values.networkPolicies.ingress.create = false;
        values.networkPolicies[direction].create = true;
      },
  ),
  values => {
    Object.assign(values, { domainMappings: [mapping(values)] });
    values.serving.enabled = false;
    Object.assign(values.gateway.tls, { source: 'existing' });
    values.gateway.tls.inline.privateKey = '';
    values.isolation.enabled = false;
  },
  values => {
    withGateway(values);
    Object.assign(values, { domainMappings: [mapping(values), { ...mapping(values), service: 'b' }] });
  },
  (values, d) => {
    withGateway(values);
    const { dnsDomain } = values.cluster;
    if (!dnsDomain.includes('.')) values.cluster.dnsDomain = 'cluster.local';
    const host = d.pick(['', 'a.', 'a.b.']) + values.cluster.dnsDomain;
    Object.assign(values, { domainMappings: [{ ...mapping(values), host }] });
  },
  values => {
    withGateway(values);
    values.mesh.memberRoll.create = true;
    Object.assign(values, { domainMappings: [{ ...mapping(values), namespace: 'nobody-has-this-name' }] });
  },
  values => {
    onMesh2(values);
    without(values);
    values.serving.ingress = 'kourier';
    values.eventing.enabled = true;
    Object.assign(values.gateway.tls, { source: 'existing' });
    values.gateway.tls.inline.privateKey = '';
    values.isolation.enabled = true;
  },
  values => {
    const { serving, eventing, kafka, isolation } = values;
    without(values);
    for (const part of [serving, eventing, kafka]) part.enabled = false;
    serving.ingress = 'istio';
    isolation.enabled = true;
  },
  values => {
    const { verify, cluster, mesh } = values;
    without(values);
    verify.namespace = 'team-to-verify';
    cluster.appsDomain = '';
    mesh.members = ['team-to-verify'];
  },
  values => {
    const { verify, cluster, mesh } = values;
    without(values);
    mesh.generation = 'v2';
    mesh.controlPlane.version = '';
    verify.namespace = 'nobody-has-this-name';
    cluster.appsDomain = 'apps.example.com';
    mesh.memberRoll.create = true;
  },
  ({ verify }, d) =>
    Object.assign(verify, {
      caCertificate: d.pick(['MIIB', ' ', `x${certificate}`, `${certificate}-----BEGIN PRIVATE KEY-----\n`]),
    }),
  labelled(...own, ...actedUpon),
  annotated(...actedUpon),
];
