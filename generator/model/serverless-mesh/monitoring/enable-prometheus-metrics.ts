import type { ITelemetry } from '@kubernetes-models/istio/telemetry.istio.io/v1alpha1/Telemetry';
import { and, not } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { traced, v } from '../values.ts';
import { countRequests, metadata, monitors, resource, source } from './monitors.ts';

const manifest: Templated<ITelemetry> = {
  apiVersion: 'telemetry.istio.io/v1alpha1',
  kind: 'Telemetry',
  metadata: metadata({ name: 'enable-prometheus-metrics', namespace: v.mesh.namespace }),
  spec: { metrics: countRequests },
};

export default resource({
  doc: 'Makes all proxies of the mesh count requests, for it is in the namespace of the control plane. With traces, mesh/telemetry does: a mesh has one such Telemetry.',
  source: `${source}; modules/ossm-config-openshift-monitoring-only.adoc for Service Mesh 3`,
  documents: when(and(monitors, v.mesh.controlPlane.create, not(traced)), manifest),
});
