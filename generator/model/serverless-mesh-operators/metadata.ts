/** Metadata that every object of the chart has. */
import { operatorStages } from '../chart.ts';
import { labelsOf, staged } from '../metadata.ts';
import { v } from './values.ts';

export const labels = labelsOf('serverless-mesh-operators', v.commonLabels);
export const inStage = staged({
  labels,
  commonAnnotations: v.commonAnnotations,
  syncWaves: v.argocd.syncWaves,
  stages: operatorStages,
});
/** Kept on uninstall, because the operator runs on until its ClusterServiceVersion is deleted. */
export const kept = { 'helm.sh/resource-policy': 'keep' } as const;
