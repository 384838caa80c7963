/**
 * The process that owns a cluster's processes: `fork`ed by keeper-client.ts, never run by hand. It is the one that starts and
 * ends them, so that they end with the cluster's user however that ends: when the channel to it closes, everything is
 * killed and the state folder removed. It also runs the API server's way out.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EgressOptions, startEgress } from './egress.ts';
import { statePrefix } from './layout.ts';

/** One program of a cluster. Its output goes to `logs/<name>.log` in the state folder. */
export interface Component {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Start it again soon after it ended, instead of calling the cluster broken. */
  readonly restart?: boolean;
  /** Its end is no fault, and is told. */
  readonly once?: boolean;
}

export type Order =
  | { readonly do: 'start'; readonly component: Component }
  | { readonly do: 'halt'; readonly name: string }
  | { readonly do: 'egress'; readonly options: EgressOptions }
  | { readonly do: 'stop' };

/** Answers carry the order's number; `died` comes by itself, and `pids` whenever they change. */
export type Report =
  | { readonly kind: 'ready'; readonly dir: string }
  | { readonly kind: 'done'; readonly number: number; readonly error?: string }
  | { readonly kind: 'pids'; readonly pids: Readonly<Record<string, number>> }
  | { readonly kind: 'died'; readonly name: string; readonly how: string }
  /** A component with `once` has ended; without a status when it was killed. */
  | { readonly kind: 'ended'; readonly name: string; readonly status: number | null };

const restartMilliseconds = 2000;
const running = new Map<string, ChildProcess>();
const dir = mkdtempSync(join(tmpdir(), statePrefix));
let stopping: Promise<void> | undefined;

function report(message: Report): void {
  if (process.connected) process.send?.(message, () => {});
}

function reportPids(): void {
  const pids = [...running].flatMap(([name, child]) => (child.pid === undefined ? [] : [[name, child.pid]]));
  report({ kind: 'pids', pids: Object.fromEntries(pids) });
}

async function start(component: Component): Promise<void> {
  if (stopping) throw new Error('the cluster is being stopped');
  const log = openSync(join(dir, 'logs', `${component.name}.log`), 'a');
  const { command, args, env } = component;
  // A group of its own: Ctrl-C in a terminal goes to the keeper's user only, and the end reaches the whole group.
  const child = spawn(command, args, { cwd: dir, env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  running.set(component.name, child);
  child.once('exit', (code, signal) => void ended(component, child, code, signal));
  try {
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  } catch (error) {
    running.delete(component.name);
    throw error;
  }
  reportPids();
}

async function ended(component: Component, child: ChildProcess, status: number | null, signal: string | null) {
  const { name, once, restart } = component;
  if (once) report({ kind: 'ended', name, status });
  // Halted on purpose: it was taken off the list before.
  if (running.get(name) !== child) return;
  running.delete(name);
  if (stopping) return;
  reportPids();
  if (once) return;
  if (!restart) return report({ kind: 'died', name, how: signal ?? `exit status ${status}` });
  await sleep(restartMilliseconds);
  if (!stopping && !running.has(name)) await start(component);
}

/** Without a polite request first: the state is thrown away, and an API server would take 12 s to say goodbye. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}

async function halt(name: string): Promise<void> {
  const child = running.get(name);
  if (child === undefined) throw new Error(`${name} is not running`);
  running.delete(name);
  await kill(child);
  reportPids();
}

/** Ends every process, then removes the folder. Several may ask for it: all wait for the same end. */
function stop(): Promise<void> {
  stopping ??= Promise.all([...running.values()].map(kill)).then(() =>
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 }),
  );
  return stopping;
}

async function carryOut(order: Order): Promise<void> {
  if (order.do === 'start') await start(order.component);
  if (order.do === 'halt') await halt(order.name);
  if (order.do === 'stop') await stop();
  if (order.do !== 'egress') return;
  const log = join(dir, 'logs', 'egress.log');
  await startEgress(order.options, event => appendFileSync(log, `${JSON.stringify(event)}\n`));
}

async function leave(status: number): Promise<void> {
  await stop();
  process.exit(status);
}

process.on('disconnect', () => void leave(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(1));
for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(fault, error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    void leave(1);
  });
}
process.on('message', async ({ number, order }: { number: number; order: Order }) => {
  try {
    await carryOut(order);
    report({ kind: 'done', number });
  } catch (error) {
    report({ kind: 'done', number, error: error instanceof Error ? error.message : String(error) });
  }
});
mkdirSync(join(dir, 'logs'));
writeFileSync(join(dir, 'keeper.pid'), `${process.pid}\n`);
// The user may have ended while this process was starting.
if (process.connected) report({ kind: 'ready', dir });
else void leave(0);
