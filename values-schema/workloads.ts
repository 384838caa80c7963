/** Where pods run, and how many of them with which resources: the same for all parts of the integration. */
import { Type } from 'typebox';
import { choice, grammar, integer, list, map, section, text } from './field.ts';

const toleration = section(
  { title: 'Toleration', description: 'A toleration of Kubernetes, for a taint of the nodes.' },
  {
    key: text({ title: 'Key', description: 'Key of the taint.', ...grammar.labelKey }),
    operator: Type.Optional(
      choice(['Exists', 'Equal'], {
        title: 'Operator',
        description: 'Exists: whatever the value of the taint. Equal: that value, and what Kubernetes assumes.',
      }),
    ),
    value: Type.Optional(text({ title: 'Value', description: 'Value of the taint.', ...grammar.labelValue })),
    effect: Type.Optional(
      choice(['NoSchedule', 'PreferNoSchedule', 'NoExecute'], {
        title: 'Effect',
        description: 'Effect of the taint. Without it, all effects.',
      }),
    ),
  },
);

export const placement = section(
  {
    title: 'Placement',
    description:
      'On which nodes the control plane, the gateways and Knative run, for example infrastructure nodes. Your own Knative Services are not affected.',
  },
  {
    nodeSelector: map(
      grammar.labelKey,
      text({ title: 'Label value', description: 'Value of the label.', ...grammar.labelValue }),
      {
        title: 'Node selector',
        description: 'Labels that a node must have, for example {node-role.kubernetes.io/infra: ""}.',
        default: {},
      },
    ),
    tolerations: list(toleration, {
      title: 'Tolerations',
      description:
        'Taints that the pods tolerate, for example [{key: node-role.kubernetes.io/infra, operator: Exists, effect: NoSchedule}].',
      default: [],
      maxItems: 20,
    }),
  },
);

/** Secrets to pull images with; `description` says whose, and where they must be. */
export const imagePullSecretsFor = (description: string) =>
  list(
    text({
      title: 'Secret',
      description: 'Name of a Secret of type kubernetes.io/dockerconfigjson.',
      ...grammar.dnsName,
    }),
    { title: 'Image pull secrets', description, default: [], maxItems: 10, uniqueItems: true },
  );
export const imagePullSecrets = imagePullSecretsFor(
  "Secrets with which the control plane, the gateways, the Jobs of the chart and its helm test pull images, where the pull secret of the cluster lacks their registry. Each must exist in mesh.namespace; with Service Mesh 3 also in knative-serving-ingress and istio-cni, and for helm test in its namespace. Knative's own pods have no such field.",
);

/** How many pods each component of a part of Knative has. */
export const highAvailability = (what: string, source: string) =>
  section(
    { title: 'High availability', description: `How many pods each component of ${what} has.` },
    {
      replicas: integer({
        title: 'Replicas',
        description: `Pods of each component of ${what}. 0 leaves it to the operator, which runs 2 (${source}).`,
        default: 0,
        minimum: 0,
        maximum: 100,
      }),
    },
  );

const quantity = (title: string) =>
  Type.Optional(
    text({ title, description: `${title}, for example ${title === 'CPU' ? '"250m"' : '512Mi'}.`, ...grammar.quantity }),
  );
const quantities = (title: string, description: string) =>
  Type.Optional(section({ title, description }, { cpu: quantity('CPU'), memory: quantity('Memory') }));

/** Resources of the containers of a part of Knative. */
export const workloadResources = (what: string, example: string) =>
  list(
    section(
      { title: 'Resources of a container', description: `A container of ${what}.` },
      {
        workload: text({
          title: 'Workload',
          description: 'Name of its Deployment or StatefulSet.',
          ...grammar.dnsLabel,
        }),
        container: text({ title: 'Container', description: 'Name of the container.', ...grammar.dnsLabel }),
        requests: quantities('Requests', 'What it reserves: cpu and memory.'),
        limits: quantities('Limits', 'What it may use at most: cpu and memory.'),
      },
    ),
    {
      title: 'Resources',
      description: `Resources of containers of ${what}, instead of those that the operator gives them, for example ${example}.`,
      default: [],
      maxItems: 50,
    },
  );
