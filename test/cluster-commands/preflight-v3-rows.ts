/** Preflight with Service Mesh 3: namespaces, what Service Mesh 2 left, and where the certificate comes from. */
import { namespace, object, wildcardSecret } from './healthy.ts';
import {
  existingMesh,
  fromRouter,
  gateway,
  ingress,
  ingressController,
  issuedBy,
  issuer,
  route3,
} from './healthy-v3.ts';
import { add, type Row, remove } from './rows.ts';
import { withObjects, without } from './run.ts';

const company = { name: 'company' };
const notReady = { status: { conditions: [{ type: 'Ready', status: 'False', reason: 'ErrInitIssuer' }] } };
const acme = (solver: object) => ({ acme: { server: 'https://acme.example.com', solvers: [solver] } });
const other = { mesh: { controlPlane: { name: 'apps' } } };
const roll = (members: string[], place = 'old-mesh') =>
  object('maistra.io/v1/ServiceMeshMemberRoll', 'default', place, { status: { configuredMembers: members } });
const ignored = { 'maistra.io/ignore-namespace': 'true' };
const both = (name: string, by: string) =>
  `namespace ${name} is in Service Mesh 2, by ${by}: both generations would inject its pods; take it out there, or oc label namespace ${name} maistra.io/ignore-namespace=true`;
const revised = (kind: string, fields: object) => object(`sailoperator.io/v1/${kind}`, 'stable', undefined, fields);
const config = (address: string) =>
  object('v1/ConfigMap', 'config-istio', 'knative-serving', {
    data: { 'gateway.knative-serving.knative-ingress-gateway': address },
  });
const stale =
  'Routes of Knative in istio-system keep their hosts, so that those in knative-serving-ingress are not admitted: route-1 (hello-shop.cluster.test)';
const remove1 = 'oc delete route -n istio-system -l serving.knative.openshift.io/ingressName';

