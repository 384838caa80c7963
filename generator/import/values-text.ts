/** The values file: what differs from the defaults, in the order of the schema, each with where it was read. */
import { isDeepStrictEqual } from 'node:util';
import { oneLine } from '../cluster/secrets.ts';
import { mapYaml } from '../render/manifests.ts';
import type { Values } from '../values/maps.ts';
import { allSettings, defaultValues, valueAt, withValue } from './setting.ts';

export const setPaths = (values: Values): readonly string[] =>
  allSettings.map(f => f.path).filter(path => !isDeepStrictEqual(valueAt(values, path), valueAt(defaultValues, path)));

/** As a user would write them. */
export const overridesFrom = (values: Values): Values =>
  setPaths(values).reduce<Values>((all, path) => withValue(all, path, valueAt(values, path)), {});

export function valuesText(values: Values, from: ReadonlyMap<string, string>, source: string): string {
  const lines = [
    `# Values of the chart serverless-mesh, made by serverless-mesh import from ${oneLine(source)}.`,
    '# Only what differs from the defaults; the comments say where each value was read.',
  ];
  let open: readonly string[] = [];
  for (const path of setPaths(values)) {
    const keys = path.split('.');
    const parents = keys.slice(0, -1);
    const shared = parents.findIndex((key, i) => open[i] !== key);
    const first = shared === -1 ? parents.length : shared;
    for (const [i, key] of parents.entries()) if (i >= first) lines.push(`${'  '.repeat(i)}${key}:`);
    open = parents;
    const pad = '  '.repeat(parents.length);
    const read = from.get(path);
    if (read !== undefined) lines.push(`${pad}# ${oneLine(read)}`);
    const text = mapYaml({ [keys.at(-1)!]: valueAt(values, path) }).trimEnd();
    lines.push(...text.split('\n').map(line => (line === '' ? line : pad + line)));
  }
  return `${lines.join('\n')}\n`;
}
