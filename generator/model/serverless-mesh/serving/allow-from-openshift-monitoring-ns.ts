import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { knativeServing } from '../../facts/names.ts';
import { onReleases } from '../../facts/releases.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v } from '../values.ts';

const { metadata, resource } = inStage('serving');

const manifest: Templated<INetworkPolicy> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata({ name: 'allow-from-openshift-monitoring-ns', namespace: knativeServing }),
  spec: {
    ingress: [
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-monitoring' } } }] },
    ],
    podSelector: {},
  },
};

export default resource({
  doc: 'Lets Prometheus of the cluster monitoring reach the metrics of Knative Serving. Later releases of the operator make this policy themselves, under the same name.',
  source:
    'base document 1.5 step 2; serverless-operator openshift-knative-operator/pkg/serving/ingress.go from release 1.32 on',
  documents: when(
    and(
      gatewaysWanted,
      v.serving.metrics.enabled,
      onReleases(r => !r.networkPolicyOptOut),
    ),
    manifest,
  ),
});
