import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { type KubernetesVersion, kubernetesVersions } from './modules.ts';

type Components = NonNullable<ClusterOptions['components']>;

const clusters = new Map<string, Promise<Cluster>>();

/**
 * The one cluster of a version and size that all tests of this process use who leave it as they found it. Started at its
 * first use; ends with the process, or with `endShared`. In `mesh` Knative Serving's own kinds are defined from the
 * start; in `all` the operator brings them.
 */
export function sharedCluster(kubernetes: KubernetesVersion, components: Components = 'all'): Promise<Cluster> {
  const key = `${components} ${kubernetes}`;
  const cluster = clusters.get(key) ?? startCluster({ kubernetes, components });
  clusters.set(key, cluster);
  return cluster;
}

/** Ends those of that size: a machine with two cores is quicker with fewer. The next use starts new ones. */
export async function endShared(components: Components): Promise<void> {
  for (const [key, cluster] of clusters) {
    if (!key.startsWith(`${components} `)) continue;
    clusters.delete(key);
    await (await cluster).stop();
  }
}

/** The same on every version at once, as most of the time is waiting. Throws the first failure, naming its version. */
export async function onEveryVersion(run: (cluster: Cluster) => Promise<void>, components?: Components): Promise<void> {
  // One start after the other: each keeps a machine with two cores busy.
  const all: Cluster[] = [];
  for (const version of kubernetesVersions) all.push(await sharedCluster(version, components));
  const results = await Promise.allSettled(all.map(run));
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    const { message } = result.reason as Error;
    throw new Error(`Kubernetes ${kubernetesVersions[index]}: ${message}`, { cause: result.reason });
  }
}
