import { choice, flag, grammar, integer, list, optional, section, text } from './field.ts';

const controlPlane = section(
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
  },
);

export const mesh = section(
  {
    title: 'Service Mesh',
    description: 'The mesh that OpenShift Serverless is part of. A cluster can have several, Serverless is in one.',
  },
  {
    generation: choice(['v2', 'v3'], {
      title: 'Generation',
      description:
        'v2: OpenShift Service Mesh 2, deprecated from OpenShift 4.21 on. v3: OpenShift Service Mesh 3, with Serverless v1.37 or later, where it is a Technology Preview. To change it in a cluster in use, follow serverless-mesh migrate-plan.',
      default: 'v2',
    }),
    namespace: text({
      title: 'Control plane namespace',
      description: 'Namespace of the control plane, and with Service Mesh 2 of its gateways.',
      default: 'istio-system',
      ...grammar.dnsLabel,
    }),
    members: list(text({ title: 'Namespace', description: 'Name of an existing namespace.', ...grammar.dnsLabel }), {
      title: 'Your namespaces in the mesh',
      description:
        'Your projects that the mesh includes. With Service Mesh 2, knative-serving and knative-eventing are added by the chart; with Service Mesh 3, the Job after install labels your namespaces for injection.',
      default: [],
      maxItems: 1000,
      uniqueItems: true,
    }),
    trustDomain: text({
      title: 'Trust domain',
      description:
        'Trust domain of the identities in the mesh, as policies name them. A control plane that the chart creates gets it; of an existing one, cluster.local means its own, whichever that is. After a change in a mesh in use, restart every pod that has a proxy.',
      default: 'cluster.local',
      ...grammar.dnsName,
    }),
    controlPlane,
    cni: section(
      {
        title: 'CNI plugin',
        description: 'Service Mesh 3 only: the IstioCNI resource, of which a cluster has one for all of its meshes.',
      },
      {
        create: flag({
          title: 'Create the CNI plugin',
          description:
            'Create the IstioCNI with the control plane. Set to false where another mesh of the cluster has made it.',
          default: true,
        }),
      },
    ),
    memberRoll: section(
      {
        title: 'Member roll',
        description: 'Service Mesh 2 only: the ServiceMeshMemberRoll, the list of namespaces of the mesh.',
      },
      {
        create: flag({
          title: 'Create the member roll',
          description:
            'Create the ServiceMeshMemberRoll. Set to false where one exists: knative-serving, knative-eventing and your namespaces must be on it.',
          default: true,
        }),
      },
    ),
    serviceMeshMembers: section(
      {
        title: 'ServiceMeshMember objects',
        description: 'Service Mesh 2 only: one object in each namespace, instead of one list.',
      },
      {
        create: flag({
          title: 'Use ServiceMeshMember objects',
          description:
            'Create a ServiceMeshMember in knative-serving, knative-eventing and each of your namespaces, instead of the member roll.',
          default: false,
        }),
      },
    ),
  },
);
