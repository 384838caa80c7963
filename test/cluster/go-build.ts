/** Builds one Go module of the test cluster into its cache folder. */
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { buildEnv, buildFlags, cacheFolder, isBuilt, sourcesOf } from './cache.ts';
import { dropUserObjects, keepNewest } from './kodata.ts';
import { type Asset, type GoModule, goModules, type Patch } from './modules.ts';

/**
 * Builds into a folder with a name of its own and renames it at the end, so that an interrupted build is never taken
 * for a whole one. Throws with the compiler's words.
 */
export async function buildModule(module: GoModule): Promise<void> {
  const target = cacheFolder(module);
  const own = `${target}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  try {
    const modFile = await patchedModFile(module, own);
    for (const [program, path] of Object.entries(module.programs)) {
      await go(module, ['build', ...flagsOf(module), ...modFile, '-o', join(own, program), path]);
    }
    for (const asset of module.assets ?? []) await copyAsset(module, asset, own);
    for (const name of ['src', 'go.mod', 'go.sum']) rmSync(join(own, name), { recursive: true, force: true });
    // Another process may have built the same in the meantime: equal names mean equal content.
    if (!isBuilt(module)) renameSync(own, target);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

const flagsOf = ({ linkerVariables = [] }: GoModule) => [
  ...buildFlags,
  `-ldflags=${['-s', '-w', ...linkerVariables.flatMap(variable => ['-X', variable])].join(' ')}`,
];

/** At the lowest priority: a build takes minutes, and the machine's other users should not feel it. */
async function go(module: GoModule, args: readonly string[]): Promise<string> {
  const options = { cwd: sourcesOf(module), env: buildEnv, cancelSignal: interrupted.signal };
  const { stdout } = await execa('nice', ['-n', '19', 'go', ...args], options);
  return stdout;
}

/** Ends a running build, so that its unfinished folder is removed on Ctrl-C too. */
export const interrupted = new AbortController();

/** The folder of a dependency in Go's module cache, at the version that go.mod pins. */
async function dependencyFolder(module: GoModule, path: string): Promise<string> {
  const pinned = await go(module, ['list', '-m', '-f', '{{.Path}}@{{.Version}}', path]);
  return JSON.parse(await go(module, ['mod', 'download', '-json', pinned])).Dir as string;
}

/** The flag that names a go.mod with patched dependencies taken from changed copies; none where nothing is patched. */
async function patchedModFile(module: GoModule, own: string): Promise<string[]> {
  if (module.patches === undefined) return [];
  for (const file of ['go.mod', 'go.sum']) cpSync(join(sourcesOf(module), file), join(own, file));
  for (const path of new Set(module.patches.map(patch => patch.module))) {
    const copy = join(own, 'src', path);
    copyWritable(await dependencyFolder(module, path), copy);
    appendFileSync(join(own, 'go.mod'), `\nreplace ${path} => ${copy}\n`);
    for (const patch of module.patches.filter(other => other.module === path)) applyPatch(patch, copy);
  }
  return [`-modfile=${join(own, 'go.mod')}`];
}

function applyPatch({ file, from, to }: Patch, folder: string): void {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${path}: found ${parts.length - 1} times, not once: ${from}`);
  writeFileSync(path, parts.join(to));
}

async function copyAsset(module: GoModule, { module: path, from, to, pinnedBy }: Asset, own: string): Promise<void> {
  const pinning = goModules.find(({ name }) => name === (pinnedBy ?? module.name)) ?? module;
  const source = join(await dependencyFolder(pinning, path), from);
  const target = join(own, to);
  mkdirSync(dirname(target), { recursive: true });
  copyWritable(source, target);
  if (to !== 'kodata') return;
  keepNewest(target);
  dropUserObjects(target);
}

/** Go's module cache is read-only, and so are copies of it: nobody but root could change or remove those. */
function copyWritable(source: string, target: string): void {
  cpSync(source, target, { recursive: true });
  chmodSync(target, 0o755);
  if (!statSync(target).isDirectory()) return;
  for (const entry of readdirSync(target, { withFileTypes: true, recursive: true })) {
    chmodSync(join(entry.parentPath ?? entry.path, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
