/**
 * A lock that lets one process at a time change a folder. Ours: proper-lockfile, the library for it, calls a lock stale
 * after some seconds without a sign of life, so that a process that was stopped for a while (a laptop asleep) goes on
 * beside another one; and it cannot say who holds it. Here the lock is a symbolic link whose text says who holds it:
 * made in one step, never seen empty, and refused by the system where one is.
 */
import { lstatSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { GeneratorError } from '../errors.ts';

interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Tells processes apart that had the same number one after the other; '' where the system does not say. */
  readonly started: string;
}

const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

/** The time since boot at which a process started, from Linux. The name before it may hold blanks and brackets. */
const startOf = (pid: number | string) =>
  attempt(
    () =>
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19],
  ) ?? '';

/** Two containers may have the same name of a host, and other processes. */
const host = () => [hostname(), attempt(() => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')) ?? ''].join('/');

const textOf = (holder: Holder) => JSON.stringify(holder);
const holderOf = (text: string) => attempt(() => JSON.parse(text) as Holder);

/** Only a process of this host can be known to have ended. */
function hasEnded({ host: where, pid, started }: Holder): boolean {
  if (where !== host() || !Number.isInteger(pid)) return false;
  if (started !== '' && startOf(pid) !== '' && startOf(pid) !== started) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * Runs `work` while no other process that uses the same `path` does. Waits `limit` seconds for one that works, and takes the
 * lock of one that has ended on this host. Throws a GeneratorError that says who holds the lock, and since when.
 */
export async function withLock<T>(path: string, limit: number, work: () => Promise<T>): Promise<T> {
  const own = textOf({ host: host(), pid: process.pid, started: startOf('self') });
  const until = performance.now() + limit * 1000;
  while (!lock(path, own)) {
    if (performance.now() > until) throw heldBy(path);
    await pause(20 + 30 * Math.random());
  }
  try {
    return await work();
  } finally {
    if (attempt(() => readlinkSync(path)) === own) rmSync(path, { force: true });
  }
}

function lock(path: string, own: string): boolean {
  if (make(path, own)) return true;
  const seen = attempt(() => readlinkSync(path));
  const holder = seen === undefined ? undefined : holderOf(seen);
  if (holder === undefined || !hasEnded(holder)) return false;
  // Of all that see a lock without a holder, one at a time may remove it, and only the one that it saw: else the second
  // would remove the fresh lock of the first. A remover may be killed too, so the same holds for its own lock.
  const remover = `${path}.taking`;
  if (!lock(remover, own)) return false;
  try {
    if (attempt(() => readlinkSync(path)) === seen) rmSync(path, { force: true });
  } finally {
    rmSync(remover, { force: true });
  }
  return make(path, own);
}

function make(path: string, own: string): boolean {
  try {
    symlinkSync(own, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new GeneratorError(`${path}: cannot be made (${code}); check permissions and free space of the folder.`);
  }
}

function heldBy(path: string): GeneratorError {
  const holder = holderOf(attempt(() => readlinkSync(path)) ?? '');
  const since = attempt(() => lstatSync(path).mtimeMs);
  const age = since === undefined ? '' : ` for ${ageText((Date.now() - since) / 1000)}`;
  const who = holder ? `process ${holder.pid} on host ${String(holder.host).replace(/\/\d*$/, '')}` : 'somebody';
  return new GeneratorError(
    `${path}: ${who} holds this lock${age}; wait until it has ended, or, when you are sure that it does not run any more, remove the lock.`,
  );
}

function ageText(seconds: number): string {
  if (seconds < 120) return `${Math.max(0, Math.round(seconds))} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
