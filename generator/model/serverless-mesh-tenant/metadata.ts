/** Metadata that every object of the chart has. */
import { tenantStages } from '../chart.ts';
import { labelsOf, staged } from '../metadata.ts';
import { v } from './values.ts';

export const labels = labelsOf('serverless-mesh-tenant', v.commonLabels);
export const inStage = staged({
  labels,
  commonAnnotations: v.commonAnnotations,
  syncWaves: v.argocd.syncWaves,
  stages: tenantStages,
});
