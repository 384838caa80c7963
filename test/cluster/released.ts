/** What a Helm release says there is, held against what the cluster has. */
import type { Helm } from '../support/helm.ts';
import { flat, parseManifests } from '../support/render.ts';
import { changed } from './changed.ts';
import type { Cluster } from './cluster.ts';
import type { KubeObject } from './objects.ts';
import { helm, releaseName, releaseNamespace } from './releases.ts';

/** The objects of the newest revision, without hooks and tests. */
export async function released(cluster: Cluster, program: Helm, release = releaseName): Promise<KubeObject[]> {
  const { stdout } = await helm(cluster, program, ['get', 'manifest', release]);
  return objectsOf(stdout);
}

/** The objects of a render; those of a List one by one, as Helm makes them. */
export const objectsOf = (text: string): KubeObject[] =>
  flat(parseManifests(text)).map(({ object }) => object as unknown as KubeObject);

/** Whether Helm leaves it there when it is no longer part of the release. */
export function isKept({ metadata }: KubeObject): boolean {
  const { annotations } = metadata as { readonly annotations?: Readonly<Record<string, string>> };
  return annotations?.['helm.sh/resource-policy'] === 'keep';
}

export const nameOf = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

/** Where the cluster lacks or changed an object of `now`, and objects of `before` that are still there without being in `now`. */
export async function differences(
  cluster: Cluster,
  now: readonly KubeObject[],
  before: readonly KubeObject[],
): Promise<string[]> {
  const names = new Set(now.map(nameOf));
  const dropped = before.filter(object => !names.has(nameOf(object)) && !isKept(object));
  const wrong = now.map(async object => {
    const live = await liveOf(cluster, object);
    const difference = live === undefined ? 'is not there' : changed(object, live);
    return difference === undefined ? [] : [`${nameOf(object)}: ${difference}`];
  });
  const left = dropped.map(async object =>
    (await liveOf(cluster, object)) === undefined ? [] : [`${nameOf(object)}: is still there`],
  );
  return (await Promise.all([...wrong, ...left])).flat();
}

function liveOf(cluster: Cluster, { apiVersion, kind, metadata }: KubeObject) {
  // Helm fills in the namespace of the release, also for kinds that have none; the path of such kinds ignores it.
  return cluster.objects.get(apiVersion, kind, metadata.name, metadata.namespace ?? releaseNamespace);
}
