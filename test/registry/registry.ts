/** Debian's docker-registry on 127.0.0.1, out of its package and into the project's cache: nothing is installed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fromDebian } from '../support/debian.ts';

/** Path of the program. Throws where it can be had neither from PATH nor from Debian. */
export const registryProgram = () => fromDebian('docker-registry', 'docker-registry');

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
