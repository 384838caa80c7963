/** Where the certificate of the ingress gateway comes from: cert-manager, or the router of OpenShift. */
import { createHash } from 'node:crypto';
import { kindOf, listAt, nameOf, namespaceOf, textAt, titleOf } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import { routerNamespace } from '../model/facts/names.ts';
import { secretOf } from './certificate.ts';
import { type Check, part, type Said } from './check.ts';
import { gatewayNamespace, hasGateways, type Plan } from './plan.ts';
import { existing, installAgain, readiness } from './ready.ts';

const group = 'cert-manager.io';
const sourceIs = (source: Plan['values']['gateway']['tls']['source']) => (plan: Plan) =>
  hasGateways(plan) && plan.values.gateway.tls.source === source;

/** One that the values name; the chart's own comes with the release. */
export const issuer: Check = {
  id: 'issuer',
  title: 'the issuer of gateway.tls.certManager is Ready, and can sign a wildcard certificate',
  looksAt: 'that ClusterIssuer, or Issuer in the namespace of the gateway pods',
  source: 'https://cert-manager.io/docs/usage/certificate/; https://cert-manager.io/docs/configuration/acme/dns01/',
  concerns: plan => sourceIs('certManager')(plan) && plan.values.gateway.tls.certManager.issuer.name !== '',
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const named = plan.values.gateway.tls.certManager.issuer;
    if (named.group !== group) {
      yield { fact: `${named.kind} ${named.name} is of ${named.group}, an issuer outside cert-manager: not looked at` };
      return;
    }
    if (!['ClusterIssuer', 'Issuer'].includes(named.kind)) {
      yield {
        finding: `gateway.tls.certManager.issuer.kind is ${named.kind}, which ${group} does not have`,
        remedy: 'write ClusterIssuer or Issuer, or the group of an external issuer',
      };
      return;
    }
    const namespace = named.kind === 'Issuer' ? gatewayNamespace(plan) : undefined;
    const remedy = 'create it first, or name another one in gateway.tls.certManager.issuer';
    const found = yield* existing(cluster, `${group}/v1/${named.kind}`, named.name, namespace, remedy);
    if (found === undefined) return;
    yield* readiness(found);
    const solvers = listAt(found, 'spec', 'acme', 'solvers');
    if (textAt(found, 'spec', 'acme', 'server') !== '' && !solvers.some(s => 'dns01' in Object(s)))
      yield {
        finding: `${titleOf(found)} has no solver dns01, without which ACME signs no wildcard certificate`,
        remedy: 'add one to spec.acme.solvers, or name another issuer',
      };
  },
};

export const issuedCertificate: Check = {
  id: 'issued-certificate',
  title: 'cert-manager has issued the wildcard certificate',
  looksAt: `objects of ${group} of the release`,
  source: 'https://cert-manager.io/docs/usage/certificate/',
  settles: true,
  concerns: sourceIs('certManager'),
  run: async function* (cluster, { objects }): AsyncIterable<Said> {
    for (const wanted of objects.filter(o => kindOf(o).startsWith(`${group}/`)))
      yield* part(titleOf(wanted), async function* (): AsyncIterable<Said> {
        const found = yield* existing(cluster, kindOf(wanted), nameOf(wanted), namespaceOf(wanted), installAgain);
        if (found !== undefined) yield* readiness(found);
      });
  },
};

const router = (plan: Plan) => plan.values.gateway.tls.clusterIngress.secretName;

/** Before an install only its name is asked for: the content is the Job's. */
export const routerCertificate: Check = {
  id: 'router-certificate',
  title: 'the Secret of gateway.tls.clusterIngress is there, and is that of the default IngressController',
  looksAt: `metadata of that Secret in ${routerNamespace}, and IngressController default`,
  source:
    'https://docs.openshift.com/container-platform/4.18/security/certificates/replacing-default-ingress-certificate.html',
  concerns: sourceIs('clusterIngress'),
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const name = router(plan);
    yield* part(`Secret ${routerNamespace}/${name}`, async function* (): AsyncIterable<Said> {
      if (await cluster.has('v1/Secret', name, routerNamespace)) return;
      yield {
        finding: `Secret ${routerNamespace}/${name} does not exist, so there is no certificate to copy`,
        remedy: 'correct gateway.tls.clusterIngress.secretName',
      };
    });
    yield* part('IngressController default', async function* (): AsyncIterable<Said> {
      const kind = 'operator.openshift.io/v1/IngressController';
      const found = await cluster.get(kind, 'default', 'openshift-ingress-operator');
      const serves = textAt(found, 'spec', 'defaultCertificate', 'name');
      if (serves === '' || serves === name) return;
      yield {
        finding: `gateway.tls.clusterIngress.secretName is ${name}, but the default IngressController serves ${serves}`,
        remedy: `set gateway.tls.clusterIngress.secretName to ${serves}`,
      };
    });
  },
};

/** A mark of a certificate and its key that tells nothing of them. */
function digest(secret: unknown): string {
  const fields = ['tls.crt', 'tls.key'].map(key => textAt(secret, 'data', key));
  if (fields.includes('')) throw new Unseen('a Secret was shown without its data', 'let this user read it');
  return createHash('sha256').update(fields.join(' ')).digest('hex');
}

export const copiedCertificate: Check = {
  id: 'copied-certificate',
  title: "the ingress gateway serves the router's certificate of today",
  looksAt: `Secret gateway.tls.secretName, and that of the router in ${routerNamespace}`,
  source: 'the Job of this chart copies it at install and upgrade only',
  essential: false,
  settles: true,
  concerns: sourceIs('clusterIngress'),
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const copy = await secretOf(cluster, plan);
    // That there is none says the check of the certificate.
    if (copy === undefined) return;
    const remedy = 'correct gateway.tls.clusterIngress.secretName';
    const original = yield* existing(cluster, 'v1/Secret', router(plan), routerNamespace, remedy);
    if (original === undefined || digest(original) === digest(copy)) return;
    yield {
      finding: `Secret ${gatewayNamespace(plan)}/${nameOf(copy)} is not the certificate that ${routerNamespace}/${router(plan)} holds now`,
      remedy: `${installAgain}: its Job copies it again`,
    };
  },
};
