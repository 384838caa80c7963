/**
 * What people are told of each version, newest first: one sentence for what a user notices. The differences of values
 * and objects are computed beside it (page.ts), and the check says where a sentence is missing (check.ts).
 */

/** The kinds that Artifact Hub knows: https://artifacthub.io/docs/topics/annotations/helm/ (artifacthub.io/changes). */
export const kinds = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'] as const;
export type Kind = (typeof kinds)[number];

export interface Change {
  readonly kind: Kind;
  /** One sentence without its full stop, for users. */
  readonly description: string;
  /** Paths of values that it is about, or of what contains them, as `kafka.listeners`. */
  readonly values?: readonly string[];
  /** Objects that come or go with it, as `Gateway.networking.istio.io`, or with a name behind it. */
  readonly objects?: readonly string[];
}

export interface Version {
  readonly version: string;
  readonly changes: readonly Change[];
}

/** Of each chart, by name. */
export type History = Readonly<Record<string, readonly Version[]>>;

const added = (description: string): Change => ({ kind: 'added', description });

export const history: History = {
  'serverless-mesh': [
    {
      version: '0.1.0',
      changes: [
        added(
          'The integration of OpenShift Serverless with OpenShift Service Mesh 2 as one release, for Serverless v1.31 to v1.38',
        ),
        added(
          'Service Mesh 3 with mesh.generation v3 (a Technology Preview of Serverless v1.37 and later), with a gateway of the chart that scales and survives the loss of a node',
        ),
        added(
          'The certificate of the ingress gateway from four sources: a Secret of yours, values, cert-manager, or the router of the cluster',
        ),
        added(
          'Knative Kafka with its ServiceEntries and DestinationRules, metrics, Kourier mode, and further Knative configuration',
        ),
        added(
          'Isolation of teams (a Technology Preview of OpenShift Serverless): calls that no AuthorizationPolicy allows are denied',
        ),
        added(
          'A Job after install, upgrade and rollback that waits until everything works and restarts pods without a sidecar, and one that cleans up before uninstall',
        ),
        added('helm test: a Knative Service answers over its URL, with your CA'),
        added(
          'Values and clusters that do not fit are refused before anything is installed, with what to write instead',
        ),
      ],
    },
  ],
  'serverless-mesh-tenant': [
    {
      version: '0.1.0',
      changes: [
        added(
          'Isolation of one tenant, a list of namespaces: pods of the tenant call each other and Knative delivers their events, everybody else gets 403',
        ),
        added('namespacePrefix: policies that grow with the number of namespaces and not with its square'),
        added(
          'A way from the chart redhat-knative-istio-authz, step by step, in docs/moving-from-redhat-knative-istio-authz.md of the source',
        ),
        added('Clusters where isolation is off, or a tenant of the same name exists, are refused at install'),
        added('helm test: whether the policies are in force, in namespaces that exist and are members of the mesh'),
      ],
    },
  ],
  'serverless-mesh-operators': [
    {
      version: '0.1.0',
      changes: [
        added(
          'Subscriptions for the operators of OpenShift Serverless and OpenShift Service Mesh 2 or 3, with channel, approval and catalog source as values',
        ),
        added(
          'The namespace openshift-serverless and its OperatorGroup, which are kept on uninstall, and never a second OperatorGroup',
        ),
        added('Subscriptions and installed versions of somebody else are refused by name'),
        added(
          'helm test: whether the operators work, and if not, what OLM says or which InstallPlan waits for approval',
        ),
      ],
    },
  ],
};
