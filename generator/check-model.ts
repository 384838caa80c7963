/** Checks of a whole chart, beside those of the printer: nothing is declared in vain, nothing is used undeclared. */
import { defaults, fields } from './emit/fields.ts';
import { GeneratorError } from './errors.ts';
import type { AnyExpr, Call, Path, Schema } from './gotmpl/expr.ts';
import { addUsage, noUsage, type Usage } from './gotmpl/usage.ts';
import type { Chart } from './model/chart.ts';
import { ruleFindings } from './render/evaluate-chart.ts';

/** Declared for the sake of parent charts; no template reads them. */
const FOR_PARENTS = ['global', 'enabled'];

/** Throws a GeneratorError for a value that no template uses, a helper that nobody includes, or the other way round. */
export function checkModel(chart: Chart, statics: ReadonlyMap<string, string>): void {
  const usage = usageOf(chart, statics);
  const declared = leaves(chart.values as Schema);
  const used = (path: string) => [...usage.values].some(u => path === u || path.startsWith(`${u}.`));
  const idle = declared.filter(path => !used(path) && !FOR_PARENTS.includes(path));
  if (idle.length > 0)
    throw new GeneratorError(
      `${chart.name}: no template uses the value ${idle.join(', ')}; use it, or remove it from values-schema.`,
    );
  const known = new Set(declared.flatMap(ancestors));
  // An item of a list of scalars needs no declaration of its own.
  const unknown = [...usage.values].filter(path => !known.has(path.replace(/\[\]$/, '')));
  if (unknown.length > 0)
    throw new GeneratorError(
      `${chart.name}: ${unknown.join(', ')} is used, but values-schema does not declare it; declare it, or correct the path.`,
    );
  checkOwnKeys(chart, usage);
  const lonely = chart.helpers.filter(h => !usage.helpers.has(h)).map(h => h.name);
  if (lonely.length > 0)
    throw new GeneratorError(
      `${chart.name}: nobody includes the helper ${lonely.join(', ')}; include it, or remove it.`,
    );
  const undefinedHelpers = [...usage.helpers].filter(h => !chart.helpers.includes(h)).map(h => h.name);
  if (undefinedHelpers.length > 0)
    throw new GeneratorError(
      `${chart.name}: the helper ${undefinedHelpers.join(', ')} is included, but the chart does not list it; add it to helpers.`,
    );
}

/**
 * A key of ours in a user's map would be left out without a word, and a map of such keys only would render as null:
 * so a rule must refuse each of them.
 */
function checkOwnKeys(chart: Chart, { maps }: Usage): void {
  for (const { map, omitted } of maps) {
    const { path, below } = placeOf(map);
    for (const key of omitted) {
      const values = defaults(chart.values as Schema) as Record<string, unknown>;
      const parent = path.slice(0, -1).reduce((at, k) => at[k] as Record<string, unknown>, values);
      parent[path.at(-1)!] = below === undefined ? { [key]: 'x' } : { [below]: { [key]: 'x' } };
      const refused = ruleFindings(chart, values).some(f => f.path.join('.') === path.join('.'));
      if (!refused)
        throw new GeneratorError(
          `${chart.name}: the key ${key} of ${[...path, ...(below ? [below] : [])].join('.')} is the chart's own, but no rule refuses it; add one to rules.`,
        );
    }
  }
}

/** The value that a user's map is, and the key below it where it is one of several maps. */
function placeOf(map: AnyExpr): { path: readonly string[]; below?: string } {
  if (map.kind === 'path') return { path: map.keys };
  const [outer, key] = (map as Call).args;
  return { path: (outer as Path).keys, below: key as string };
}

function usageOf(chart: Chart, statics: ReadonlyMap<string, string>): Usage {
  const usage = noUsage();
  for (const r of Object.values(chart.resources)) addUsage(r.documents, usage);
  for (const r of chart.rules) {
    addUsage(r.path, usage);
    addUsage(r.refuse, usage);
  }
  addUsage(chart.notes, usage);
  for (const text of statics.values())
    for (const [, path] of text.matchAll(/\.Values\.([A-Za-z][\w.]*)/g)) usage.values.add(path!);
  return usage;
}

/** Leaf paths, those of the items of a list of objects included: `kafka.listeners[].port`. */
function leaves(schema: Schema): string[] {
  return fields(schema).flatMap(({ path, schema: field }) =>
    field.items?.properties ? fields(field.items, `${path}[]`).map(f => f.path) : [path],
  );
}

/** `a.b[].c` and what contains it: `a.b[].c`, `a.b`, `a`. */
function ancestors(path: string): string[] {
  const parts = path.split('.');
  return parts.flatMap((part, i) => {
    const upTo = [...parts.slice(0, i), part].join('.');
    return upTo.endsWith('[]') ? [upTo, upTo.slice(0, -2)] : [upTo];
  });
}
