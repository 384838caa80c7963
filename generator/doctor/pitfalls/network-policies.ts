/** What NetworkPolicies shut. */

import { type KubeObject, listAt, mapAt, namespaceOf, textAt } from '../../cluster/fields.ts';
import { knativeEventing, knativeServing } from '../../model/facts/names.ts';
import { ofMesh } from '../kinds.ts';
import { eventingOf, type Mesh, servingOf, usesIstio } from '../mesh.ts';
import { annotationsOf, type Found, oc, type Row } from '../row.ts';
import type { Seen } from '../seen.ts';
import { ofKnative } from '../within.ts';

const _maistra = 'github.com/maistra/istio-operator';
const _operator = 'github.com/openshift-knative/serverless-operator';
const _drain = '35s';

const disabling = 'serverless.openshift.io/disable-istio-net-policies-generation';
function* mismatched(seen: Seen, mesh: Mesh): Iterable<Found> {
  const managed =
    mesh.generation === 'v2' && textAt(mesh.controlPlane, 'spec', 'security', 'manageNetworkPolicy') !== 'false';
  const serving = usesIstio(servingOf(seen)) ? servingOf(seen) : undefined;
  const field = `metadata.annotations["${disabling}"]`;
  for (const object of [serving, eventingOf(seen)]) {
    if (object === undefined) continue;
    const disabled = annotationsOf(object)[disabling] === 'true';
    if (disabled === !managed) continue;
    yield disabled
      ? {
          object,
          field,
          what: 'it is true, so that nothing lets the API server through the NetworkPolicies of Service Mesh 2 to the webhooks',
          remedy: oc('annotate', object, `${disabling}-`),
        }
      : {
          object,
          field,
          what: `it is not true, and ${mesh.generation === 'v3' ? 'Service Mesh 3 makes no' : 'manageNetworkPolicy is false, so there are no'} NetworkPolicies: those of the operator then shut the namespace`,
          remedy: oc('annotate', object, `${disabling}=true`),
        };
  }
  if (!managed) yield* shutWebhooks(seen);
}

/** A policy for all pods shuts them to whatever no policy admits. */
function* shutWebhooks(seen: Seen): Iterable<Found> {
  for (const namespace of [knativeServing, knativeEventing]) {
    const policies = seen.all('NetworkPolicy').filter(p => namespaceOf(p) === namespace && takesIngress(p));
    const shut = policies.find(p => Object.keys(mapAt(p, 'spec', 'podSelector')).length === 0);
    const opens = policies.some(p => listAt(p, 'spec', 'ingress').some(rule => listAt(rule, 'from').length === 0));
    if (shut === undefined || opens) continue;
    yield {
      object: shut,
      field: 'spec.podSelector',
      what: `it is for all pods of ${namespace}, and no NetworkPolicy lets the API server to the webhooks`,
      remedy: `create {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: webhooks, namespace: ${namespace}}, spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [webhook, net-istio-webhook, eventing-webhook, kafka-webhook-eventing]}]}, ingress: [{}]}}`,
    };
  }
}
const takesIngress = (policy: KubeObject) => {
  const types = listAt(policy, 'spec', 'policyTypes');
  return types.length === 0 || types.includes('Ingress');
};

export const networkPolicies: readonly Row[] = [
  {
    id: 'P14',
    title: 'NetworkPolicies let the API server to the webhooks, and the mesh to Knative',
    severity: 'breaks',
    consequence:
      'Calls time out: of the API server to the webhooks, so that nothing can be created, or of the mesh to Knative.',
    source:
      'https://github.com/openshift/openshift-docs/pull/76398; https://github.com/opendatahub-io/opendatahub-operator/pull/809',
    looksAt: [...ofMesh, 'NetworkPolicy'],
    look: ofKnative(mismatched),
  },
];
