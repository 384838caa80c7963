/** Programs that tests run: out of npm packages, or from PATH. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Path of helm or kubectl inside an npm package's layer.zip, unpacked once per package version; undefined elsewhere than on Linux x64. */
export function fromLayer(layer: string, program: 'helm' | 'kubectl'): string | undefined {
  const folder = join(root, 'node_modules/@aws-cdk', layer);
  const zip = join(folder, 'lib/layer.zip');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(zip)) return undefined;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const path = join(root, '.cache', program, `${layer}-${version}`, program);
  if (existsSync(path)) return path;
  const wanted = `${program}/${program}`;
  const binary = unzipSync(readFileSync(zip), { filter: file => file.name === wanted })[wanted];
  if (binary === undefined) throw new Error(`${zip}: no ${wanted} inside. Is it still the package that we pinned?`);
  mkdirSync(dirname(path), { recursive: true });
  // Two test processes may come here at once: each writes its own file, and a rename is never seen half done.
  const own = `${path}.${process.pid}`;
  writeFileSync(own, binary);
  chmodSync(own, 0o755);
  renameSync(own, path);
  return path;
}

export function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const name = process.platform === 'win32' ? `${program}.exe` : program;
  return folders.map(folder => join(folder, name)).find(existsSync);
}
