/** Where built programs are kept: one folder per Go module, named by a hash of all that goes into it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GoModule, goModules } from './modules.ts';

/** The build's flags. Static and without paths, so that equal sources give equal programs. */
export const buildFlags = ['-trimpath', '-buildvcs=false', '-p', '2'] as const;
export const buildEnv = { CGO_ENABLED: '0' } as const;
export const sourcesOf = (module: GoModule) => fileURLToPath(new URL(`./go/${module.name}/`, import.meta.url));

let version: string | null | undefined;

/** Folder of all caches, the user's own, so that a new checkout need not build again what another one built. */
export function cacheRoot(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'serverless-mesh', 'cluster');
}

/** As `go version` says it, or undefined where there is no Go. */
export function goVersion(): string | undefined {
  if (version === undefined) {
    try {
      version = execFileSync('go', ['version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
    } catch {
      version = null;
    }
  }
  return version ?? undefined;
}

/** Where the module's programs are, or will be. Throws where there is no Go, as its version is part of the name. */
export function cacheFolder(module: GoModule): string {
  const go = goVersion();
  if (go === undefined) throw new Error('No go on PATH: install Go to build the test cluster.');
  const folder = sourcesOf(module);
  const hash = createHash('sha256').update(JSON.stringify([go, buildFlags, buildEnv, module]));
  for (const file of readdirSync(folder).sort()) hash.update(`\n${file}\n`).update(readFileSync(join(folder, file)));
  return join(cacheRoot(), `${module.name}-${hash.digest('hex').slice(0, 16)}`);
}

/** True when the module is built. A folder appears under its final name only when it is complete. */
export const isBuilt = (module: GoModule) => existsSync(cacheFolder(module));

/** Path of a built program or asset, e.g. ('istio', 'pilot-discovery'). Throws when it is not built. */
export function builtPath(moduleName: string, file: string): string {
  const module = goModules.find(({ name }) => name === moduleName);
  if (module === undefined) throw new Error(`${moduleName}: no such module in modules.ts.`);
  const path = join(cacheFolder(module), file);
  if (!existsSync(path)) throw new Error(`${path} is missing: run node --import tsx test/cluster/build.ts first.`);
  return path;
}
