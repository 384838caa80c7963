import { choice, flag, grammar, integer, list, optional, section, text } from './field.ts';

const controlPlane = section(
  { title: 'Control plane', description: 'The ServiceMeshControlPlane that Knative uses.' },
  {
    create: flag({
      title: 'Create the control plane',
      description:
        'Create the ServiceMeshControlPlane. Set to false to use an existing one: nothing of it is touched, and it must have the settings that NOTES lists.',
      default: true,
    }),
    name: text({
      title: 'Name',
      description: 'Name of the ServiceMeshControlPlane. Empty means basic, the name that the documentation uses.',
      default: '',
      ...optional(grammar.dnsLabel),
    }),
    version: text({
      title: 'Version',
      description: "Service Mesh version of the control plane, for example v2.6. Empty means the operator's newest.",
      default: '',
      pattern: '^(v[0-9]{1,3}\\.[0-9]{1,3})?$',
      maxLength: 8,
      hint: 'v, major and minor version, for example v2.6, or "" for the newest',
    }),
    allowUnknownVersion: flag({
      title: 'Allow unknown versions',
      description: 'Accept a control plane version that this chart does not know.',
      default: false,
    }),
    identity: choice(['Kubernetes', 'ThirdParty'], {
      title: 'Identity type',
      description:
        'How the control plane proves service account tokens. Red Hat OpenShift Service on AWS needs ThirdParty.',
      default: 'Kubernetes',
    }),
    manageNetworkPolicy: flag({
      title: 'Let Service Mesh manage NetworkPolicies',
      description:
        'Whether the Service Mesh operator makes NetworkPolicies in member namespaces. Set to false, the Serverless operator is told to make none either, and NetworkPolicies are yours.',
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
        'Ports that Kubernetes and cluster monitoring call without a client certificate: 8444 for metrics, 8022 for the wait-for-drain hook. Add to the list, keep these two.',
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
    namespace: text({
      title: 'Control plane namespace',
      description: 'Namespace of the control plane and its gateways.',
      default: 'istio-system',
      ...grammar.dnsLabel,
    }),
    members: list(text({ title: 'Namespace', description: 'Name of an existing namespace.', ...grammar.dnsLabel }), {
      title: 'Your namespaces in the mesh',
      description: 'Your projects that the mesh includes. knative-serving and knative-eventing are added by the chart.',
      default: [],
      maxItems: 1000,
      uniqueItems: true,
    }),
    controlPlane,
    memberRoll: section(
      { title: 'Member roll', description: 'The ServiceMeshMemberRoll, the list of namespaces of the mesh.' },
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
      { title: 'ServiceMeshMember objects', description: 'One object in each namespace, instead of one list.' },
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
