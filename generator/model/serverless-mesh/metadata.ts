/** Metadata that every object of the chart has. */
import { stages } from '../chart.ts';
import { labelsOf, staged } from '../metadata.ts';
import { v } from './values.ts';

/** The label that the local gateway Service needs beside the common ones. */
export const noPortTranslation = 'experimental.istio.io/disable-gateway-port-translation';
export const injectLabel = 'sidecar.istio.io/inject';

/** Keys of labels that the chart sets on some object, so that no common label may have them. */
export const ownLabels = [noPortTranslation, injectLabel] as const;

export const labels = labelsOf('serverless-mesh', v.commonLabels, ownLabels);
export const inStage = staged({
  labels,
  commonAnnotations: v.commonAnnotations,
  syncWaves: v.argocd.syncWaves,
  stages,
});
