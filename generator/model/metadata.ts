/** Metadata that every object of a chart has. */
import { chartLabel } from '../gotmpl/functions.ts';
import { defineMap, type Expr, entries, include, type MapHelper, type Slot, when, whenAny } from '../gotmpl/index.ts';
import type { Resource, Stage } from './chart.ts';
import { chart, release } from './release.ts';

type Strings = Expr<Readonly<Record<string, string>>>;

/** The helper with the labels of every object: those that Helm recommends, then the user's but for `reserved` keys. */
export const labelsOf = (chartName: string, commonLabels: Strings, reserved: readonly string[] = []): MapHelper =>
  defineMap(`${chartName}.labels`, 'Labels of every object.', {
    'app.kubernetes.io/name': chart.Name,
    'app.kubernetes.io/instance': release.Name,
    'app.kubernetes.io/version': chart.AppVersion,
    'app.kubernetes.io/managed-by': release.Service,
    'helm.sh/chart': chartLabel(chart.Name, chart.Version),
    ...entries(commonLabels, reserved),
  });

interface Common {
  readonly labels: MapHelper;
  readonly commonAnnotations: Strings;
  readonly syncWaves: Expr<boolean>;
  /** The order of the chart. */
  readonly stages: readonly Stage[];
}
interface Parts {
  readonly name: Slot<string>;
  readonly namespace?: Slot<string>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Slot<string>>>;
}
/** What the objects of a stage are written with: its place in the order of stages is where Argo CD applies them. */
export const staged = (common: Common) => (stage: Stage) => ({
  /** Name and place, our labels and the user's, our annotations and the user's. */
  metadata: ({ name, namespace, labels: own = {}, annotations = {} }: Parts) => ({
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: { ...include(common.labels), ...own },
    annotations: whenAny({
      ...annotations,
      'argocd.argoproj.io/sync-wave': when<string>(common.syncWaves, String(common.stages.indexOf(stage))),
      ...entries(common.commonAnnotations),
    }),
  }),
  resource: (r: Omit<Resource, 'stage'>): Resource => ({ ...r, stage }),
});
