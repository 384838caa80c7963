/** Metadata that every object of the chart has. */

import { chartLabel } from '../../gotmpl/functions.ts';
import { defineMap, entries, include, type Slot, when, whenAny } from '../../gotmpl/index.ts';
import { type Resource, type Stage, stages } from '../chart.ts';
import { gatewaySelector } from '../facts/names.ts';
import { chart, release, v } from './values.ts';

/** The label that the local gateway Service needs beside the common ones. */
export const noPortTranslation = 'experimental.istio.io/disable-gateway-port-translation';
export const injectLabel = 'sidecar.istio.io/inject';
/**
 * With secret filtering, Knative sees only Secrets with this label. The gateway needs it not, but whoever names its
 * Secret in a domain mapping does: openshift-docs modules/serverless-ossm-secret-filtering-net-istio.adoc.
 */
export const filterLabel = { 'networking.internal.knative.dev/certificate-uid': 'serverless-mesh' } as const;

/** Keys of labels that the chart sets on some object, so that no common label may have them. */
export const ownLabels = [noPortTranslation, injectLabel, ...Object.keys(gatewaySelector), ...Object.keys(filterLabel)];

export const labels = defineMap('serverless-mesh.labels', 'Labels of every object.', {
  'app.kubernetes.io/name': chart.Name,
  'app.kubernetes.io/instance': release.Name,
  'app.kubernetes.io/version': chart.AppVersion,
  'app.kubernetes.io/managed-by': release.Service,
  'helm.sh/chart': chartLabel(chart.Name, chart.Version),
  ...entries(v.commonLabels, ownLabels),
});

interface Parts {
  readonly name: Slot<string>;
  readonly namespace?: Slot<string>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Slot<string>>>;
}
/** What the objects of a stage are written with: its place in the order of stages is where Argo CD applies them. */
export const inStage = (stage: Stage) => ({
  /** Name and place, our labels and the user's, our annotations and the user's. */
  metadata: ({ name, namespace, labels: own = {}, annotations = {} }: Parts) => ({
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: { ...include(labels), ...own },
    annotations: whenAny({
      ...annotations,
      'argocd.argoproj.io/sync-wave': when<string>(v.argocd.syncWaves, String(stages.indexOf(stage))),
      ...entries(v.commonAnnotations),
    }),
  }),
  resource: (r: Omit<Resource, 'stage'>): Resource => ({ ...r, stage }),
});
