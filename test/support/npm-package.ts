/** The tool as users get it: packed by npm, and installed from that file. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Packed {
  /** Path of the .tgz. */
  readonly archive: string;
  /** Paths in it, sorted. */
  readonly files: readonly string[];
  /** Bytes, packed and unpacked. */
  readonly size: number;
  readonly unpackedSize: number;
}

/** Packs a built checkout as it is: `npm pack` would build it first, which whoever made the checkout has done. */
export function packTool(root: string, folder: string, env: Readonly<Record<string, string>> = {}): Packed {
  const stdout = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root, env);
  const [{ filename, files, size, unpackedSize }] = JSON.parse(stdout);
  const paths = (files as { path: string }[]).map(({ path }) => path).sort();
  return { archive: join(folder, filename), files: paths, size, unpackedSize };
}

/** Makes a user's project in the folder that depends on the packed tool, without network; returns the folder of its programs. */
export function installTool(archive: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
  // A cache of its own, and empty: what the tool needs comes with it.
  npm(['install', '--save-dev', ...flags, archive], folder, { npm_config_cache: join(folder, '.npm') });
  return join(folder, 'node_modules/.bin');
}

const npm = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): string =>
  execFileSync('npm', args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
