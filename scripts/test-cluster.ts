/**
 * Usage: npm run test:cluster [-- FILE...]
 * Builds the programs of the test cluster that are not in the cache (minutes the first time, then nothing) and runs
 * test/cluster, or only its files whose names begin so. Ends with the totals. Without a Go toolchain the tests are
 * counted as skipped, and each suite says why; with CLUSTER_REQUIRED=1 that is a failure.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { execa } from 'execa';
import { endWith, type Totals, testFolder } from './test-folder.ts';

/** Files of one process, which share its clusters; all others are in a second one beside it, and take about as long. */
const together = [
  [
    'cases',
    'jobs',
    'killed',
    'lifecycle',
    'semantics',
    'service-mesh-3/certificate',
    'service-mesh-3/late',
    'service-mesh-3/life',
    'service-mesh-3/migration',
    'tenants/scale',
  ],
];
const skippedStatus = 3;
const minutes = 40;

/** Names of test files, in groups: those that are wanted, each in one group; the last group takes all that no other has. */
function groups(wanted: readonly string[]): string[][] {
  const all = readdirSync('test/cluster', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => file.slice(0, -'.test.ts'.length))
    .sort();
  const files = all.filter(file => wanted.length === 0 || wanted.some(name => file.startsWith(name)));
  const groupOf = (file: string) => together.findIndex(names => names.some(name => file.startsWith(name)));
  return [...together.keys(), -1]
    .map(index => files.filter(file => groupOf(file) === index))
    .filter(({ length }) => length);
}

const { exitCode } = await execa('node', ['--import', 'tsx', 'test/cluster/build.ts'], {
  reject: false,
  stdio: 'inherit',
});
const isBuilt = exitCode === 0 || exitCode === skippedStatus;
const totals: Totals[] = [{ passed: 0, failed: isBuilt ? 0 : 1, skipped: 0 }];
const wanted = isBuilt ? groups(process.argv.slice(2)) : [];
// The output of several at once could not be told apart.
const live = wanted.length === 1;
const queue = wanted.values();
async function worker(): Promise<void> {
  for (const files of queue) totals.push(await testFolder('cluster', { live, minutes, files }));
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
endWith(totals);
