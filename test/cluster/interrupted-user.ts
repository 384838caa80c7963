/**
 * Usage: node --import tsx test/cluster/interrupted-user.ts VERSION
 * For cluster.test.ts: starts a cluster, prints its folder and process ids as one line of JSON, and waits to be killed. It
 * handles no signal, as a test that is interrupted.
 */
import { startCluster } from './cluster.ts';
import type { KubernetesVersion } from './modules.ts';

const cluster = await startCluster({ kubernetes: process.argv[2] as KubernetesVersion, components: 'api' });
process.stdout.write(`${JSON.stringify({ dir: cluster.dir, pids: cluster.pids() })}\n`);
setInterval(() => {}, 60_000);
