/** The objects of the Jobs, of which the base document has none: it waits and cleans up by hand. */
import type { Erratum } from './errata.ts';

const forTheJobs = {
  why: 'What the Jobs of D12 and D13 run with.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
};
const roles = (kind: string) =>
  [
    `Cluster${kind} serverless-mesh-jobs`,
    ...['istio-system', 'knative-serving', 'knative-eventing'].map(place => `${kind} ${place}/serverless-mesh-jobs`),
    `${kind} knative-eventing/serverless-mesh-jobs-kafka`,
    `${kind} <namespace>/serverless-mesh-jobs-verify`,
  ].join(', ');

export const jobsErrata: readonly Erratum[] = [
  {
    id: 'D12',
    object: 'Job istio-system/serverless-mesh-wait',
    path: 'whole object',
    document: 'none',
    ours: 'after install: waits for each step, and restarts pods that started without a sidecar',
    why: 'The document goes step by step; Helm applies all at once, and pods that start before the mesh is there get no sidecar.',
    source: 'section 1.4.2, step 3',
  },
  {
    id: 'D13',
    object: 'Job istio-system/serverless-mesh-uninstall',
    path: 'whole object',
    document: 'none',
    ours: 'before uninstall: refuses while Knative is in use, then deletes its resources and waits for their finalizers',
    why: 'The finalizers need operators that run; without them, the resources and their namespaces hang.',
    source: 'https://github.com/knative/operator/issues/1950',
  },
  {
    id: 'D14',
    object: ['jobs', 'jobs-settings', 'wait', 'uninstall']
      .map(name => `ConfigMap istio-system/serverless-mesh-${name}`)
      .join(', '),
    path: 'whole object',
    document: 'none',
    ours: 'scripts of the Jobs, and what they need to know',
    ...forTheJobs,
  },
  {
    id: 'D14',
    object: `ServiceAccount istio-system/serverless-mesh-jobs, ${roles('Role')}, ${roles('RoleBinding')}`,
    path: 'whole object',
    document: 'none',
    ours: 'the permissions of the Jobs; each that changes something names what',
    ...forTheJobs,
  },
];
