/** One reading of an installation. Whatever looks at it afterwards asks nothing more. */
import type { Cluster } from '../cluster/cluster.ts';
import { type KubeObject, kindOf, listAt, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import type { Installation } from '../installation/installation.ts';
import { knativeNamespaces } from '../model/facts/names.ts';
import { meshOperatorNamespace, serverlessOperatorNamespace } from '../model/facts/operators.ts';
import { allKinds, idsOf, type Kind, kinds, wordOf } from './kinds.ts';
import type { Blind, Lists } from './lists.ts';
import { knativeMesh, listedMembers, type Mesh, meshesOf } from './mesh.ts';
import { readSecrets, type SeenSecret } from './secrets-seen.ts';

export interface Seen extends Lists {
  readonly from: Installation['from'];
  readonly placeOf: Installation['placeOf'];
  /** Objects, or kinds of a cluster, of versions whose fields are not known. */
  readonly unknown: readonly Unknown[];
  readonly blind: readonly Blind[];
  readonly meshes: readonly Mesh[];
  /** Knative's; undefined where there is none, or where it cannot be told which of several it is. */
  readonly mesh: Mesh | undefined;
  /** By `namespace/name`: those that gateways and domain mappings name, without their keys. */
  readonly secrets: ReadonlyMap<string, SeenSecret>;
  /** Of the routes, where it is known. */
  readonly appsDomain: string | undefined;
}
export interface Unknown {
  readonly object: KubeObject | string;
  readonly versions: string;
}

type Read = Map<Kind, KubeObject[]>;
interface Reading {
  readonly lists: Read;
  readonly blind: Blind[];
  readonly unknown: Unknown[];
}

export async function readSeen(installation: Installation): Promise<Seen> {
  const { cluster, from, placeOf } = installation;
  const reading: Reading = { lists: new Map(), blind: [], unknown: [] };
  const read = (which: readonly Kind[], places?: (kind: Kind) => readonly string[]) =>
    Promise.all(which.map(kind => readKind(installation, kind, reading, places?.(kind))));
  const isLocal = (kind: Kind) => from === 'cluster' && kinds[kind].reach === 'here';
  await read(allKinds.filter(kind => !isLocal(kind)));
  const lists = listsOf(reading.lists);
  const meshes = meshesOf(lists);
  const mesh = knativeMesh(meshes, lists);
  await read(allKinds.filter(isLocal), kind => placesOf(kind, lists, mesh));
  const appsDomain = textAt(lists.find('Ingress', 'cluster'), 'spec', 'domain') || undefined;
  const secrets = await blindly('Secret', reading, () => readSecrets(cluster, lists, mesh, appsDomain, placeOf));
  // In the order of the kinds, whichever answered first.
  const order = (kind: Blind['kind']) => (kind === 'Secret' ? allKinds.length : allKinds.indexOf(kind));
  const blind = reading.blind.toSorted((a, b) => order(a.kind) - order(b.kind));
  const { unknown } = reading;
  const found = secrets ?? new Map<string, SeenSecret>();
  const ofSecret = (object: unknown) => [...found.values()].find(s => s.object === object)?.place;
  return {
    ...lists,
    from,
    placeOf: object => ofSecret(object) ?? placeOf(object),
    unknown,
    blind,
    meshes,
    mesh,
    secrets: found,
    appsDomain,
  };
}

const listsOf = (lists: Read): Lists => ({
  all: kind => lists.get(kind) ?? [],
  find: (kind, name, namespace) =>
    lists.get(kind)?.find(o => nameOf(o) === name && (namespace === undefined || namespaceOf(o) === namespace)),
});

async function blindly<T>(kind: Blind['kind'], { blind }: Reading, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    blind.push({ kind, unseen: error.message, remedy: error.remedy });
    return undefined;
  }
}

async function readKind(installation: Installation, kind: Kind, reading: Reading, places?: readonly string[]) {
  const { cluster, from } = installation;
  await blindly(kind, reading, async () => {
    const ids = idsOf(kind);
    // A folder gives all versions of a kind, whichever is asked for.
    const id = from === 'folder' ? ids[0]! : await firstServed(cluster, ids);
    if (id === undefined) {
      const versions = await otherVersions(cluster, kind);
      if (versions !== '') reading.unknown.push({ object: `kind ${wordOf(kind)}`, versions });
      return;
    }
    const found = places === undefined ? await cluster.list(id) : (await listIn(cluster, id, places)).flat();
    reading.lists.set(
      kind,
      found.filter(o => ids.includes(kindOf(o))),
    );
    for (const object of found.filter(o => !ids.includes(kindOf(o))))
      reading.unknown.push({ object, versions: textAt(object, 'apiVersion') });
  });
}

const listIn = (cluster: Cluster, id: string, places: readonly string[]) =>
  Promise.all(places.map(namespace => cluster.list(id, { namespace })));

async function firstServed(cluster: Cluster, ids: readonly string[]): Promise<string | undefined> {
  for (const id of ids) if (await cluster.serves(id)) return id;
  return undefined;
}

/** What the cluster serves of a kind, where it is none of ours. Who may not read definitions learns nothing of it. */
async function otherVersions(cluster: Cluster, kind: Kind): Promise<string> {
  const { group } = kinds[kind];
  const definitions = 'apiextensions.k8s.io/v1/CustomResourceDefinition';
  try {
    if (!group.includes('.') || !(await cluster.serves(definitions))) return '';
    const word = wordOf(kind).toLowerCase();
    const plural = word.endsWith('y') ? word.replace(/y$/, 'ies') : `${word}s`;
    const found = await cluster.get(definitions, `${plural}.${group}`);
    const served = listAt(found, 'spec', 'versions').filter(v => textAt(v, 'served') === 'true');
    return served.map(v => `${group}/${textAt(v, 'name')}`).join(', ');
  } catch (error) {
    if (error instanceof Unseen) return '';
    throw error;
  }
}

const webhookKinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;

/** Where a cluster is asked for the kinds that every application has. */
function placesOf(kind: Kind, lists: Lists, mesh: Mesh | undefined): string[] {
  if (kind === 'ClusterServiceVersion') return [serverlessOperatorNamespace, meshOperatorNamespace];
  if (kind === 'EndpointSlice') {
    const hooks = webhookKinds.flatMap(k => lists.all(k)).flatMap(c => listAt(c, 'webhooks'));
    return [...new Set(hooks.map(h => textAt(h, 'clientConfig', 'service', 'namespace')).filter(Boolean))];
  }
  const users = (['KnativeService', 'SinkBinding', 'ContainerSource', 'ApiServerSource'] as const).flatMap(k =>
    lists.all(k).map(namespaceOf),
  );
  const members = mesh?.generation === 'v2' ? [...listedMembers(lists, mesh.namespace)] : [];
  return [...new Set([...knativeNamespaces, ...(mesh ? [mesh.namespace] : []), ...members, ...users])].filter(
    n => n !== '*',
  );
}
