/** Rendered objects as text. */
import { dump } from 'js-yaml';
import type { Rendered } from './order.ts';

/** Most objects are the same in many environments, and dumping is the slowest part of rendering. */
const dumped = new Map<string, string>();
const MOST_DUMPED = 2000;

function yamlOf(object: object): string {
  const key = JSON.stringify(object);
  const known = dumped.get(key);
  if (known !== undefined) return known;
  const text = dump(object, { lineWidth: -1, noRefs: true });
  if (dumped.size >= MOST_DUMPED) dumped.clear();
  dumped.set(key, text);
  return text;
}

/** Documents as `helm template` prints them: a separator, the template, the object. */
export const manifestsYaml = (items: readonly Rendered[]): string =>
  items.map(({ source, object }) => `---\n# Source: ${source}\n${yamlOf(object)}`).join('');

/** One JSON object for an environment: `{"environment": "dev", "manifests": [...]}`. */
export const manifestsJson = (environment: string, items: readonly Rendered[]): string =>
  JSON.stringify({ environment, manifests: items.map(i => i.object) });
