/**
 * Usage: npm run test:cluster [-- FILE...]
 * Builds the programs of the test cluster that are not in the cache (minutes the first time, then nothing) and runs
 * test/cluster, or only its files whose names begin so. Ends with the totals. Without a Go toolchain the tests are
 * counted as skipped, and each suite says why; with CLUSTER_REQUIRED=1 that is a failure.
 */
import { execa } from 'execa';
import { endWith, type Totals, testFolder } from './test-folder.ts';

const skippedStatus = 3;
const { exitCode } = await execa('node', ['--import', 'tsx', 'test/cluster/build.ts'], {
  reject: false,
  stdio: 'inherit',
});
const isBuilt = exitCode === 0 || exitCode === skippedStatus;
const build: Totals = { passed: 0, failed: isBuilt ? 0 : 1, skipped: 0 };
const tests = isBuilt ? [await testFolder('cluster', { live: true, minutes: 40, files: process.argv.slice(2) })] : [];
endWith([build, ...tests]);
