/** preflight and verify against a test cluster, in this process. */
import { execa } from 'execa';
import * as assert from 'uvu/assert';
import { runPreflight } from '../../../generator/commands/preflight.ts';
import { runVerify } from '../../../generator/commands/verify.ts';
import type { Io, Status } from '../../../generator/io.ts';
import type { Values } from '../../../generator/values/maps.ts';
import { inProcess } from '../../cli/project.ts';
import { findingsOf, optionsFor, type Told } from '../../cluster-commands/run.ts';
import type { Cluster } from '../cluster.ts';
import { kubectlPath } from '../kubectl.ts';
import { releaseName } from '../releases.ts';

/** How the cluster is reached. */
export type Way = Pick<Cluster, 'kubeconfig'>;

async function told(command: (io: Io) => Promise<Status>): Promise<Told> {
  const result = await inProcess(command);
  const { checks = [] } = result.out.startsWith('{') ? JSON.parse(result.out) : {};
  return { ...result, checks, requests: [] };
}

const options = (way: Way, values: Values, more: object) => ({ ...optionsFor(way, values), releaseName, ...more });

export const preflight = (way: Way, values: Values, more: object = {}): Promise<Told> =>
  told(io => runPreflight(options(way, values, more), io));

export const verify = (way: Way, values: Values, more: object = {}, terminal: Partial<Io> = {}): Promise<Told> =>
  told(io =>
    runVerify({ createTestService: false, pause: 200, ...options(way, values, more) }, { ...io, ...terminal }),
  );

/** Runs the commands of a remedy, as they are printed. */
export async function runRemedy({ env }: Pick<Cluster, 'env'>, commands: string): Promise<void> {
  await execa('sh', ['-ec', `oc() { "$KUBECTL" "$@"; }; ${commands}`], { env: { KUBECTL: kubectlPath(), ...env } });
}

/** Ids of the checks in a state. */
export const those = ({ checks }: Told, state: string): string[] =>
  checks.filter(c => c.state === state).map(c => c.id);

/** Holds that nothing is wrong, and that just these checks could not look. */
export function assertNothingWrong(result: Told, unseen: readonly string[]): void {
  const wrong = result.checks.filter(c => c.state === 'finding');
  assert.equal(wrong, []);
  assert.equal(those(result, 'could not look'), unseen);
  assert.is(result.status, 0);
}

/** Holds that just these checks find something, and that the first one says this. */
export function assertFinding(result: Told, [id, ...others]: readonly [string, ...string[]], want: RegExp): void {
  assert.equal(those(result, 'finding'), [id, ...others], JSON.stringify(result.checks.map(c => c.findings)));
  assert.match(findingsOf(result, id).join('\n'), want);
  assert.is(result.status, 1);
}
