/** Preflight with Service Mesh 3: where the certificate comes from. */
import { wildcardSecret } from './healthy.ts';
import { existingMesh, fromRouter, ingressController, issuedBy, issuer } from './healthy-v3.ts';
import { add, type Row } from './rows.ts';
import { withObjects, without } from './run.ts';

const company = { name: 'company' };
const notReady = { status: { conditions: [{ type: 'Ready', status: 'False', reason: 'ErrInitIssuer' }] } };
const acme = (solver: object) => ({ acme: { server: 'https://acme.example.com', solvers: [solver] } });
/** For both commands. */
export const noSecret: Row = {
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
};

export const certificateRows3: readonly Row[] = [
  noSecret,
  {
    name: 'with an existing mesh, the Secret is asked for all the same',
    check: 'certificate',
    values: { mesh: { controlPlane: { create: false } } },
    spoil: all =>
      withObjects(
        all.filter(o => o.kind !== 'Secret'),
        ...existingMesh,
      ),
    want: noSecret.want,
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
