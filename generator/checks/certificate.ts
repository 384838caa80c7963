/** The Secret with the certificate that the ingress gateway serves. No part of its key is ever shown. */
import { lookAtPair } from '../certificates/pair.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { at, textAt } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import { routerNamespace } from '../model/facts/names.ts';
import type { Check, Finding, Said } from './check.ts';
import { gatewayNamespace, hasGateways, isV3, type Plan } from './plan.ts';
import { installAgain } from './ready.ts';

/** Days: time enough to get another one. */
const soon = 14;

export async function secretOf(cluster: Cluster, plan: Plan): Promise<unknown> {
  return cluster.get('v1/Secret', plan.values.gateway.tls.secretName, gatewayNamespace(plan));
}

/** The domain of routes: what values say, or else what the cluster says. */
async function appsDomain(cluster: Cluster, { values }: Plan): Promise<string | undefined> {
  if (values.cluster.appsDomain !== '') return values.cluster.appsDomain;
  try {
    return textAt(await cluster.get('config.openshift.io/v1/Ingress', 'cluster'), 'spec', 'domain') || undefined;
  } catch (error) {
    if (error instanceof Unseen) return undefined;
    throw error;
  }
}

export const decoded = (secret: unknown, key: string): string =>
  Buffer.from(textAt(secret, 'data', key), 'base64').toString();

/** With its group: Knative has certificates, too. */
const seeCertificate = (plan: Plan) =>
  `see oc describe -n ${gatewayNamespace(plan)} certificate.cert-manager.io ${plan.values.gateway.tls.secretName}`;

interface Served {
  readonly secret: unknown;
  readonly title: string;
  /** It cannot be read, or is not what it must be; it ends. */
  readonly again: string;
  readonly renew: string;
  /** Days before its end. */
  readonly soon: number;
}

/** Who makes the Secret mends it. */
function served(secret: unknown, plan: Plan): Served {
  const { source, secretName, clusterIngress } = plan.values.gateway.tls;
  const title = `Secret ${gatewayNamespace(plan)}/${secretName}`;
  const see = seeCertificate(plan);
  const copy = `mend Secret ${routerNamespace}/${clusterIngress.secretName}, then ${installAgain}`;
  switch (source) {
    // It renews a certificate when a third of its time is left, which may be less than that.
    case 'certManager':
      return { secret, title, again: see, renew: see, soon: 0 };
    case 'clusterIngress':
      return { secret, title, again: copy, renew: copy, soon };
    default:
      return {
        secret,
        title,
        again: 'create the Secret again with oc create secret tls, from a certificate in PEM and its key',
        renew: 'renew the certificate, and replace the Secret',
        soon,
      };
  }
}

function* secretFindings(
  { secret, title, again, renew, soon }: Served,
  domain: string | undefined,
  now: number,
): Iterable<Finding> {
  const type = textAt(secret, 'type');
  if (type !== 'kubernetes.io/tls')
    yield { finding: `${title} is of type ${type || 'Opaque'}, and must be kubernetes.io/tls`, remedy: again };
  const { findings } = lookAtPair(
    { certificate: decoded(secret, 'tls.crt'), privateKey: decoded(secret, 'tls.key') },
    {
      places: { certificate: `tls.crt of ${title}`, privateKey: `tls.key of ${title}` },
      domain,
      now,
      soon,
      remedies: { again, renew },
    },
  );
  // A check knows no warnings; the certificate works all the same.
  yield* findings.filter(({ warning }) => !warning);
}

/** How the Secret comes to be. */
async function makeSecret(cluster: Cluster, plan: Plan): Promise<string> {
  const { secretName, source } = plan.values.gateway.tls;
  const namespace = gatewayNamespace(plan);
  if (source === 'certManager') return seeCertificate(plan);
  if (source === 'clusterIngress') return `${installAgain}: its Job copies it`;
  // That of Service Mesh 3 is the operator's, which another check tells.
  const lacksNamespace = !isV3(plan) && (await cluster.get('v1/Namespace', namespace)) === undefined;
  const place = lacksNamespace ? `oc create namespace ${namespace} && ` : '';
  return `${place}oc create secret tls ${secretName} -n ${namespace} --cert=wildcard.crt --key=wildcard.key`;
}

/** The Secret is the user's before an install, unless it comes from the values. */
export const certificate: Check = {
  id: 'certificate',
  title: 'the Secret of the ingress gateway holds a valid wildcard certificate and its key',
  looksAt: 'Secret gateway.tls.secretName in the namespace of the gateway pods, and the domain of the cluster',
  source: 'base document 1.3; github.com/openshift-knative/serverless-operator hack/lib/mesh.bash (deploy_gateways)',
  concerns: hasGateways,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const secret = await secretOf(cluster, plan);
    if (secret === undefined) {
      const { secretName } = plan.values.gateway.tls;
      yield {
        finding: `Secret ${gatewayNamespace(plan)}/${secretName} does not exist, so the ingress gateway has no certificate`,
        remedy: await makeSecret(cluster, plan),
      };
      return;
    }
    if (at(secret, 'data') === undefined)
      throw new Unseen('the Secret was shown without its data', 'let this user read it');
    const domain = await appsDomain(cluster, plan);
    yield* secretFindings(served(secret, plan), domain, Date.now());
    if (domain === undefined)
      yield { unseen: 'the domain that the certificate must have is not known', remedy: 'set cluster.appsDomain' };
  },
};

/** From the values, it need not exist yet. */
export const certificateBefore: Check = {
  ...certificate,
  concerns: plan => hasGateways(plan) && plan.values.gateway.tls.source === 'existing',
};
