/** Debian's docker-registry on 127.0.0.1, out of its package and into the project's cache: nothing is installed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { onPath } from '../support/program.ts';

const cache = fileURLToPath(new URL('../../.cache/docker-registry', import.meta.url));
const program = 'usr/bin/docker-registry';

/** Path of the program. Throws where it can be had neither from PATH nor from Debian. */
export async function registryProgram(): Promise<string> {
  const installed = onPath('docker-registry');
  if (installed !== undefined) return installed;
  const path = join(cache, program);
  if (existsSync(path)) return path;
  const own = `${cache}.${process.pid}`;
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const download = () => execa('apt-get', ['download', 'docker-registry'], { cwd: own, reject: false });
  let result = await download();
  // A new machine has no lists yet.
  if (result.exitCode !== 0) {
    await execa('apt-get', ['update'], { reject: false });
    result = await download();
  }
  const file = readdirSync(own).find(name => name.endsWith('.deb'));
  if (file === undefined) throw new Error(`docker-registry: cannot be had from Debian.\n${result.stderr}`);
  await execa('dpkg', ['-x', file, '.'], { cwd: own });
  rmSync(join(own, file));
  rmSync(cache, { recursive: true, force: true });
  renameSync(own, cache);
  return path;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

export interface RunningRegistry {
  /** 127.0.0.1:PORT. */
  readonly host: string;
  readonly end: () => Promise<void>;
}

export interface RegistrySettings {
  /** Lines of its configuration: auth, and below http. */
  readonly auth?: string;
  readonly http?: string;
}

/** Keeps its data in `folder`. */
export async function startRegistry(
  folder: string,
  { auth = '', http = '' }: RegistrySettings = {},
): Promise<RunningRegistry> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'config.yml');
  writeFileSync(
    config,
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: ${join(folder, 'data')}}
http:
  addr: ${host}
${http}
${auth}
`,
  );
  const child = spawn(await registryProgram(), ['serve', config], { stdio: 'ignore' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  await ready(`${http.includes('tls') ? 'https' : 'http'}://${host}/v2/`, child);
  return {
    host,
    end: async () => {
      process.removeListener('exit', kill);
      if (child.exitCode !== null) return;
      const ended = new Promise(resolve => child.once('exit', resolve));
      kill();
      await ended;
    },
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    // A certificate that we do not trust is an answer, too.
    const answered = await fetch(url).then(
      () => true,
      error => !/ECONNREFUSED/.test(String(error.cause?.code)),
    );
    if (answered) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`docker-registry ended with status ${child.exitCode}`);
}
