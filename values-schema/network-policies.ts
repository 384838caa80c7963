import { flag, section } from './field.ts';

export const networkPolicies = section(
  {
    title: 'NetworkPolicies',
    description:
      'NetworkPolicies that Knative and the mesh need where no operator makes them, or where all is denied by default.',
  },
  {
    ingress: section(
      { title: 'Ingress', description: 'Who may connect to the pods of Knative and the mesh.' },
      {
        create: flag({
          title: 'Create policies for ingress',
          description:
            'Admit the mesh, cluster monitoring, the router and the API server to the namespaces of Knative, of the control plane that the chart creates, and of mesh.members, and nobody else. With Service Mesh 3, or with mesh.controlPlane.manageNetworkPolicy false; otherwise the operators make such policies.',
          default: false,
        }),
      },
    ),
    egress: section(
      { title: 'Egress', description: 'Where the pods of Knative and the mesh may connect.' },
      {
        create: flag({
          title: 'Create policies for egress',
          description:
            'For clusters that deny egress by default: let the pods of Knative and of the control plane reach DNS, the API server, the mesh, registries and Kafka, and nothing else. Your own namespaces, and sinks outside the mesh, need policies of yours.',
          default: false,
        }),
      },
    ),
  },
);
