/** The Secrets that gateways and domain mappings name. Of a key nothing is kept but whether it fits. */
import type { X509Certificate } from 'node:crypto';
import { lookAtPair, type PairFinding } from '../certificates/pair.ts';
import { decoded } from '../checks/certificate.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { at, type KubeObject, listAt, mapAt, namespaceOf, textAt } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import type { Installation } from '../installation/installation.ts';
import { knativeServing, knativeServingIngress, routerNamespace } from '../model/facts/names.ts';
import type { Lists } from './lists.ts';
import type { Mesh } from './mesh.ts';

export interface SeenSecret {
  /** apiVersion, kind, metadata and type. */
  readonly object: KubeObject;
  /** Where it stands, in a folder. */
  readonly place: string | undefined;
  /** Undefined where there is none that can be read. */
  readonly leaf?: X509Certificate;
  readonly findings: readonly PairFinding[];
}

export const credentialsOf = (gateway: unknown): string[] =>
  listAt(gateway, 'spec', 'servers')
    .map(s => textAt(s, 'tls', 'credentialName'))
    .filter(Boolean);

export async function readSecrets(
  cluster: Cluster,
  lists: Lists,
  mesh: Mesh | undefined,
  domain: string | undefined,
  placeOf: Installation['placeOf'],
): Promise<Map<string, SeenSecret>> {
  const names = new Set(lists.all('Gateway').flatMap(credentialsOf));
  const wanted = mesh === undefined ? [] : [...names].map(name => ({ place: mesh.gatewayNamespace, name }));
  for (const mapping of lists.all('DomainMapping')) {
    const name = textAt(mapping, 'spec', 'tls', 'secretName');
    if (name !== '') wanted.push({ place: namespaceOf(mapping), name });
  }
  const found = new Map<string, SeenSecret>();
  for (const { place, name } of wanted) {
    const secret = await cluster.get('v1/Secret', name, place);
    if (secret === undefined) continue;
    const seen = seenOf(secret, `Secret ${place}/${name}`, domain);
    found.set(`${place}/${name}`, { ...seen, place: placeOf(secret) });
  }
  for (const name of names) if (mesh !== undefined) await addMisplaced(cluster, mesh, name, found);
  return found;
}

/** Of a Secret in the wrong place nothing is read but that it is there. Who may not ask for it misses a hint only. */
async function addMisplaced(cluster: Cluster, mesh: Mesh, name: string, found: Map<string, SeenSecret>) {
  if (found.has(`${mesh.gatewayNamespace}/${name}`)) return;
  for (const namespace of new Set([
    mesh.namespace,
    'istio-system',
    knativeServingIngress,
    knativeServing,
    routerNamespace,
  ]))
    try {
      if (namespace === mesh.gatewayNamespace || !(await cluster.has('v1/Secret', name, namespace))) continue;
      const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } };
      found.set(`${namespace}/${name}`, { object, place: undefined, findings: [] });
    } catch (error) {
      if (!(error instanceof Unseen)) throw error;
    }
}

function seenOf(secret: KubeObject, title: string, domain: string | undefined): Omit<SeenSecret, 'place'> {
  const { apiVersion, kind, metadata, type } = secret;
  const object = { apiVersion, kind, metadata, type };
  if (at(secret, 'data') === undefined && at(secret, 'stringData') === undefined) return { object, findings: [] };
  const text = (key: string) => textAt(mapAt(secret, 'stringData'), key) || decoded(secret, key);
  const { leaf, findings } = lookAtPair(
    { certificate: text('tls.crt'), privateKey: text('tls.key') },
    {
      places: { certificate: `tls.crt of ${title}`, privateKey: `tls.key of ${title}` },
      domain,
      now: Date.now(),
      soon: 14,
      remedies: {
        again: 'create the Secret again with oc create secret tls, from a certificate in PEM and its key',
        renew: 'renew the certificate, and replace the Secret',
      },
    },
  );
  return { object, ...(leaf === undefined ? {} : { leaf }), findings: findings.filter(f => !f.warning) };
}
