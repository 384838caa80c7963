/** Runs a command in this process against a cluster, and gives what it says of one check. */

import type { Result as CheckResult } from '../../generator/checks/run.ts';
import { runPreflight } from '../../generator/commands/preflight.ts';
import { runVerify } from '../../generator/commands/verify.ts';
import type { Values } from '../../generator/values/maps.ts';
import { inProcess, newFolder, put, type Result } from '../cli/project.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import { type Fake, type FakeOptions, startFake } from './fake.ts';
import { servedKinds, values } from './healthy.ts';

export interface Told extends Result {
  readonly checks: readonly CheckResult[];
  readonly requests: readonly string[];
}
const folder = newFolder();
let files = 0;

export const optionsFor = (fake: Pick<Fake, 'kubeconfig'>, given: Values = values) => ({
  environments: [],
  files: [put(folder, `values-${files++}.yaml`, JSON.stringify(given))],
  kubeconfig: fake.kubeconfig,
  releaseName: 'serverless-mesh',
  namespace: 'default',
  requestTimeout: 5,
  output: 'json' as 'text' | 'json',
});

export async function preflight(options: FakeOptions, given: Values = values, more: object = {}): Promise<Told> {
  const fake = await startFake({ kinds: servedKinds, ...options });
  try {
    const result = await inProcess(io => runPreflight({ ...optionsFor(fake, given), ...more }, io));
    const { checks = [] } = result.out.startsWith('{') ? JSON.parse(result.out) : {};
    return { ...result, checks, requests: fake.requests };
  } finally {
    await fake.stop();
  }
}

/** What is wrong, one line each: `what; what to do`. */
export const findingsOf = ({ checks }: Told, id: string): string[] =>
  (checks.find(c => c.id === id)?.findings ?? []).map(f => `${f.finding}; ${f.remedy}`);
export const unseenOf = ({ checks }: Told, id: string): string[] =>
  (checks.find(c => c.id === id)?.unseen ?? []).map(u => `${u.unseen}; ${u.remedy}`);
export const stateOf = ({ checks }: Told, id: string): string | undefined => checks.find(c => c.id === id)?.state;

/** Replaces the objects of the same kind, name and namespace, and adds the others. */
export function withObjects(all: readonly ClusterObject[], ...changed: readonly ClusterObject[]): ClusterObject[] {
  const key = (o: ClusterObject) => [o.apiVersion, o.kind, o.metadata.namespace, o.metadata.name].join('/');
  const keys = new Set(changed.map(key));
  return [...all.filter(o => !keys.has(key(o))), ...changed];
}
export const without = (all: readonly ClusterObject[], kind: string, name?: string): ClusterObject[] =>
  all.filter(o => !(o.kind === kind && (name === undefined || o.metadata.name === name)));

export async function verify(options: FakeOptions, given: Values = values, more: object = {}): Promise<Told> {
  const logs = { 'activator-5d9c-x': 'all is well' };
  const fake = await startFake({ kinds: servedKinds, logs, ...options });
  try {
    const wanted = { ...optionsFor(fake, given), createTestService: false, pause: 50, ...more };
    const result = await inProcess(io => runVerify(wanted, io));
    const { checks = [] } = result.out.startsWith('{') ? JSON.parse(result.out) : {};
    return { ...result, checks, requests: fake.requests };
  } finally {
    await fake.stop();
  }
}
