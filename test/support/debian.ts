/** Programs of Debian, out of their packages and into the project's cache: nothing is installed, and no service starts. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { onPath } from './program.ts';

/** Path of a program of this package. Throws where it can be had neither from PATH nor from Debian. */
export async function fromDebian(name: string, program: string): Promise<string> {
  const installed = onPath(program);
  if (installed !== undefined) return installed;
  const cache = fileURLToPath(new URL(`../../.cache/${name}`, import.meta.url));
  const path = join(cache, program);
  if (existsSync(path)) return path;
  const own = `${cache}.${process.pid}`;
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const download = () => execa('apt-get', ['download', name], { cwd: own, reject: false });
  let result = await download();
  // A new machine has no lists yet.
  if (result.exitCode !== 0) {
    await execa('apt-get', ['update'], { reject: false });
    result = await download();
  }
  const file = readdirSync(own).find(entry => entry.endsWith('.deb'));
  if (file === undefined) throw new Error(`${name}: cannot be had from Debian.\n${result.stderr}`);
  await execa('dpkg', ['-x', file, '.'], { cwd: own });
  mkdirSync(cache, { recursive: true });
  renameSync(join(own, 'usr/bin', program), path);
  rmSync(own, { recursive: true });
  return path;
}
