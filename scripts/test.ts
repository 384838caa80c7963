/**
 * Usage: npm test [-- FOLDER...]
 * Formatter and linter, types, freshness of the charts, and every test below test/; or only the tests of the folders named.
 * One folder more than there are processors runs at a time, because some wait. Ends with the totals of what really ran; a folder
 * without a test fails. Without a folder's name not the slower folders, which .ci/run runs: test/jobs (each script of a Job runs as
 * a process and waits), test/cluster-commands (preflight and verify against a server that fails and is slow), test/import (searches
 * for the values of every case), test/at-install (Helm looks at a cluster, or renders what is very large), test/signed and
 * test/with-helm (keys before both Helms), test/tool (npm packs and installs the tool; how it starts, from a build or the sources, and completion in three shells), test/registry and test/promtool (packages of
 * Debian), test/gate-tools and test/browser (programs that not every machine has), and test/cluster (minutes, and a Go toolchain: npm
 * run test:cluster).
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { execa } from 'execa';
import { endWith, type Totals, testFolder } from './test-folder.ts';

/** Longest first, so that the last ones to run are short. */
const SLOW = ['cli', 'chart', 'fuzz', 'cluster-commands', 'jobs', 'certificates', 'gotmpl'];
const ASKED_FOR = [
  'at-install',
  'browser',
  'cluster',
  'cluster-commands',
  'gate-tools',
  'import',
  'jobs',
  'promtool',
  'registry',
  'signed',
  'tool',
  'with-helm',
];

const named = process.argv.slice(2);

function folders(): string[] {
  const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.'));
  // A name that is no folder with tests stays, and fails.
  const wanted = named.length > 0 ? named : [...new Set(all)].filter(folder => !ASKED_FOR.includes(folder));
  const rank = (folder: string) => (SLOW.includes(folder) ? SLOW.indexOf(folder) : SLOW.length);
  return wanted.sort((a, b) => rank(a) - rank(b));
}

async function check(name: string, command: string, args: readonly string[]): Promise<Totals> {
  const { exitCode, all } = await execa(command, args, { reject: false, all: true, preferLocal: true });
  const ok = exitCode === 0;
  process.stdout.write(`== ${name}: ${ok ? 'ok' : 'failed'}\n${ok ? '' : `${all}\n`}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

const checks = [
  () => check('formatter and linter', 'biome', ['ci', '--error-on-warnings', '.']),
  () => check('types', 'tsc', ['--noEmit']),
  () => check('generated files are fresh', 'node', ['scripts/from-source.js', 'generate', '--check']),
];
const jobs = [...folders().map(folder => () => testFolder(folder)), ...(named.length === 0 ? checks : [])];
const totals: Totals[] = [];
async function worker(): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) totals.push(await job());
}
await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker));
endWith(totals);
