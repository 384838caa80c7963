/** The values of the chart serverless-mesh-tenant. */
import type { Static } from 'typebox';
import { argocdFor, common } from '../common.ts';
import { choice, flag, grammar, list, optional, section, text } from '../field.ts';
import { testJobs, testPullSecrets } from '../helm-test.ts';

const on = (title: string, description: string, isDefault: boolean) =>
  section({ title, description }, { enabled: flag({ title: 'Enabled', description, default: isDefault }) });

/** Whatever the length of their names. */
export const mostNamespaces = 10_000;

export const TenantValues = section(
  { title: 'serverless-mesh-tenant', description: 'Values of the chart serverless-mesh-tenant.' },
  {
    name: text({
      title: 'Tenant',
      description: 'Name of the tenant, which its policies are named after. Empty means the name of the release.',
      default: '',
      ...optional(grammar.dnsLabel),
    }),
    namespaces: list(
      text({ title: 'Namespace', description: 'Name of an existing namespace of the mesh.', ...grammar.dnsLabel }),
      {
        title: 'Namespaces',
        description:
          'The namespaces of the tenant: they may call each other, and no namespace of another tenant. Each belongs to one tenant only.',
        default: [],
        maxItems: mostNamespaces,
        uniqueItems: true,
      },
    ),
    namespacePrefix: text({
      title: 'Prefix of the namespaces',
      description:
        'What the names of all namespaces of the tenant, and of no other namespace, begin with, for example orders-. The policies then hold this pattern instead of the whole list, so that many namespaces stay cheap; but every future namespace of that name is inside the tenant, so reserve the prefix (NOTES say how).',
      default: '',
      pattern: '^([a-z0-9][-a-z0-9]{0,61})?$',
      maxLength: 62,
      hint: 'lower-case letters and digits with a \'-\' at the end, for example orders-, or "" for none',
    }),
    mesh: section(
      { title: 'Service mesh', description: 'The mesh that the namespaces are members of.' },
      {
        generation: choice(['v2', 'v3'], {
          title: 'Generation',
          description:
            'Service Mesh 2 or 3, which have the gateways of Knative in other namespaces. As in the chart serverless-mesh.',
          default: 'v2',
        }),
        namespace: text({
          title: 'Namespace',
          description: 'Namespace of the control plane. As in the chart serverless-mesh.',
          default: 'istio-system',
          ...grammar.dnsLabel,
        }),
      },
    ),
    cluster: section(
      { title: 'Cluster', description: 'The OpenShift cluster.' },
      {
        dnsDomain: text({
          title: 'Cluster DNS domain',
          description: 'DNS domain of Services in the cluster. As in the chart serverless-mesh.',
          default: 'cluster.local',
          ...grammar.clusterDomain,
        }),
      },
    ),
    trustDomain: text({
      title: 'Trust domain',
      description:
        'Trust domain of the mesh, with which the identities of Knative begin. As mesh.trustDomain of the chart serverless-mesh.',
      default: 'cluster.local',
      ...grammar.dnsName,
    }),
    serving: on(
      'Knative Serving',
      'The tenant has Knative Services. Set to false, its pods may not call each other directly either.',
      true,
    ),
    eventing: on('Knative Eventing', 'The tenant has Brokers, Channels, sources or sinks.', true),
    kafka: on('Knative for Apache Kafka', 'Its Brokers, Channels, sources or sinks are also those of Kafka.', false),
    preflight: section(
      {
        title: 'Checks at install',
        description: 'Refuse to install where the cluster has no isolation to be part of, or the tenant already.',
      },
      {
        enabled: flag({
          title: 'Check the cluster',
          description:
            'Look at the cluster before anything is installed. Set to false where the installing user may not read the namespace kube-system or AuthorizationPolicies of knative-serving and knative-eventing.',
          default: true,
        }),
      },
    ),
    jobs: testJobs('whether the policies of the tenant are in force', 120),
    imagePullSecrets: testPullSecrets,
    argocd: argocdFor('policies of Knative, policies of the namespaces, verification'),
    ...common,
  },
);
export type TenantValues = Static<typeof TenantValues>;
