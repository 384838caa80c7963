/** NOTES.txt: what is allowed now, how to see it, and how to reserve the prefix. */
import { eq, not, sizeOf } from '../../gotmpl/functions.ts';
import { fmt, when } from '../../gotmpl/index.ts';
import type { TextLine } from '../chart.ts';
import { release } from '../release.ts';
import { tenant, v } from './values.ts';

const prefix: readonly TextLine[] = [
  '',
  fmt`namespacePrefix: every namespace whose name begins with ${v.namespacePrefix} is inside the tenant, also one that somebody makes later.`,
  'Reserve the prefix, so that only the platform team can make such namespaces:',
  fmt`  oc get validatingadmissionpolicies,validatingadmissionpolicybindings reserve-${v.namespacePrefix}namespaces`,
  'README, "Reserve the prefix", has both objects. Until they are there, whoever may create projects can join the tenant.',
  'A new namespace needs policies of its own: add it to namespaces, and upgrade this release.',
];

export const notes: readonly TextLine[] = [
  fmt`Namespaces of the tenant ${tenant}: ${sizeOf(v.namespaces)}.`,
  '',
  'Allowed from now on, besides what Knative itself does:',
  when(v.serving.enabled, [
    '  - pods of the tenant call pods and Knative Services of the tenant, by their addresses in the cluster.',
  ]),
  when(v.eventing.enabled, [
    '  - pods of the tenant send events to its Brokers, Channels and sinks, and Knative delivers events of the tenant to them.',
  ]),
  // As with redhat-knative-istio-authz: the rule for the tenant itself is part of Serving.
  when(not(v.serving.enabled), ['With serving.enabled false, pods of the tenant may not call each other directly.']),
  'Everybody else gets 403, RBAC: access denied. External URLs stay open to all: who may call them is for the ingress gateway to say.',
  '',
  'Calls are told apart by the identities of the mesh, so each pod of these namespaces needs a sidecar. To see the policies:',
  fmt`  helm get manifest ${release.Name} -n ${release.Namespace}`,
  fmt`  oc get authorizationpolicies -A -l app.kubernetes.io/instance=${release.Name}`,
  '',
  'Whether they are in force, which also needs the isolation of serverless-mesh and the membership of each namespace:',
  fmt`  helm test ${release.Name} -n ${release.Namespace}`,
  'It makes roles for a moment, so that whoever runs it must be allowed to. If it fails, this says why:',
  fmt`  oc logs -n ${release.Namespace} job/${release.Name}-test`,
  when(v.namespacePrefix, prefix),
  when(eq(v.mesh.generation, 'v2'), [
    '',
    'When the mesh moves to Service Mesh 3, upgrade this release with mesh.generation v3: the gateways are in another namespace then.',
  ]),
];
