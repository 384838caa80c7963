/** The record of a version of a chart: what its users can set, and what they get for it. One file below releases/. */
import { dump, load } from 'js-yaml';
import { type ObjectSet, objectSet } from '../differences/objects.ts';
import { type FlatValues, flatValues } from '../differences/values.ts';
import { defaults } from '../emit/fields.ts';
import { docsFolder } from '../emit/frames.ts';
import { GeneratorError } from '../errors.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Chart } from '../model/chart.ts';
import { sha256, sumsText } from '../output/sums.ts';
import { evaluateChart, ruleFindings } from '../render/evaluate-chart.ts';
import type { Values } from '../values/maps.ts';
import { mergeValues } from '../values/merge.ts';
import { pathText } from '../values/path.ts';

/** Values of somebody who uses the chart, beside its defaults. */
export interface Example {
  readonly name: string;
  readonly values: Values;
}

export interface RecordedExample extends Example {
  /** Why these values are refused, a sentence each; empty where they are not, and there are objects. */
  readonly refused: readonly string[];
  readonly objects: ObjectSet;
}

export interface ChartRecord {
  readonly chart: string;
  readonly version: string;
  /** SHA-256 over the files of the package, whoever publishes it, and whenever. */
  readonly digest: string;
  readonly values: FlatValues;
  /** The text of values.yaml. */
  readonly valuesYaml: string;
  readonly examples: readonly RecordedExample[];
}

/** What is wrong with merged values, a sentence each; given from outside, because compiled schemas know the charts by name. */
export type Refusals = (chart: Chart, values: Values) => readonly string[];

/** The values that every chart has first. */
export const defaultValues: Example = { name: 'default values', values: {} };

/** The record of a chart as it is now. `files` are those of buildChart. */
export function recordOf(
  chart: Chart,
  files: ReadonlyMap<string, string>,
  examples: readonly Example[] = [defaultValues],
  refusals: Refusals = ruleRefusals,
): ChartRecord {
  return {
    chart: chart.name,
    version: chart.version,
    digest: contentDigest(files),
    values: flatValues(chart.values),
    valuesYaml: files.get('values.yaml') ?? '',
    examples: examples.map(example => rendered(chart, example, refusals)),
  };
}

/** Rules only: for defaults, which satisfy the schema. */
export const ruleRefusals: Refusals = (chart, values) =>
  ruleFindings(chart, values).map(({ path, message }) => `${pathText(path)}: ${message}`);

function rendered(chart: Chart, { name, values }: Example, refusals: Refusals): RecordedExample {
  const merged = mergeValues(defaults(chart.values as Schema) as Values, values);
  const refused = refusals(chart, merged);
  const release = { name: chart.name, namespace: 'default' };
  const objects = refused.length > 0 ? [] : evaluateChart(chart, merged, release).map(({ object }) => object);
  return { name, values, refused, objects: objectSet(objects.map(object => withoutVersion(object) as Manifest)) };
}

/** Labels that change with each version would make every object another one. */
const VERSIONS = ['helm.sh/chart', 'app.kubernetes.io/version'];
export function withoutVersion(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVersion);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, x]) => [key, VERSIONS.includes(key) ? '(version)' : withoutVersion(x)]),
  );
}

/** Of all that is in the package. Pages in docs/ are not. */
function contentDigest(files: ReadonlyMap<string, string>): string {
  const packed = [...files].filter(([path]) => !path.startsWith(docsFolder));
  return sha256(sumsText(new Map(packed.map(([path, text]) => [path, sha256(text)]))));
}

interface ObjectEntry {
  readonly object: string;
  /** The examples in which it is exactly so. */
  readonly in: readonly string[];
  readonly is: Manifest;
}

/** The text of the file. An object that several examples have alike stands there once, and so do large parts of objects. */
export function recordText({ examples, ...record }: ChartRecord): string {
  const entries = new Map<string, { object: string; in: string[]; is: Manifest }>();
  const known = new Map<string, unknown>();
  for (const { name, objects } of examples)
    for (const [id, object] of objects) {
      const key = `${id}\n${JSON.stringify(object)}`;
      const entry = entries.get(key) ?? { object: id, in: [], is: once(object, known) as Manifest };
      entry.in.push(name);
      entries.set(key, entry);
    }
  const objects = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  const told = examples.map(({ name, values, refused }) => ({ name, values, refused }));
  const text = dump({ ...record, examples: told, objects }, { lineWidth: -1 });
  return `# Recorded by scripts/record-release.ts when this version was published; do not edit.\n${text}`;
}

const LARGE = 200;
/** Equal parts as one object, which YAML writes once, with an anchor. */
function once(value: unknown, known: Map<string, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const json = JSON.stringify(value);
  const same = known.get(json);
  if (same !== undefined) return same;
  const made = Array.isArray(value)
    ? value.map(item => once(item, known))
    : Object.fromEntries(Object.entries(value).map(([key, x]) => [key, once(x, known)]));
  if (json.length >= LARGE) known.set(json, made);
  return made;
}

/** The record in such a text. Throws a GeneratorError with `where` for another one, as a merge may leave it. */
export function readRecord(text: string, where: string): ChartRecord {
  const wrong = (why: string) =>
    new GeneratorError(`${where}: ${why}; restore this file from version control, a published version never changes.`);
  let read: (Omit<ChartRecord, 'examples'> & { examples: RecordedExample[]; objects: ObjectEntry[] }) | undefined;
  try {
    read = load(text) as typeof read;
  } catch {
    throw wrong('cannot be read as YAML');
  }
  if (!Array.isArray(read?.examples) || !Array.isArray(read.objects) || typeof read.values !== 'object')
    throw wrong('is no record of a version');
  const { examples, objects, ...record } = read;
  const of = (name: string) =>
    new Map(objects.filter(entry => entry.in.includes(name)).map(entry => [entry.object, entry.is]));
  return { ...record, examples: examples.map(example => ({ ...example, objects: of(example.name) })) };
}
