/** The values of the chart serverless-mesh: TypeScript type, defaults, limits and words in one declaration. */
import type { Static } from 'typebox';
import { common } from './common.ts';
import { domainMappings } from './domain-mappings.ts';
import { choice, grammar, optional, section, text } from './field.ts';
import { gateway } from './gateway.ts';
import { isolation } from './isolation.ts';
import { kafka } from './kafka.ts';
import { mesh } from './mesh.ts';
import { monitoring } from './monitoring.ts';
import { networkPolicies } from './network-policies.ts';
import { argocd, jobs, namespaces, preflight, uninstall, verify } from './operations.ts';
import { eventing, serving } from './serving.ts';
import { imagePullSecrets, placement } from './workloads.ts';

export { grammar } from './field.ts';

/** Releases of OpenShift Serverless that the chart knows, oldest first. */
export const releases = ['v1.31', 'v1.32', 'v1.33', 'v1.34', 'v1.35', 'v1.36', 'v1.37', 'v1.38'] as const;
export type Release = (typeof releases)[number];

const serverless = section(
  { title: 'OpenShift Serverless', description: 'The installed OpenShift Serverless.' },
  {
    release: choice(releases, {
      title: 'Release',
      description:
        'Release of the installed OpenShift Serverless operator. It selects the fields that changed between releases. v1.38 is not released yet.',
      default: 'v1.37',
    }),
  },
);

const cluster = section(
  { title: 'Cluster', description: 'The OpenShift cluster.' },
  {
    appsDomain: text({
      title: 'Apps domain',
      description: 'Domain of the OpenShift routes, for example apps.openshift.example.com. helm test needs it.',
      default: '',
      ...optional(grammar.host),
    }),
    dnsDomain: text({
      title: 'Cluster DNS domain',
      description: 'DNS domain of Services in the cluster.',
      default: 'cluster.local',
      ...grammar.clusterDomain,
    }),
  },
);

export const Values = section(
  { title: 'serverless-mesh', description: 'Values of the chart serverless-mesh.' },
  {
    serverless,
    cluster,
    mesh,
    namespaces,
    gateway,
    serving,
    eventing,
    kafka,
    isolation,
    domainMappings,
    networkPolicies,
    placement,
    imagePullSecrets,
    monitoring,
    preflight,
    jobs,
    uninstall,
    verify,
    argocd,
    ...common,
  },
);
export type Values = Static<typeof Values>;