export const preflightRows3: readonly Row[] = [
  {
    name: 'members and Kafka clients that do not exist',
    check: 'member-namespaces',
    values: { kafka: { consumerNamespaces: ['jobs'] } },
    spoil: remove('Namespace', 'billing'),
    want: [
      'namespace jobs of kafka.consumerNamespaces does not exist; oc create namespace jobs',
      'namespace billing of mesh.members does not exist; oc create namespace billing',
    ],
  },
  {
    name: 'namespaces that are in Service Mesh 2, too',
    check: 'other-mesh',
    spoil: add(
      roll(['shop']),
      roll(['knative-serving'], 'istio-system'),
      namespace('knative-eventing', { 'maistra.io/member-of': 'old-mesh' }),
      object('maistra.io/v1/ServiceMeshMember', 'default', ingress, {
        spec: { controlPlaneRef: { namespace: 'old-mesh' } },
      }),
    ),
    want: [
      both('knative-serving', 'the member roll of istio-system'),
      both('knative-eventing', 'the mesh of old-mesh'),
      both(ingress, 'its ServiceMeshMember default in the mesh of old-mesh'),
      both('shop', 'the member roll of old-mesh'),
    ],
  },
  {
    name: 'namespaces that Service Mesh 2 is told to leave alone, and others of its own',
    check: 'other-mesh',
    spoil: add(
      roll(['shop', 'elsewhere']),
      object('maistra.io/v1/ServiceMeshMember', 'default', 'elsewhere', {
        spec: { controlPlaneRef: { namespace: 'old-mesh' } },
      }),
      namespace('shop', ignored),
      namespace('knative-serving', { ...ignored, 'maistra.io/member-of': 'old-mesh' }),
    ),
    want: [],
  },
  {
    name: 'namespaces that Istio leaves out, or of which it would inject too much, or another one would',
    check: 'injection-labels',
    spoil: add(
      namespace('knative-serving', { 'istio-injection': 'enabled' }),
      namespace('knative-eventing', { 'istio.io/rev': 'default' }),
      namespace(ingress, { 'istio-injection': 'disabled' }),
      namespace('shop', { 'istio.io/rev': 'other' }),
      namespace('billing', { 'istio-injection': 'enabled' }),
    ),
    want: [
      ...['knative-serving', 'knative-eventing'].map(
        name =>
          `namespace ${name} is labelled for injection, also of its pods that talk to the API server; oc label namespace ${name} istio-injection- istio.io/rev-`,
      ),
      'namespace knative-serving-ingress has the label istio-injection=disabled; oc label namespace knative-serving-ingress istio-injection-',
      'namespace shop has the label istio.io/rev=other, which gives its pods to another Istio than default; oc label namespace shop istio.io/rev-',
    ],
  },
  {
    name: 'with an Istio of another name, the label of the default one gives its pods to that',
    check: 'injection-labels',
    values: other,
    spoil: add(namespace('shop', { 'istio-injection': 'enabled' }), namespace('billing', { 'istio.io/rev': 'apps' })),
    want: [
      'namespace shop has the label istio-injection=enabled, which gives its pods to the default Istio and not to apps; oc label namespace shop istio-injection-',
    ],
  },
  {
    name: 'a tag for our Istio',
    check: 'injection-labels',
    spoil: add(
      namespace('shop', { 'istio.io/rev': 'stable' }),
      revised('IstioRevisionTag', { spec: { targetRef: { kind: 'Istio', name: 'default' } } }),
    ),
    want: [],
  },
  {
    name: 'a revision of our Istio',
    check: 'injection-labels',
    spoil: add(
      namespace('shop', { 'istio.io/rev': 'stable' }),
      revised('IstioRevision', { metadata: { ownerReferences: [{ kind: 'Istio', name: 'default' }] } }),
    ),
    want: [],
  },
  {
    name: 'a control plane and a member roll of Service Mesh 2',
    check: 'service-mesh-2',
    spoil: add(roll([], 'istio-system'), object('maistra.io/v2/ServiceMeshControlPlane', 'basic', 'istio-system')),
    want: ['ServiceMeshMemberRoll', 'ServiceMeshControlPlane'].map(kind => {
      const name = kind === 'ServiceMeshMemberRoll' ? 'default' : 'basic';
      return `${kind} istio-system/${name} of Service Mesh 2 is still there; when nothing uses it any more, oc delete -n istio-system ${kind.toLowerCase()} ${name}; to move, follow serverless-mesh migrate-plan`;
    }),
  },
  {
    name: 'a mesh of Service Mesh 2 elsewhere',
    check: 'service-mesh-2',
    spoil: add(roll([]), object('maistra.io/v2/ServiceMeshControlPlane', 'basic', 'old-mesh')),
    want: [],
  },
  {
    name: 'routes of a mesh that Knative still uses: they go when it has moved',
    check: 'stale-routes',
    spoil: add(route3('istio-system'), config('istio-ingressgateway.istio-system.svc.cluster.local')),
    want: [
      `${stale}; once config-istio in knative-serving names knative-serving-ingress, which helm upgrade does: ${remove1}`,
    ],
  },
  {
    name: 'routes of a mesh that Knative uses no more, many of them',
    check: 'stale-routes',
    spoil: add(
      ...[1, 2, 3, 4, 5, 6, 7].map(n => {
        const { metadata, ...rest } = route3('istio-system');
        return { ...rest, metadata: { ...metadata, name: `route-${n}` } };
      }),
      config(`${gateway}.${ingress}.svc.cluster.local`),
    ),
    want: [
      `${stale}, ${[2, 3, 4, 5].map(n => `route-${n} (hello-shop.cluster.test)`).join(', ')} and 2 more; ${remove1}`,
    ],
  },
  {
    name: 'routes of others, and those in their place',
    check: 'stale-routes',
    spoil: add(
      route3(ingress),
      object('route.openshift.io/v1/Route', 'console', 'openshift-console', { spec: { host: 'console.cluster.test' } }),
    ),
    want: [],
  },
  {
    name: 'no Secret where the gateway is, but one where Service Mesh 2 had it',
    check: 'certificate',
    spoil: async all =>
      withObjects(
        all.filter(o => o.metadata.name !== 'wildcard-certs'),
        await wildcardSecret(),
      ),
    want: [
      'Secret knative-serving-ingress/wildcard-certs does not exist, so the ingress gateway has no certificate; oc create secret tls wildcard-certs -n knative-serving-ingress --cert=wildcard.crt --key=wildcard.key',
    ],
  },
  {
    name: 'with an existing mesh, the Secret is asked for all the same',
    check: 'certificate',
    values: { mesh: { controlPlane: { create: false } } },
    spoil: all =>
      withObjects(
        all.filter(o => o.kind !== 'Secret'),
        ...existingMesh,
      ),
    want: [
      'Secret knative-serving-ingress/wildcard-certs does not exist, so the ingress gateway has no certificate; oc create secret tls wildcard-certs -n knative-serving-ingress --cert=wildcard.crt --key=wildcard.key',
    ],
  },
  { name: 'an issuer that is Ready', check: 'issuer', values: issuedBy(company), want: [] },
  {
    name: 'an Issuer in another namespace than that of the gateway',
    check: 'issuer',
    values: issuedBy({ ...company, kind: 'Issuer' }),
    spoil: add(issuer('Issuer', 'company', {}, 'istio-system')),
    want: [
      'Issuer knative-serving-ingress/company does not exist; create it first, or name another one in gateway.tls.certManager.issuer',
    ],
  },
  {
    name: 'an issuer that is not Ready',
    check: 'issuer',
    values: issuedBy(company),
    spoil: add({ ...issuer('ClusterIssuer', 'company'), ...notReady }),
    want: ['ClusterIssuer company is not Ready: Ready ErrInitIssuer; wait, or see oc describe clusterissuer company'],
  },
  {
    name: 'an issuer of ACME that cannot sign a wildcard',
    check: 'issuer',
    values: issuedBy(company),
    spoil: add(issuer('ClusterIssuer', 'company', acme({ http01: {} }))),
    want: [
      'ClusterIssuer company has no solver dns01, without which ACME signs no wildcard certificate; add one to spec.acme.solvers, or name another issuer',
    ],
  },
  {
    name: 'an issuer of ACME that can',
    check: 'issuer',
    values: issuedBy(company),
    spoil: add(issuer('ClusterIssuer', 'company', acme({ dns01: {} }))),
    want: [],
  },
  {
    name: 'a kind of issuer that cert-manager does not have',
    check: 'issuer',
    values: issuedBy({ ...company, kind: 'Vault' }),
    want: [
      'gateway.tls.certManager.issuer.kind is Vault, which cert-manager.io does not have; write ClusterIssuer or Issuer, or the group of an external issuer',
    ],
  },
  {
    name: 'an external issuer',
    check: 'issuer',
    values: issuedBy({ name: 'company', group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer' }),
    want: [],
  },
  {
    name: 'a router without that Secret, which serves another one',
    check: 'router-certificate',
    values: fromRouter,
    spoil: all =>
      withObjects(
        without(all, 'Secret', 'router-certs-default'),
        ingressController({ defaultCertificate: { name: 'apps-cluster-test' } }),
      ),
    want: [
      'Secret openshift-ingress/router-certs-default does not exist, so there is no certificate to copy; correct gateway.tls.clusterIngress.secretName',
      'gateway.tls.clusterIngress.secretName is router-certs-default, but the default IngressController serves apps-cluster-test; set gateway.tls.clusterIngress.secretName to apps-cluster-test',
    ],
  },
  {
    name: 'a router with a certificate of its own, as the values name it',
    check: 'router-certificate',
    values: { gateway: { tls: { source: 'clusterIngress', clusterIngress: { secretName: 'company' } } } },
    spoil: async all =>
      withObjects(
        all,
        await wildcardSecret({}, 'openshift-ingress', 'company'),
        ingressController({ defaultCertificate: { name: 'company' } }),
      ),
    want: [],
  },
];
