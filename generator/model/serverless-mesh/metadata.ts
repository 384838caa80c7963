/** Metadata that every object of the chart has. */
import { stages } from '../chart.ts';
import { gatewaySelector } from '../facts/names.ts';
import { labelsOf, staged } from '../metadata.ts';
import { v } from './values.ts';

/** The label that the local gateway Service needs beside the common ones. */
export const noPortTranslation = 'experimental.istio.io/disable-gateway-port-translation';
export const injectLabel = 'sidecar.istio.io/inject';
/**
 * With secret filtering, Knative sees only Secrets with this label. The gateway needs it not, but whoever names its
 * Secret in a domain mapping does: openshift-docs modules/serverless-ossm-secret-filtering-net-istio.adoc.
 */
export const filterLabel = { 'networking.internal.knative.dev/certificate-uid': 'serverless-mesh' } as const;

/** By which OpenShift's console finds a dashboard. */
export const dashboardLabel = 'console.openshift.io/dashboard';

/** Keys of labels that the chart sets on some object, so that no common label may have them. */
export const ownLabels = [
  noPortTranslation,
  injectLabel,
  dashboardLabel,
  ...Object.keys(gatewaySelector),
  ...Object.keys(filterLabel),
];

export const labels = labelsOf('serverless-mesh', v.commonLabels, ownLabels);
export const inStage = staged({
  labels,
  commonAnnotations: v.commonAnnotations,
  syncWaves: v.argocd.syncWaves,
  stages,
});
