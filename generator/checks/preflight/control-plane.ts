/** The control plane, before an install: one of our own can come, or somebody else's is there. */
import type { Check } from '../check.ts';
import { controlPlaneFindings } from '../control-plane-settings.ts';
import { istioBefore } from '../istio-settings.ts';
import { isV3 } from '../plan.ts';

export const controlPlaneBefore: Check = {
  id: 'control-plane',
  title: 'the control plane can be made, or is there with the settings of the document',
  looksAt: 'ServiceMeshControlPlanes in mesh.namespace; with Service Mesh 3 Istios and IstioCNI',
  source:
    'base document 1.4.2 step 1; github.com/maistra/istio-operator pkg/controller/servicemesh/webhooks/validation (one for each namespace); github.com/istio-ecosystem/sail-operator chart/crds/sailoperator.io_istios.yaml',
  run: (cluster, plan) => (isV3(plan) ? istioBefore(cluster, plan) : controlPlaneFindings(cluster, plan)),
};
