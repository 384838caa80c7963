/**
 * Usage: npm test [-- FOLDER...]
 * Formatter and linter, types, freshness of the charts, and every test below test/ (or only those of the folders named).
 * Two folders run at a time. Ends with the totals of what really ran; a folder without a test fails.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { execa } from 'execa';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const node = ['--import', 'tsx'];

/** Longest first, so that the last ones to run are short. */
const SLOW = ['fuzz', 'chart', 'cli', 'values', 'support'];

function folders(): string[] {
  const named = process.argv.slice(2);
  const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.'));
  const unique = [...new Set(all)].filter(folder => named.length === 0 || named.includes(folder));
  const rank = (folder: string) => (SLOW.includes(folder) ? SLOW.indexOf(folder) : SLOW.length);
  return unique.sort((a, b) => rank(a) - rank(b));
}

async function check(name: string, command: string, args: readonly string[]): Promise<Totals> {
  const { exitCode, all } = await execa(command, args, { reject: false, all: true, preferLocal: true });
  const ok = exitCode === 0;
  process.stdout.write(`== ${name}: ${ok ? 'ok' : 'failed'}\n${ok ? '' : `${all}\n`}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

async function suite(folder: string): Promise<Totals> {
  const pattern = folder === '.' ? '^[^/\\\\]+\\.test\\.ts$' : `^${folder}[/\\\\].*\\.test\\.ts$`;
  const started = performance.now();
  const { exitCode, all } = await execa('node', [...node, 'node_modules/uvu/bin.js', 'test', pattern], {
    reject: false,
    all: true,
    timeout: 20 * 60_000,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`\n== test/${folder} (${seconds} s)\n${all}\n`);
  const number = (what: string) => Number(new RegExp(`^\\s*${what}:\\s+(\\d+)`, 'm').exec(all ?? '')?.[1] ?? 0);
  const [total, passed, skipped] = [number('Total'), number('Passed'), number('Skipped')];
  // A folder that crashed, or that ran nothing, has failed, whatever it counted.
  const failed = Math.max(total - passed, exitCode === 0 && total > 0 ? 0 : 1);
  return { passed, failed, skipped };
}

const jobs: (() => Promise<Totals>)[] = [
  ...folders().map(folder => () => suite(folder)),
  () => check('formatter and linter', 'biome', ['ci', '--error-on-warnings', '.']),
  () => check('types', 'tsc', ['--noEmit']),
  () => check('generated files are fresh', 'node', ['scripts/from-source.js', 'generate', '--check']),
];
const totals: Totals[] = [];
async function worker(): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) totals.push(await job());
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));

const sum = (key: keyof Totals) => totals.reduce((n, t) => n + t[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
