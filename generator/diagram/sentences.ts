/** What is to be said of the whole installation. */
import { listAt, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import { one } from './found.ts';
import type { Places } from './places.ts';
import { short } from './wrap.ts';

const MOST_NAMES = 8;

export const sentencesOf = (places: Places): string[] => [
  ...meshSentences(places),
  ...admitted(places),
  ...(one(places.objects, 'AuthorizationPolicy') === undefined
    ? []
    : [
        'Isolation: pods of knative-serving and knative-eventing take only calls that an AuthorizationPolicy allows; where a call needs a tenant, those of a release of serverless-mesh-tenant do.',
      ]),
];

function meshSentences({ mesh, appsInMesh }: Places): string[] {
  if (!appsInMesh) return ['No pod has a proxy: mesh.members is empty.'];
  const taken = {
    STRICT: 'Strict mTLS: a pod with a proxy takes no call without a certificate of the mesh.',
    PERMISSIVE: 'mTLS is not strict: a pod with a proxy takes plain text, too.',
    unknown: `The mesh in ${mesh.namespace} exists already: its settings decide what its proxies take.`,
  }[mesh.strictness];
  if (mesh.excluded === undefined) return [taken];
  const ports = mesh.excluded.join(', ') || 'none';
  return [taken, `Ports that proxies leave alone, open to callers without a certificate: ${ports}.`];
}

/** Whom a NetworkPolicy lets through to the plain text of the local gateway. */
function admitted({ objects, gateways }: Places): string[] {
  const policy = objects.find(o => o.kind === 'NetworkPolicy' && namespaceOf(o) === gateways?.namespace);
  const [rule] = listAt(policy, 'spec', 'ingress');
  const from = listAt(rule, 'from', 0, 'namespaceSelector', 'matchExpressions', 0, 'values').map(String);
  if (policy === undefined || from.length === 0) return [];
  const ports = listAt(rule, 'ports').map(port => textAt(port, 'port'));
  return [
    `NetworkPolicy ${nameOf(policy)}: port ${ports.join(', ')} takes calls from ${short(from, MOST_NAMES).join(', ')} only.`,
  ];
}
