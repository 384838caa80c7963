/** What Service Mesh 3 makes of an Istio resource, as far as it matters to traffic: the rest is in the chart. */
import type { KubeObject } from '../objects.ts';
import { type MadeMesh, only } from './mesh.ts';

export function serviceMesh3(objects: readonly KubeObject[]): MadeMesh {
  const { spec } = only(objects, 'Istio');
  const { namespace } = only(objects, 'Deployment').metadata;
  return {
    rootNamespace: spec.namespace,
    excludedPorts: String(spec.values.global.proxy.excludeInboundPorts ?? '')
      .split(',')
      .map(Number),
    gateway: { namespace, labels: only(objects, 'Deployment').spec.template.metadata.labels },
    objects: [],
    // Without discoverySelectors, istiod looks at all of them.
    sees: () => true,
  };
}
