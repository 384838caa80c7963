import type { ITelemetry } from '@kubernetes-models/istio/telemetry.istio.io/v1alpha1/Telemetry';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { countRequests, monitors } from '../monitoring/monitors.ts';
import { traced, v } from '../values.ts';
import { tracingProvider } from './tracing.ts';

const { metadata, resource } = inStage('mesh');

const manifest: Templated<ITelemetry> = {
  apiVersion: 'telemetry.istio.io/v1alpha1',
  kind: 'Telemetry',
  metadata: metadata({ name: 'mesh-default', namespace: v.mesh.namespace }),
  spec: {
    metrics: when(monitors, countRequests),
    tracing: [
      {
        providers: [{ name: tracingProvider }],
        randomSamplingPercentage: v.mesh.controlPlane.tracing.samplingPercentage,
      },
    ],
  },
};

export default resource({
  doc: 'Has every proxy of the mesh send its share of traces to the collector, and with monitoring count requests: of several Telemetry resources for a whole mesh, Istio heeds one.',
  source:
    'openshift-docs modules/ossm-configuring-distr-tracing-tempo.adoc and ossm-config-otel.adoc; https://istio.io/latest/docs/reference/config/telemetry/',
  documents: when(and(traced, v.mesh.controlPlane.create), manifest),
});
