/** NOTES of NetworkPolicies, and of where pods may connect. */
import { and, not } from '../../../gotmpl/functions.ts';
import { fmt, when } from '../../../gotmpl/index.ts';
import type { TextLine } from '../../chart.ts';
import { egressWanted, ingressWanted } from '../network-policies/policy.ts';
import { istio, v, v2 } from '../values.ts';

const control = v.mesh.controlPlane;

export const networkPolicies: readonly TextLine[] = [
  when(and(v2, istio, not(control.manageNetworkPolicy), not(ingressWanted)), [
    '',
    'Neither Service Mesh nor Serverless makes NetworkPolicies now. Those that your cluster needs are yours.',
  ]),
];

export const egress: readonly TextLine[] = [
  '',
  'Pods with a proxy now connect only to what the mesh knows. For what your pods call outside it, make a ServiceEntry in',
  'their namespace; for event sources and sinks outside the mesh, in knative-eventing:',
  '  oc get serviceentry -A',
];

export const ownPolicies: readonly TextLine[] = [
  when(ingressWanted, [
    '',
    'NetworkPolicies admit only the mesh, cluster monitoring, the router and the API server to the namespaces of Knative and of',
    'mesh.members. Pods in your namespaces that OpenShift routes lead to need a policy of yours that admits the router.',
    when(not(control.create), [
      fmt`The namespace ${v.mesh.namespace} is not yours to close: its owner must admit the namespaces of Knative and of mesh.members.`,
    ]),
  ]),
  when(egressWanted, [
    '',
    'Pods of Knative reach DNS, the API server, the mesh, registries and Kafka. Event sources and sinks elsewhere need a policy',
    'of yours in knative-eventing, and your own namespaces policies for DNS and for the mesh.',
  ]),
];
