/** The control plane of the mesh: what the chart makes of it, and what an existing one must have. */
import { choice, flag, grammar, integer, list, optional, section, text } from './field.ts';
import { accessLog, tracing } from './telemetry.ts';

export const controlPlane = section(
  {
    title: 'Control plane',
    description: 'The control plane that Knative uses: a ServiceMeshControlPlane (v2), or Istio and IstioCNI (v3).',
  },
  {
    create: flag({
      title: 'Create the control plane',
      description:
        'Create the control plane. Set to false to use an existing one: nothing of it is touched, and it must have the settings that NOTES lists.',
      default: true,
    }),
    name: text({
      title: 'Name',
      description:
        'Name of the ServiceMeshControlPlane or the Istio resource. Empty means basic (v2) or default (v3), the names that the documentation uses.',
      default: '',
      ...optional(grammar.dnsLabel),
    }),
    version: text({
      title: 'Version',
      description:
        "Version of the control plane, for example v2.6, or v1.28-latest with Service Mesh 3. Empty means the operator's newest (v2), or v1.27-latest (v3).",
      default: '',
      pattern: '^(v[0-9]{1,3}\\.[0-9]{1,3}(\\.[0-9]{1,3}|-latest)?)?$',
      maxLength: 18,
      hint: 'v and a version, for example v2.6 or v1.28-latest, or "" for the default',
    }),
    allowUnknownVersion: flag({
      title: 'Allow unknown versions',
      description: 'Accept a control plane version that this chart does not know.',
      default: false,
    }),
    identity: choice(['Kubernetes', 'ThirdParty'], {
      title: 'Identity type',
      description:
        'Service Mesh 2 only: how the control plane proves service account tokens. Red Hat OpenShift Service on AWS needs ThirdParty, which Service Mesh 3 always uses.',
      default: 'Kubernetes',
    }),
    manageNetworkPolicy: flag({
      title: 'Let Service Mesh manage NetworkPolicies',
      description:
        'Service Mesh 2 only: whether its operator makes NetworkPolicies in member namespaces. Set to false, the Serverless operator is told to make none either, and NetworkPolicies are yours, as always with Service Mesh 3.',
      default: true,
    }),
    terminationDrainDuration: text({
      title: 'Drain duration of proxies',
      description:
        'How long a stopping proxy serves open requests, in seconds (35s) or minutes (1m). Must exceed the 30 seconds that Knative gives a stopping pod.',
      default: '35s',
      pattern: '^[1-9][0-9]{0,3}[sm]$',
      maxLength: 5,
      hint: 'seconds or minutes, for example 35s or 1m',
    }),
    excludedInboundPorts: list(integer({ title: 'Port', description: 'Port number.', minimum: 1, maximum: 65535 }), {
      title: 'Ports outside the mesh',
      description:
        'Ports that Kubernetes and cluster monitoring call without a client certificate: 8444 for metrics, 8022 for the wait-for-drain hook. Add to the list, keep these two; Service Mesh 3 adds 9090.',
      default: [8444, 8022],
      minItems: 1,
      maxItems: 32,
      uniqueItems: true,
    }),
    excludedOutboundIPRanges: list(text({ title: 'IP range', description: 'An IPv4 range.', ...grammar.ipRange }), {
      title: 'Addresses outside the mesh',
      description:
        'Ranges to which pods connect past their proxies. With Service Mesh 2 and REGISTRY_ONLY it must hold the API server, which is no part of the mesh: 172.30.0.1/32, or what oc get service -n default kubernetes shows.',
      default: [],
      maxItems: 32,
      uniqueItems: true,
    }),
    outboundTrafficPolicy: choice(['ALLOW_ANY', 'REGISTRY_ONLY'], {
      title: 'Egress policy',
      description:
        'Where pods with a proxy may connect: anywhere, or only to what the mesh knows, its Services and ServiceEntries. The chart makes those for Kafka; event sources and sinks outside the mesh need one of yours in knative-eventing.',
      default: 'ALLOW_ANY',
    }),
    tls: section(
      { title: 'TLS in the mesh', description: 'TLS between the components and proxies of the mesh.' },
      {
        minProtocolVersion: choice(['TLS_AUTO', 'TLSv1_2', 'TLSv1_3'], {
          title: 'Least TLS version',
          description: 'Least version of TLS. TLS_AUTO leaves it to Service Mesh.',
          default: 'TLS_AUTO',
        }),
      },
    ),
    accessLog,
    tracing,
    addons: section(
      { title: 'Add-ons', description: 'Service Mesh 2 only: what its operator installs beside the control plane.' },
      {
        enabled: flag({
          title: 'Install the add-ons',
          description:
            'Leave Kiali, Prometheus and Grafana to the operator, which installs them. Set to false where the cluster has its own. Jaeger goes with mesh.controlPlane.tracing.',
          default: true,
        }),
      },
    ),
  },
);
