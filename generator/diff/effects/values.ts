/** Effects of values that objects alone do not tell. */
import type { ValueRow } from './row.ts';

const otherMesh = 'base document, section 1: to move to another mesh, uninstall and install again';
const uninstall = 'a release cannot move there: uninstall it, and install it with the new values';

export const valueRows: readonly ValueRow[] = [
  {
    ...{ id: 'generation', severity: 'unsupported', value: 'mesh.generation' },
    what: () =>
      'an upgrade alone deletes the control plane and the gateway that serve: follow serverless-mesh migrate-plan',
    source:
      'https://docs.redhat.com/en/documentation/red_hat_openshift_service_mesh/3.0/html-single/migrating_from_service_mesh_2_to_service_mesh_3/index',
  },
  {
    ...{ id: 'other-mesh', severity: 'unsupported', value: 'mesh.namespace' },
    what: () => `Knative would change to a mesh in another namespace: ${uninstall}`,
    source: otherMesh,
  },
  {
    ...{ id: 'other-control-plane', severity: 'unsupported', value: 'mesh.controlPlane.name' },
    what: () => `Knative would change to another control plane: ${uninstall}`,
    source: otherMesh,
  },
  {
    ...{ id: 'trust-domain-of-callers', severity: 'identity', value: 'mesh.trustDomain' },
    what: () =>
      'policies of tenants and your own name callers by the former trust domain: render them anew, and restart all pods in the mesh',
    source: 'https://istio.io/latest/docs/tasks/security/authorization/authz-td-migration/',
  },
  {
    ...{ id: 'certificate-source', severity: 'certificate', value: 'gateway.tls.source' },
    what: () => 'the certificate of the gateway comes from elsewhere: clients must trust its CA before',
    source: 'base document 1.3',
  },
  {
    ...{ id: 'serverless-release', severity: 'operator', value: 'serverless.release' },
    what: ({ after }) =>
      `fields are written for ${String(after)}: the OpenShift Serverless operator must be of that release first; the chart refuses another one at install`,
    source: 'serverless-operator, branches release-1.31 to release-1.38',
  },
];
