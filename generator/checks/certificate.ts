/** The Secret with the certificate that the ingress gateway serves. No part of its key is ever shown. */
import { lookAtPair } from '../certificates/pair.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { at, textAt } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import type { Check, Finding, Said } from './check.ts';
import { hasGateways, meshNamespace, type Plan } from './plan.ts';

/** Days: time enough to get another one. */
const soon = 14;

export async function secretOf(cluster: Cluster, plan: Plan): Promise<unknown> {
  return cluster.get('v1/Secret', plan.values.gateway.tls.secretName, meshNamespace(plan));
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

function* secretFindings(secret: unknown, title: string, domain: string | undefined, now: number): Iterable<Finding> {
  const again = 'create the Secret again with oc create secret tls, from a certificate in PEM and its key';
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
      remedies: { again, renew: 'renew the certificate, and replace the Secret' },
    },
  );
  // A check knows no warnings; the certificate works all the same.
  yield* findings.filter(({ warning }) => !warning);
}

/** The Secret is the user's before an install, unless it comes from the values. */
export const certificate: Check = {
  id: 'certificate',
  title: 'the Secret of the ingress gateway holds a valid wildcard certificate and its key',
  looksAt: 'Secret gateway.tls.secretName in mesh.namespace, and the domain of the cluster',
  source: 'base document 1.3; github.com/openshift-knative/serverless-operator hack/lib/mesh.bash (deploy_gateways)',
  concerns: hasGateways,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const { secretName } = plan.values.gateway.tls;
    const namespace = meshNamespace(plan);
    const secret = await secretOf(cluster, plan);
    if (secret === undefined) {
      const place = (await cluster.get('v1/Namespace', namespace)) ? '' : `oc create namespace ${namespace} && `;
      yield {
        finding: `Secret ${namespace}/${secretName} does not exist, so the ingress gateway has no certificate`,
        remedy: `${place}oc create secret tls ${secretName} -n ${namespace} --cert=wildcard.crt --key=wildcard.key`,
      };
      return;
    }
    if (at(secret, 'data') === undefined)
      throw new Unseen('the Secret was shown without its data', 'let this user read it');
    const domain = await appsDomain(cluster, plan);
    yield* secretFindings(secret, `Secret ${namespace}/${secretName}`, domain, Date.now());
    if (domain === undefined)
      yield { unseen: 'the domain that the certificate must have is not known', remedy: 'set cluster.appsDomain' };
  },
};

/** From the values, it need not exist yet. */
export const certificateBefore: Check = {
  ...certificate,
  concerns: plan => hasGateways(plan) && plan.values.gateway.tls.source === 'existing',
};
