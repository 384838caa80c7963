import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EgressOptions } from './egress.ts';
import type { Component, Order, Report } from './keeper.ts';

/** The processes of one cluster, seen from its user. */
export interface Keeper {
  /** The state folder; gone after `stop`. */
  readonly dir: string;
  /** Process ids by component, of those that run now, the keeper itself included. */
  pids(): Readonly<Record<string, number>>;
  /** Throws, with its last log lines, when a component has ended by itself. */
  check(): void;
  /** The last lines of a component's log. */
  log(name: string, lines?: number): string;
  start(component: Component): Promise<void>;
  /** Runs a program to its end, which is no fault; its exit status, 137 when it was killed. */
  run(component: Component): Promise<number>;
  /** Kills a component, as if it had crashed, but on purpose: `check` does not mind. */
  halt(name: string): Promise<void>;
  /** Starts a component again that was halted, with the same command line. */
  resume(name: string): Promise<void>;
  openEgress(options: EgressOptions): Promise<void>;
  /** Fulfilled when everything has ended, whoever wanted it. */
  readonly gone: Promise<void>;
  /** Ends everything; safe to call twice. */
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('./keeper.ts', import.meta.url));
const loader = import.meta.resolve('tsx');

/**
 * Starts the process that owns the cluster's processes. Should this one end, by whatever means, that one kills them and
 * removes the folder; should that one be killed, this one does.
 */
export async function startKeeper(): Promise<Keeper> {
  const child = fork(program, [], {
    detached: true,
    execArgv: ['--import', loader],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const state = new State(child);
  const dir = await state.ready;
  const order = (what: Order) => state.order(what);
  const known = new Map<string, Component>();
  const start = async (component: Component) => {
    known.set(component.name, component);
    await order({ do: 'start', component });
  };
  let stopped: Promise<void> | undefined;
  return {
    dir,
    pids: () => ({ keeper: child.pid as number, ...state.pids }),
    check: () => state.check(),
    log: (name, lines) => lastLines(dir, name, lines),
    start,
    run: async component => {
      const ended = state.endOf(component.name);
      await order({ do: 'start', component: { ...component, once: true } });
      return ended;
    },
    halt: name => order({ do: 'halt', name }),
    resume: name => {
      const component = known.get(name);
      return component === undefined ? Promise.reject(new Error(`${name} was never started`)) : start(component);
    },
    openEgress: options => order({ do: 'egress', options }),
    gone: state.gone,
    stop: () => {
      stopped ??= state.end();
      return stopped;
    },
  };
}

class State {
  pids: Readonly<Record<string, number>> = {};
  readonly ready: Promise<string>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (error?: Error) => void>();
  readonly #running = new Map<string, (status: number) => void>();
  #dir = '';
  #dead: { name: string; how: string } | undefined;
  readonly gone: Promise<void>;
  #number = 0;
  #ending = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.gone = new Promise(resolve => child.once('exit', () => resolve(this.#lost())));
    this.ready = new Promise((resolve, reject) => {
      child.on('message', message => this.#hear(message as Report, resolve));
      child.once('exit', code => reject(new Error(`the keeper of the cluster ended, exit status ${code}`)));
    });
    // A user that forgets to stop the cluster can end all the same, which stops it.
    this.ready.then(
      () => {
        child.unref();
        child.channel?.unref();
      },
      () => {},
    );
  }

  order(what: Order): Promise<void> {
    const number = ++this.#number;
    this.#child.ref();
    return new Promise<void>((resolve, reject) => {
      this.#waiting.set(number, error => (error === undefined ? resolve() : reject(error)));
      if (this.#child.connected) this.#child.send({ number, order: what });
      else this.#answer(number, new Error('the keeper of the cluster is gone'));
    }).finally(() => this.#waiting.size === 0 && !this.#ending && this.#child.unref());
  }

  /** Fulfilled with the exit status of a program that ends by itself. */
  endOf(name: string): Promise<number> {
    return new Promise(resolve => this.#running.set(name, resolve));
  }

  async end(): Promise<void> {
    this.#ending = true;
    if (this.#child.connected) await this.order({ do: 'stop' }).catch(() => {});
    if (this.#child.connected) this.#child.disconnect();
    await this.gone;
  }

  check(): void {
    if (this.#dead === undefined) return;
    const { name, how } = this.#dead;
    throw new Error(`${name} ended by itself: ${how}\n${lastLines(this.#dir, name)}`);
  }

  #hear(message: Report, ready: (dir: string) => void): void {
    if (message.kind === 'pids') this.pids = message.pids;
    if (message.kind === 'died') this.#dead ??= message;
    if (message.kind === 'ended') {
      this.#running.get(message.name)?.(message.status ?? 137);
      this.#running.delete(message.name);
    }
    if (message.kind === 'done')
      this.#answer(message.number, message.error === undefined ? undefined : new Error(message.error));
    if (message.kind !== 'ready') return;
    this.#dir = message.dir;
    ready(message.dir);
  }

  #answer(number: number, error?: Error): void {
    const done = this.#waiting.get(number);
    this.#waiting.delete(number);
    done?.(error);
  }

  /** The keeper has ended. When nobody asked it to, its work is done here. */
  #lost(): void {
    for (const number of this.#waiting.keys()) this.#answer(number, new Error('the keeper of the cluster is gone'));
    if (this.#dir === '' || !existsSync(this.#dir)) return;
    this.#dead ??= { name: 'keeper', how: 'killed' };
    for (const pid of Object.values(this.pids)) killGroup(pid);
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function lastLines(dir: string, name: string, lines = 15): string {
  const path = join(dir, 'logs', `${name}.log`);
  if (!existsSync(path)) return `(${path} is not there)`;
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
