/** Rendered objects as text. */
import { dump } from 'js-yaml';
import type { Rendered } from './order.ts';

/**
 * A value as `dump` prints it, without its first indentation and its last line break. Maps and lists are laid out here,
 * and `dump` only prints what is in them, each text once: whole objects took it 3 of the 5 seconds in which 1,000
 * environments were rendered.
 */
function yamlText(value: unknown, indent: string): string {
  if (!isBlock(value)) return scalarText(value, indent);
  const deeper = `${indent}  `;
  let text = '';
  if (Array.isArray(value)) for (const item of value) text += `\n${indent}- ${yamlText(item, deeper)}`;
  else
    for (const key of Object.keys(value)) {
      const item = (value as Readonly<Record<string, unknown>>)[key];
      text += `\n${indent}${scalarText(key, '')}:${isBlock(item) ? `\n${deeper}` : ' '}${yamlText(item, deeper)}`;
    }
  return text.slice(indent.length + 1);
}

/** A map or list that is not empty: only these have lines of their own. */
function isBlock(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Words with a sign between them, such as names and hosts, which need no quotes. */
const plain = /^[A-Za-z]\w*([-./:@]+\w+)+$/;
const known = new Map<unknown, string>();
const MOST_KNOWN = 5000;

/** What stands behind a key: a scalar, `[]` or `{}`. The lines of a text are indented. */
function scalarText(value: unknown, indent: string): string {
  let text = known.get(value);
  if (text === undefined) {
    if (typeof value === 'string' && plain.test(value)) return value;
    // Between two keys: a lone scalar, and the last one, may look different.
    text = dump({ a: value, b: 0 }, { lineWidth: -1, noRefs: true }).slice('a: '.length, -'\nb: 0\n'.length);
    if (known.size >= MOST_KNOWN) known.clear();
    if (typeof value !== 'object') known.set(value, text);
  }
  return indent === '  ' || !text.includes('\n') ? text : text.replaceAll('\n  ', `\n${indent}`);
}

/** A map as a file of YAML. */
export const mapYaml = (map: object): string => `${yamlText(map, '')}\n`;

/** Documents as `helm template` prints them: a separator, the template, the object. */
export const manifestsYaml = (items: readonly Rendered[]): string =>
  items.map(({ source, object }) => `---\n# Source: ${source}\n${yamlText(object, '')}\n`).join('');

/** One JSON object for an environment: `{"environment": "dev", "manifests": [...]}`; or for a tenant. */
export const manifestsJson = (
  name: string,
  items: readonly Rendered[],
  what: 'environment' | 'tenant' = 'environment',
): string => `{"${what}":${JSON.stringify(name)},"manifests":[${items.map(i => fieldsJson(i.object)).join(',')}]}`;

const fieldsJson = (object: object): string =>
  `{${Object.entries(object)
    .map(([key, value]) => `${JSON.stringify(key)}:${json(value)}`)
    .join(',')}}`;

/** Large parts that do not depend on values are the same in each environment (evaluate.ts): the scripts of the Jobs. */
const large = new WeakMap<object, string>();
const LARGE = 1000;
function json(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = large.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    if (text.length >= LARGE) large.set(value, text);
  }
  return text;
}
