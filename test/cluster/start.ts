/**
 * Usage: node --import tsx test/cluster/start.ts [1.34.4 | 1.35.4] [api | mesh | all]
 * Starts a test cluster (newest, all), prints how to reach it, and keeps it until Ctrl-C, or until stop.ts. Exit status 3: skipped, it
 * cannot be started here.
 */
import { type ClusterOptions, startCluster, whyNoCluster } from './cluster.ts';
import { kubernetesVersions } from './modules.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

const why = whyNoCluster();
if (why !== undefined) {
  say(`skipped: ${why}`);
  process.exit(3);
}
const [kubernetes = kubernetesVersions.at(-1), components = 'all'] = process.argv.slice(2);
const started = performance.now();
const cluster = await startCluster({ kubernetes, components } as ClusterOptions);
say(`started in ${((performance.now() - started) / 1000).toFixed(1)} s; logs in ${cluster.dir}/logs`);
say(`export KUBECONFIG=${cluster.kubeconfig}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cluster.stop());
const heartbeat = setInterval(() => {}, 60_000);
await cluster.gone;
clearInterval(heartbeat);
say('stopped');
