/** Makes random values for production keep their rules. */
import type { Values as MeshValues } from '../../values-schema/index.ts';
import type { Dice } from './dice.ts';

/** With Service Mesh 2 its own policies must be off, which Serverless v1.31 does not know; with Kourier there are none. */
export function networkPolicies({ networkPolicies, serving, mesh, serverless }: MeshValues): void {
  const { ingress, egress } = networkPolicies;
  if (serving.ingress === 'kourier') for (const direction of [ingress, egress]) direction.create = false;
  if (mesh.generation === 'v3' || !ingress.create) return;
  if (serverless.release === 'v1.31') ingress.create = false;
  else mesh.controlPlane.manageNetworkPolicy = false;
}

/** A control plane of somebody else, of which the chart sets nothing. */
export function ofOthers(controlPlane: MeshValues['mesh']['controlPlane']): MeshValues['mesh']['controlPlane'] {
  return Object.assign(controlPlane, {
    create: false,
    outboundTrafficPolicy: 'ALLOW_ANY',
    excludedOutboundIPRanges: [],
    accessLog: { ...controlPlane.accessLog, enabled: false, format: '' },
    tls: { minProtocolVersion: 'TLS_AUTO' },
    addons: { enabled: true },
    tracing: {
      ...controlPlane.tracing,
      type: 'operatorDefault',
      collector: { ...controlPlane.tracing.collector, host: '' },
    },
  });
}

/** What goes with an access log, a collector and an egress policy. */
export function egress({ mesh: { controlPlane, generation }, cluster }: MeshValues, d: Dice): void {
  const { accessLog, tracing } = controlPlane;
  if (accessLog.format !== '') accessLog.enabled = true;
  if (controlPlane.outboundTrafficPolicy === 'REGISTRY_ONLY') {
    controlPlane.create = true;
    if (controlPlane.excludedOutboundIPRanges.length === 0) controlPlane.excludedOutboundIPRanges = ['172.30.0.1/32'];
  }
  if (tracing.collector.host !== '') tracing.type = 'openTelemetry';
  if (tracing.type === 'openTelemetry') controlPlane.create = true;
  if (!controlPlane.create) ofOthers(controlPlane);
  if (tracing.type !== 'openTelemetry') return;
  if (tracing.collector.host === '' || d.oneIn(2))
    tracing.collector.host = d.pick(['otel.example.com', `otel.mesh.svc.${cluster.dnsDomain}`]);
  if (tracing.collector.host.endsWith('.svc')) tracing.collector.host += `.${cluster.dnsDomain}`;
  if (generation === 'v2' && /^v2.[2-5]$/.test(controlPlane.version)) controlPlane.version = d.pick(['', 'v2.6']);
}

/** Only workloads that there are, with some resource. */
export function resources({ serving, eventing, kafka, placement }: MeshValues, d: Dice): void {
  const known = {
    serving: ['activator', 'autoscaler', 'controller', 'net-istio-controller'],
    eventing: ['mt-broker-ingress', 'imc-dispatcher', 'job-sink'],
    kafka: ['kafka-controller', 'kafka-broker-dispatcher'],
  };
  for (const [part, names] of Object.entries(known) as [keyof typeof known, string[]][])
    for (const entry of { serving, eventing, kafka }[part].resources) {
      entry.workload = d.pick(names);
      if (Object.keys({ ...entry.requests, ...entry.limits }).length === 0) entry.limits = { memory: '1Gi' };
    }
  for (const toleration of placement.tolerations) if (toleration.operator === 'Exists') delete toleration.value;
}

/** Domains of namespaces in the mesh, each once, and none of the cluster. */
export function domains(values: MeshValues, d: Dice): void {
  const { serving, mesh, cluster } = values;
  if (!serving.enabled || serving.ingress === 'kourier') values.domainMappings = [];
  const local = (host: string) => host === cluster.dnsDomain || host.endsWith(`.${cluster.dnsDomain}`);
  const distinct = new Map(values.domainMappings.map(mapping => [mapping.host, mapping]));
  values.domainMappings = [...distinct.values()].filter(({ host }) => !local(host));
  if (values.domainMappings.length === 0) return;
  if (mesh.members.length === 0) mesh.members = ['mapped'];
  for (const mapping of values.domainMappings) mapping.namespace = d.pick(mesh.members);
  const network = d.pick(['autocreate-cluster-domain-claims', 'autocreateClusterDomainClaims']);
  if (d.oneIn(2)) serving.config = { ...serving.config, network: { ...serving.config.network, [network]: 'false' } };
}
