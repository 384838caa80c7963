import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

const copied = [
  'package.json',
  'tsconfig.json',
  'bin',
  'chart-templates',
  'charts',
  'environments',
  'examples',
  'generator',
  'scripts',
  'values-schema',
];

/** A built copy of the project that may be written to, with the packages of the checkout. */
export function copyProject(to: string): string {
  mkdirSync(to);
  for (const name of copied) cpSync(join(checkout, name), join(to, name), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(to, 'node_modules'));
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: to, stdio: ['ignore', 'ignore', 'inherit'] });
  node('--import', 'tsx', 'scripts/build.ts');
  // Charts that are being worked on may be stale, with which `generate --check` ends otherwise.
  node('scripts/from-source.js', 'generate', '--force');
  return to;
}

/** The folder of the cdk8s sample, with its packages installed as bench/package-lock.json pins them. */
export function cdk8sSample(): string {
  const bench = join(checkout, 'bench');
  if (!existsSync(join(bench, 'node_modules/cdk8s-cli'))) {
    process.stderr.write('installing cdk8s into bench/node_modules...\n');
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: bench, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return join(bench, 'cdk8s');
}
