import { controlPlane } from './control-plane.ts';
import { choice, flag, grammar, list, section, text } from './field.ts';

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
