import { cpus } from 'node:os';
import { helms } from '../../test/support/helm.ts';

/** What the figures were measured on. */
export function machine(): Record<string, string | number> {
  const versions = Object.fromEntries(helms().map(({ name, version }) => [name, version]));
  return { system: `${process.platform} ${process.arch}`, cores: cpus().length, node: process.version, ...versions };
}
