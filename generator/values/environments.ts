/** One environment: the chart's defaults, the -f files, and the file of the environment, merged and checked. */
import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { mainChart } from '../charts.ts';
import { defaults } from '../emit/fields.ts';
import { GeneratorError } from '../errors.ts';
import type { Finding } from '../findings.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Chart } from '../model/chart.ts';
import { ruleFindings } from '../render/evaluate-chart.ts';
import { validatorOf } from './compiled.ts';
import type { Values } from './maps.ts';
import { mergeValues } from './merge.ts';
import { type ParsedValues, parseValues } from './parse.ts';
import { pathText, type ValuePath } from './path.ts';
import { schemaFindings } from './schema-findings.ts';
import { expectedIn, namedPaths, schemaAt, type ValuesSchema } from './schema-path.ts';
import { mayShow } from './show.ts';

export interface Environment {
  /** `dev` for environments/dev.yaml; `values` where no environment is named. */
  readonly name: string;
  /** The files in the order in which they are merged. */
  readonly files: readonly string[];
  readonly values: Values;
  /** What the files say, merged, without the chart's defaults; null where they delete one. */
  readonly overrides: Values;
  readonly findings: readonly Finding[];
}

/**
 * What the command line names: environments (files, or names of files in environments/, for another chart than the main
 * one in environments/CHART/), and -f files under each.
 */
export interface EnvironmentOptions {
  readonly environments: readonly string[];
  readonly files: readonly string[];
}

/** Helm refuses such a file; Windows PowerShell writes one with >. */
const notUtf8 = 'is not UTF-8, so Helm refuses it; save it as UTF-8';

/** In the place of a finding that repeats the value, where the value is secret. */
const notText = 'is a text that YAML reads as something else (not shown); write it in quotes';

type ReadFile = ParsedValues & { readonly file: string };

/**
 * The environments one after the other. Files that are read for several are read once. A file that cannot be read
 * throws a usage error; what is wrong in one is a finding.
 */
export function* readEnvironments(chart: Chart, { environments, files }: EnvironmentOptions): Generator<Environment> {
  const schema = chart.values as unknown as ValuesSchema;
  const expectedAt = expectedIn(schema);
  const secret = namedPaths(schema).filter(path => schemaAt(schema, path)?.secret === true);
  const secretPaths = new Set(secret.map(pathText));
  const read = (file: string): ReadFile => {
    const bytes = bytesOf(file);
    const { findings, ...parsed } = parseValues(bytes.toString(), file, expectedAt);
    const unreadable = isUtf8(bytes) ? undefined : { file, path: '', message: notUtf8 };
    const shown = findings.map(f =>
      secretPaths.has(f.path) && /in quotes$/.test(f.message) ? { ...f, message: notText } : f,
    );
    return { file, ...parsed, findings: unreadable ? [unreadable] : shown };
  };
  const shared = files.map(read);
  const folder = chart.name === mainChart ? 'environments' : `environments/${chart.name}`;
  const base = defaults(chart.values as Schema) as Values;
  if (environments.length === 0) yield environment(chart, 'values', base, shared);
  for (const named of environments) {
    const file = fileOf(named, folder);
    yield environment(chart, basename(file).replace(/\.(ya?ml|json)$/, ''), base, [...shared, read(file)]);
  }
}

function environment(chart: Chart, name: string, base: Values, read: readonly ReadFile[]): Environment {
  const values = mergeValues(base, ...read.map(r => r.values));
  const unread = read.flatMap(r => r.findings);
  // What a file with a mistake in its YAML means is a guess, so it is not checked further.
  const findings = unread.length > 0 ? unread : checkValues(chart, values).map(f => placed(f, read));
  const overrides = mergeValues({}, ...read.map(r => r.values));
  return { name, files: read.map(r => r.file), values, overrides, findings };
}

interface ValueFinding {
  readonly path: ValuePath;
  /** Where a line in a file is looked for, when that is more exact than the path. */
  readonly nearest?: ValuePath;
  readonly message: string;
}

/** What is wrong with merged values: the schema first, and the rules where the schema is satisfied. */
export function checkValues(chart: Chart, values: Values): ValueFinding[] {
  const validate = validatorOf(chart.name);
  if (validate(values)) return ruleFindings(chart, values).map(f => ({ ...f, message: withoutKeys(f.message) }));
  return schemaFindings(validate.errors ?? [], chart.values as unknown as ValuesSchema, values);
}

/** A rule may repeat a key of a map or a value; what looks like a line of a private key is left out. */
const withoutKeys = (message: string): string =>
  message.replace(/\S+/g, word => (mayShow(word) ? word : '(not shown)'));

/** The last file that sets the path, or else what contains it, with the line. */
function placed({ path, nearest = path, message }: ValueFinding, read: readonly ReadFile[]): Finding {
  for (let length = nearest.length; length > 0; length -= 1)
    for (const { file, lineOf } of read.toReversed()) {
      const line = lineOf(nearest.slice(0, length));
      if (line !== undefined) return { file, line, path: pathText(path), message };
    }
  const file = read.at(-1)?.file;
  return { ...(file === undefined ? {} : { file }), path: pathText(path), message };
}

function fileOf(named: string, folder: string): string {
  const candidates = [named, `${folder}/${named}.yaml`];
  // A pipe will do: shells pass <(...) as one.
  const found = candidates.find(file => statSync(file, { throwIfNoEntry: false })?.isDirectory() === false);
  if (found === undefined)
    throw new GeneratorError(
      `${named || '""'}: there is no such file, and no ${candidates[1]}; name a values file or an environment.`,
      2,
    );
  return found;
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    throw new GeneratorError(`${file}: ${why}; name a readable values file.`, 2);
  }
}
