/** The values of the chart serverless-mesh: TypeScript type, defaults, limits and words in one declaration. */
import { type Static, Type } from 'typebox';
import { choice, flag, freeText, grammar, map, optional, section, text } from './field.ts';
import { gateway } from './gateway.ts';
import { kafka } from './kafka.ts';
import { mesh } from './mesh.ts';
import { argocd, jobs, namespaces, preflight, uninstall, verify } from './operations.ts';
import { eventing, serving } from './serving.ts';

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
      ...optional(grammar.dnsName),
    }),
    dnsDomain: text({
      title: 'Cluster DNS domain',
      description: 'DNS domain of Services in the cluster.',
      default: 'cluster.local',
      ...grammar.dnsName,
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
    preflight,
    jobs,
    uninstall,
    verify,
    argocd,
    commonLabels: map(
      grammar.labelKey,
      text({ title: 'Label value', description: 'Value of the label.', ...grammar.labelValue }),
      {
        title: 'Labels for every object',
        description: 'Labels to add to every object, for example {team: platform}.',
        default: {},
      },
    ),
    commonAnnotations: map(
      grammar.labelKey,
      text({ title: 'Annotation value', description: 'Value of the annotation.', ...freeText }),
      { title: 'Annotations for every object', description: 'Annotations to add to every object.', default: {} },
    ),
    global: Type.Unsafe<Record<string, unknown>>({
      type: 'object',
      title: 'Global values',
      description: 'Not used by this chart. Declared so that the chart can be a dependency of another one.',
      default: {},
    }),
    enabled: flag({
      title: 'Enabled as a dependency',
      description:
        'Not used by this chart. Declared so that another chart can name it as the condition of its dependency.',
      default: true,
    }),
  },
);
export type Values = Static<typeof Values>;
