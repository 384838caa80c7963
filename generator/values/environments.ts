/** One environment: the chart's defaults, the -f files, and the file of the environment, merged and checked. */
import { statSync } from 'node:fs';
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
import { nearest, pathText, type ValuePath } from './path.ts';
import { schemaFindings } from './schema-findings.ts';
import { expectedIn, type ValuesSchema } from './schema-path.ts';
import { mayShow } from './show.ts';
import { type ReadFile, readValuesFile, secretsIn } from './values-file.ts';

export interface Environment {
  /** `dev` for environments/dev.yaml; `values` where no environment is named. */
  readonly name: string;
  /** The files in the order in which they are merged. */
  readonly files: readonly string[];
  readonly values: Values;
  /** What the files say, merged, without the chart's defaults; null where they delete one. */
  readonly overrides: Values;
  readonly findings: readonly Finding[];
  /** Where the files set this path, or else what contains it. */
  readonly placeOf: (path: ValuePath) => Pick<Finding, 'file' | 'line'>;
}

/**
 * What the command line names: environments (files, or names of files in environments/, for another chart than the main
 * one in environments/CHART/), and -f files under each.
 */
export interface EnvironmentOptions {
  readonly environments: readonly string[];
  readonly files: readonly string[];
}

/**
 * The environments one after the other. Files that are read for several are read once. A file that cannot be read
 * throws a usage error; what is wrong in one is a finding.
 */
export function* readEnvironments(chart: Chart, { environments, files }: EnvironmentOptions): Generator<Environment> {
  const schema = chart.values as unknown as ValuesSchema;
  const expectedAt = expectedIn(schema);
  const secrets = secretsIn(schema);
  const read = (file: string) => readValuesFile(file, secrets, { expectedAt });
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
  const findings =
    unread.length > 0
      ? unread
      : checkValues(chart, values).map(({ path, nearest = path, message }) => ({
          ...placeIn(nearest, read),
          path: pathText(path),
          message,
        }));
  const overrides = mergeValues({}, ...read.map(r => r.values));
  return { name, files: read.map(r => r.file), values, overrides, findings, placeOf: path => placeIn(path, read) };
}

export interface ValueFinding {
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
export const withoutKeys = (message: string): string =>
  message.replace(/\S+/g, word => (mayShow(word) ? word : '(not shown)'));

/** The last file that sets the path, or else what contains it, with the line. */
function placeIn(path: ValuePath, read: readonly ReadFile[]): Pick<Finding, 'file' | 'line'> {
  const layers = read.toReversed();
  const place = nearest(path, at => {
    for (const { file, lineOf } of layers) {
      const line = lineOf(at);
      if (line !== undefined) return { file, line };
    }
    return undefined;
  });
  const file = read.at(-1)?.file;
  return place ?? (file === undefined ? {} : { file });
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
