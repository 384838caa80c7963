/** Printing manifests of several environments or tenants. */
import type { Io } from '../io.ts';

/** What is printed together: an environment, or a tenant. */
export interface Printed {
  readonly name: string;
  readonly text: () => string;
}

/**
 * One stream of YAML, where a comment says whose manifests follow, or one list of JSON. Made one after the other: all
 * texts of a large fleet at once would fill the memory.
 */
export async function printAll(
  all: readonly Printed[],
  title: 'Environment' | 'Tenant',
  output: 'yaml' | 'json',
  io: Io,
  each: (done: number, all: number) => void = () => undefined,
): Promise<void> {
  for (const [i, { name, text }] of all.entries()) {
    if (output === 'json') io.out(i === 0 ? '[' : ',\n');
    else if (all.length > 1) io.out(`# ${title}: ${name}\n`);
    io.out(text());
    await io.drained?.();
    each(i + 1, all.length);
  }
  if (output === 'json') io.out(']\n');
}

/** The same as a file. */
export const fileText = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
