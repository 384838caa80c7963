/** Values that every chart has. */
import { Type } from 'typebox';
import { flag, freeText, grammar, map, section, text } from './field.ts';

/** Image of the Jobs of all charts. */
export const jobsImage = 'registry.redhat.io/openshift4/ose-cli-rhel9:v4.18';

/** At the end of a chart's values. */
export const common = {
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
};

/** For those who install with Argo CD. `order` names the stages of the chart. */
export const argocdFor = (order: string) =>
  section(
    { title: 'Argo CD', description: 'For those who install with Argo CD.' },
    {
      syncWaves: flag({
        title: 'Sync waves',
        description: `Annotate every object with argocd.argoproj.io/sync-wave, so that Argo CD applies them in the order of the documentation: ${order}.`,
        default: false,
      }),
    },
  );
