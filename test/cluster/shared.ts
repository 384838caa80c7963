import { type Cluster, startCluster } from './cluster.ts';
import { type KubernetesVersion, kubernetesVersions } from './modules.ts';

const clusters = new Map<KubernetesVersion, Promise<Cluster>>();

/**
 * The one whole cluster of a version that all tests of this process use who leave it as they found it. Started at its
 * first use; ends with the process.
 */
export function sharedCluster(kubernetes: KubernetesVersion): Promise<Cluster> {
  const cluster = clusters.get(kubernetes) ?? startCluster({ kubernetes });
  clusters.set(kubernetes, cluster);
  return cluster;
}

/** The same on every version at once, as most of the time is waiting. Throws the first failure, naming its version. */
export async function onEveryVersion(run: (cluster: Cluster) => Promise<void>): Promise<void> {
  // One start after the other: each keeps a machine with two cores busy.
  const all: Cluster[] = [];
  for (const version of kubernetesVersions) all.push(await sharedCluster(version));
  const results = await Promise.allSettled(all.map(run));
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    const { message } = result.reason as Error;
    throw new Error(`Kubernetes ${kubernetesVersions[index]}: ${message}`, { cause: result.reason });
  }
}
