import { type Templated, when } from '../../../gotmpl/index.ts';
import type { ServiceMonitor } from '../../kinds/monitoring.ts';
import { v } from '../values.ts';
import { interval, meshId, metadata, monitors, resource, source } from './monitors.ts';

const manifest: Templated<ServiceMonitor> = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: metadata({ name: 'istiod-monitor', namespace: v.mesh.namespace }),
  spec: {
    targetLabels: ['app'],
    selector: { matchLabels: { istio: 'pilot' } },
    endpoints: [{ port: 'http-monitoring', interval, relabelings: [meshId] }],
  },
};

export default resource({
  doc: 'Collects the metrics of istiod.',
  source,
  documents: when(monitors, manifest),
});
