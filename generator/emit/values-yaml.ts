/** values.yaml: every value with its default, and a comment that begins with its path. */
import { dump } from 'js-yaml';
import { described } from '../deprecations.ts';
import type { Schema } from '../gotmpl/expr.ts';
import { scalarText, wrap } from '../gotmpl/yaml.ts';
import { typeWords } from './fields.ts';

type Described = Schema & { readonly description: string; readonly default?: unknown };

/** The text of values.yaml. */
export function valuesYaml(values: Schema, chart: string, source: string): string {
  const head = [
    `# Values of the chart ${chart}: what you may set, with the defaults.`,
    '# Keep one file per environment that holds only what differs, and give it to helm install with -f.',
    `# Generated from ${source} by "serverless-mesh generate"; do not edit.`,
  ];
  const groups = Object.entries(values.properties ?? {}).map(([key, child]) => [
    '',
    ...field(key, child as Described, key, ''),
  ]);
  return `${[...head, ...groups.flat()].join('\n')}\n`;
}

function field(key: string, schema: Described, path: string, pad: string): string[] {
  const comment = wrap(`${path} -- ${words(schema)}`, 100 - pad.length).map(line => `${pad}# ${line}`);
  if (schema.properties === undefined) return [...comment, ...valueLines(key, schema.default, pad)];
  const children = Object.entries(schema.properties).flatMap(([k, child]) =>
    field(k, child as Described, `${path}.${k}`, `${pad}  `),
  );
  return [...comment, `${pad}${key}:`, ...children];
}

const words = (schema: Described) =>
  schema.enum === undefined ? described(schema) : `${described(schema)} ${capital(typeWords(schema))}.`;
const capital = (s: string) => s.charAt(0).toUpperCase() + s.slice(1);

function valueLines(key: string, value: unknown, pad: string): string[] {
  if (typeof value === 'string') return [`${pad}${key}: ${scalarText(value)}`];
  if (typeof value !== 'object' || value === null) return [`${pad}${key}: ${value}`];
  if (Object.keys(value).length === 0) return [`${pad}${key}: ${Array.isArray(value) ? '[]' : '{}'}`];
  const body = dump(value, { lineWidth: -1, noRefs: true, quoteStyle: 'double' }).trimEnd().split('\n');
  return [`${pad}${key}:`, ...body.map(line => `${pad}  ${line}`)];
}
