/** Times of whole processes. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Helm } from '../../test/support/helm.ts';

/** Where a section measures: a folder of its own, a built copy of the project in it, and how often it measures. */
export interface Setting {
  readonly folder: string;
  readonly project: string;
  readonly helms: readonly Helm[];
  readonly rounds: number;
}

export interface Program {
  readonly args: readonly string[];
  /** Node itself by default. */
  readonly command?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end, its output in a file as a user would keep it. Throws what it says when it fails. */
export function run(folder: string, { command = process.execPath, args, cwd, env }: Program): void {
  const path = join(folder, 'output');
  const output = openSync(path, 'w');
  try {
    const { status, stderr, error } = spawnSync(command, args, {
      stdio: ['ignore', output, 'pipe'],
      encoding: 'utf8',
      cwd: cwd ?? folder,
      env: { ...process.env, ...env },
    });
    if (error) throw error;
    if (status !== 0) throw new Error(`${command} ${args.slice(0, 8).join(' ')}: exit status ${status}\n${stderr}`);
    if (statSync(path).size === 0 && stderr === '' && args[0] !== '-e') throw new Error(`${command} printed nothing`);
  } finally {
    closeSync(output);
  }
}

/** Milliseconds of the counted rounds, in their order. */
export type Times = readonly number[];

export interface Contender {
  /** What is done before each run and not measured. */
  readonly before?: () => void;
  readonly run: () => void;
}

/** Runs all contenders in turn, `rounds` times and once before that uncounted, which fills the caches of the disk. */
export function inTurns<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds: number,
): Record<Name, Times> {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      contenders[name].before?.();
      const started = performance.now();
      contenders[name].run();
      if (round > 0) times[name].push(performance.now() - started);
    }
  }
  return times;
}

export const best = (times: Times): number => Math.min(...times);

export function median(times: Times): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
