/** All objects of a cluster by name, to see what a release leaves behind. */
import { aggregatedServingRoles } from '../../generator/model/facts/names.ts';
import { parallel } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';

interface Discovery {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources?: readonly { readonly resource: string; readonly verbs: readonly string[] }[];
    }[];
  }[];
}

/** They come and go by themselves, whatever a release does. */
const passing =
  /^(events|leases|endpoints|endpointslices|pods|nodes|componentstatuses|ipaddresses|controllerrevisions)\b/;

/**
 * Kubernetes and istiod make these by themselves, some time later: in every namespace, for every group that is defined,
 * and after the start of an API server.
 */
const madeLater = [
  /^configmaps .*\/(kube-root-ca\.crt|istio-ca-root-cert|istio-ca-crl)$/,
  /^serviceaccounts .*\/default$/,
  /^apiservices\.apiregistration\.k8s\.io /,
  /^namespaces \/kube-/,
  /^\S+ kube-(system|public)\//,
];

/** `resource.group namespace/name` of all objects but those that come and go. */
export function everything(cluster: Cluster): Promise<Set<string>> {
  return cluster.waitFor('a list of everything', () => tryEverything(cluster), { seconds: 20 });
}

async function tryEverything(cluster: Cluster): Promise<Set<string>> {
  const paths = (await Promise.all([collections(cluster, '/api'), collections(cluster, '/apis')])).flat();
  const names = await parallel(paths, 8, async ({ path, label }) => {
    const { status, body } = await cluster.rest('GET', path, {
      accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    });
    // A definition may have gone since it was listed, and storage is set up anew when one has changed.
    if (status === 404) return [];
    if (status === 429) throw new Error(`GET ${path}: not ready`);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    const { items } = body as { items: { metadata: { name: string; namespace?: string } }[] | null };
    return (items ?? []).map(({ metadata }) => `${label} ${metadata.namespace ?? ''}/${metadata.name}`);
  });
  return new Set(names.flat().filter(name => !madeLater.some(pattern => pattern.test(name))));
}

/** The collections that can be listed, each resource in its preferred version only. */
async function collections(cluster: Cluster, root: string): Promise<{ path: string; label: string }[]> {
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  const { items } = (await cluster.rest('GET', root, { accept })).body as Discovery;
  return items.flatMap(({ metadata: { name: group = '' }, versions }) => {
    const seen = new Set<string>();
    return versions.flatMap(({ version, resources = [] }) =>
      resources
        .filter(({ resource, verbs }) => verbs.includes('list') && !seen.has(resource) && !passing.test(resource))
        .map(({ resource }) => {
          seen.add(resource);
          const path = [root, group, version, resource].filter(Boolean).join('/');
          return { path, label: group === '' ? resource : `${resource}.${group}` };
        }),
    );
  });
}

const aggregatedEventingRoles = [
  'addressable-resolver',
  'channelable-manipulator',
  'crossnamespace-subscriber',
  'podspecable-binding',
  'source-observer',
];

/** What the Knative operator leaves behind; nothing of it is the chart's. */
const leftByKnative: readonly RegExp[] = [
  // By its design: the definitions of Knative's kinds.
  /^customresourcedefinitions\.apiextensions\.k8s\.io .*\.knative\.dev$/,
  // Its aggregated roles: Kubernetes' own controller applies one again while the operator is deleting it, now and then.
  ...[...aggregatedServingRoles, ...aggregatedEventingRoles].map(name => new RegExp(`^clusterroles\\S* /${name}$`)),
];
const stays = (name: string) => leftByKnative.some(pattern => pattern.test(name));

/** Waits until there is nothing that was not there before, but for what Knative leaves behind. */
export async function nothingLeft(cluster: Cluster, before: ReadonlySet<string>): Promise<void> {
  const look = async () => {
    const left = [...(await everything(cluster))].filter(name => !before.has(name) && !stays(name));
    if (left.length > 0) throw new Error(left.join('\n'));
    return true;
  };
  // Each look asks for all kinds, which is much to do for an API server.
  await cluster.waitFor('nothing is left behind', look, { every: 1 });
}

/** Waits until there is what was there before, no more and no less: what an action made in vain would stay. */
export async function unchanged(cluster: Cluster, before: ReadonlySet<string>): Promise<void> {
  const look = async () => {
    const now = await everything(cluster);
    const changes = [
      ...[...now].filter(name => !before.has(name)).map(name => `new: ${name}`),
      ...[...before].filter(name => !now.has(name)).map(name => `gone: ${name}`),
    ];
    if (changes.length > 0) throw new Error(changes.join('\n'));
    return true;
  };
  await cluster.waitFor('all is as it was', look, { seconds: 20, every: 1 });
}
