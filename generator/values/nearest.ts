import { distance } from 'fastest-levenshtein';
import { pathText, type ValuePath } from './path.ts';
import { namedPaths, type ValuesSchema } from './schema-path.ts';
import { alternatives } from './show.ts';

/** The candidate that the user most likely meant; undefined when none is near. */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const scored = candidates.map(name => [steps(wanted, name.toLowerCase()), name] as const);
  const [best] = scored.toSorted(([a], [b]) => a - b);
  // Two letters that changed places count as two steps.
  const limit = given.length < 4 ? 1 : Math.max(2, Math.floor(given.length / 3));
  return best !== undefined && best[0] <= limit ? best[1] : undefined;
}

/** `bootstrap` is near to `bootstrapServers`, though many letters are missing. */
function steps(given: string, name: string): number {
  const starts = given.length >= 4 && (name.startsWith(given) || given.startsWith(name));
  return Math.min(distance(given, name), starts ? 2 : Number.POSITIVE_INFINITY);
}

/**
 * What to write instead of the unknown key `key` of the map at `parent`, whose names are `here`: one of these with a slip
 * of the pen; the same name elsewhere; a path run together (`kafkaEnabled`, `kafka.enabled`); a near name; any of `here`.
 */
export function insteadOf(key: string, parent: ValuePath, schema: ValuesSchema, here: readonly string[]): string {
  const near = nearest(key, here);
  const didYouMean = (...paths: ValuePath[]) => `did you mean ${alternatives(paths.map(pathText))}?`;
  const isSlip = near !== undefined && distance(key.toLowerCase(), near.toLowerCase()) <= 1;
  if (isSlip) return didYouMean([...parent, near]);
  const all = namedPaths(schema);
  const elsewhere = all.filter(path => path.at(-1) === key);
  if (elsewhere.length > 0 && elsewhere.length <= 3) return didYouMean(...elsewhere);
  const whole = all.find(path =>
    [path, below(path, parent)].some(names => names.length > 1 && flat(names) === flat([key])),
  );
  if (whole !== undefined) return `${didYouMean(whole)} Write it as nested maps`;
  if (near !== undefined) return didYouMean([...parent, near]);
  return here.length === 0 ? 'remove it' : `remove it, or write one of ${here.join(', ')}`;
}

/** The rest of `path` behind `parent`; nothing when it lies elsewhere. */
function below(path: readonly string[], parent: ValuePath): readonly string[] {
  return parent.every((step, index) => step === path[index]) ? path.slice(parent.length) : [];
}

function flat(names: readonly string[]): string {
  return names
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
