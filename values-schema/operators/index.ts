/** The values of the chart serverless-mesh-operators. */
import type { Static } from 'typebox';
import { argocdFor, common } from '../common.ts';
import { choice, flag, grammar, section, text } from '../field.ts';
import { testJobs, testPullSecrets } from '../helm-test.ts';

/** Version of an operator, as the name of its ClusterServiceVersion has it behind the name of the package. */
const version = 'v[0-9]{1,4}(\\.[0-9]{1,4}){2}(-[0-9a-z]{1,20}(\\.[0-9a-z]{1,20}){0,3})?';
const startingCSV = (description: string, packages: string, example: string) =>
  text({
    title: 'First version',
    description,
    default: '',
    pattern: `^(${packages}\\.${version})?$`,
    maxLength: 128,
    hint: `the name of a ClusterServiceVersion, for example ${example}, or "" for the newest`,
  });
const channel = (description: string) =>
  text({
    title: 'Channel',
    description,
    default: 'stable',
    pattern: '^[A-Za-z0-9]([-A-Za-z0-9._]{0,61}[A-Za-z0-9])?$',
    maxLength: 63,
    hint: 'the name of a channel of the catalog, for example stable',
  });

const serverless = section(
  {
    title: 'OpenShift Serverless',
    description: 'The operator of OpenShift Serverless, in namespace openshift-serverless.',
  },
  {
    enabled: flag({
      title: 'Install the operator',
      description: 'Subscribe to the operator of OpenShift Serverless. Set to false where it is installed already.',
      default: true,
    }),
    channel: channel(
      'Channel of the package serverless-operator: stable follows the newest release, stable-1.37 stays on release 1.37.',
    ),
    startingCSV: startingCSV(
      'Version to begin with, for example serverless-operator.v1.37.0. Empty means the newest of the channel. With installPlanApproval Automatic, OLM upgrades from it to the newest at once.',
      'serverless-operator',
      'serverless-operator.v1.37.0',
    ),
  },
);

const mesh = section(
  {
    title: 'OpenShift Service Mesh',
    description: 'The operator of OpenShift Service Mesh, in namespace openshift-operators.',
  },
  {
    enabled: flag({
      title: 'Install the operator',
      description: 'Subscribe to the operator of OpenShift Service Mesh. Set to false where it is installed already.',
      default: true,
    }),
    generation: choice(['v2', 'v3'], {
      title: 'Generation',
      description:
        'Service Mesh 2 (package servicemeshoperator) or 3 (package servicemeshoperator3, which needs Serverless v1.37 or later). For both at once, as a migration needs, install this chart twice, the second time with serverless.enabled false.',
      default: 'v2',
    }),
    channel: channel(
      'Channel of the package: stable follows the newest release; Service Mesh 3 also has stable-3.1 and the like, which stay on one minor release.',
    ),
    startingCSV: startingCSV(
      'Version to begin with, for example servicemeshoperator.v2.6.5 or servicemeshoperator3.v3.1.0. Empty means the newest of the channel. With installPlanApproval Automatic, OLM upgrades from it to the newest at once.',
      'servicemeshoperator3?',
      'servicemeshoperator.v2.6.5',
    ),
  },
);

export const OperatorValues = section(
  { title: 'serverless-mesh-operators', description: 'Values of the chart serverless-mesh-operators.' },
  {
    serverless,
    mesh,
    catalogSource: text({
      title: 'Catalog',
      description: 'Name of the CatalogSource of both operators. Clusters without Internet have one of their own.',
      default: 'redhat-operators',
      ...grammar.dnsName,
    }),
    catalogSourceNamespace: text({
      title: 'Namespace of the catalog',
      description: 'Namespace of the CatalogSource.',
      default: 'openshift-marketplace',
      ...grammar.dnsLabel,
    }),
    installPlanApproval: choice(['Automatic', 'Manual'], {
      title: 'Approval',
      description:
        'Whether OLM installs and upgrades the operators by itself, or waits each time until somebody approves its InstallPlan; NOTES say how.',
      default: 'Automatic',
    }),
    namespaces: section(
      { title: 'Namespaces', description: 'Namespaces that the chart creates.' },
      {
        create: flag({
          title: 'Create the namespace of OpenShift Serverless',
          description:
            'Create openshift-serverless where it does not exist. It is kept on uninstall. openshift-operators is part of every OpenShift.',
          default: true,
        }),
      },
    ),
    operatorGroup: section(
      {
        title: 'OperatorGroup',
        description: 'What OLM needs in a namespace, exactly once, to install operators there.',
      },
      {
        create: flag({
          title: 'Create the OperatorGroup of OpenShift Serverless',
          description:
            'Create an OperatorGroup in openshift-serverless, where somebody else has made none. It is kept on uninstall. Set to false where one exists and the chart is rendered without a cluster (helm template, GitOps): nobody can see it there.',
          default: true,
        }),
      },
    ),
    preflight: section(
      {
        title: 'Checks at install',
        description: 'Refuse to install where the cluster has what OLM cannot get along with.',
      },
      {
        enabled: flag({
          title: 'Check the cluster',
          description:
            'Look at the cluster before anything is installed: other Subscriptions of the same operators, versions left of former ones, OperatorGroups. Set to false where the installing user may not list these objects.',
          default: true,
        }),
      },
    ),
    jobs: testJobs('whether the operators work', 270),
    imagePullSecrets: testPullSecrets,
    argocd: argocdFor('namespaces, OperatorGroups, Subscriptions, verification'),
    ...common,
  },
);
export type OperatorValues = Static<typeof OperatorValues>;
