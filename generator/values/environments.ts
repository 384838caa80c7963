/** One environment: the chart's defaults, the -f files, and the file of the environment, merged and checked. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
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
import { expectedIn, type ValuesSchema } from './schema-path.ts';

export interface Environment {
  /** `dev` for environments/dev.yaml; `values` where no environment is named. */
  readonly name: string;
  /** The files in the order in which they are merged. */
  readonly files: readonly string[];
  readonly values: Values;
  readonly findings: readonly Finding[];
}

/** What the command line names: environments (files, or names of files in environments/), and -f files under each. */
export interface EnvironmentOptions {
  readonly environments: readonly string[];
  readonly files: readonly string[];
}

type ReadFile = ParsedValues & { readonly file: string };

/**
 * The environments one after the other. Files that are read for several are read once. A file that cannot be read
 * throws a usage error; what is wrong in one is a finding.
 */
export function* readEnvironments(chart: Chart, { environments, files }: EnvironmentOptions): Generator<Environment> {
  const expectedAt = expectedIn(chart.values as unknown as ValuesSchema);
  const read = (file: string): ReadFile => ({ file, ...parseValues(textOf(file), file, expectedAt) });
  const shared = files.map(read);
  const base = defaults(chart.values as Schema) as Values;
  if (environments.length === 0) yield environment(chart, 'values', base, shared);
  for (const named of environments) {
    const file = fileOf(named);
    yield environment(chart, basename(file).replace(/\.(ya?ml|json)$/, ''), base, [...shared, read(file)]);
  }
}

function environment(chart: Chart, name: string, base: Values, read: readonly ReadFile[]): Environment {
  const values = mergeValues(base, ...read.map(r => r.values));
  const unread = read.flatMap(r => r.findings);
  // What a file with a mistake in its YAML means is a guess, so it is not checked further.
  const findings = unread.length > 0 ? unread : checkValues(chart, values).map(f => placed(f, read));
  return { name, files: read.map(r => r.file), values, findings };
}

interface ValueFinding {
  readonly path: ValuePath;
  readonly message: string;
}

/** What is wrong with merged values: the schema first, and the rules where the schema is satisfied. */
export function checkValues(chart: Chart, values: Values): ValueFinding[] {
  const validate = validatorOf(chart.name);
  if (validate(values)) return ruleFindings(chart, values);
  return schemaFindings(validate.errors ?? [], chart.values as unknown as ValuesSchema, values);
}

/** The last file that sets the path, or else what contains it, with the line. */
function placed({ path, message }: ValueFinding, read: readonly ReadFile[]): Finding {
  for (let length = path.length; length > 0; length -= 1)
    for (const { file, lineOf } of read.toReversed()) {
      const line = lineOf(path.slice(0, length));
      if (line !== undefined) return { file, line, path: pathText(path), message };
    }
  const file = read.at(-1)?.file;
  return { ...(file === undefined ? {} : { file }), path: pathText(path), message };
}

function fileOf(named: string): string {
  const candidates = [named, `environments/${named}.yaml`];
  const found = candidates.find(file => statSync(file, { throwIfNoEntry: false })?.isFile());
  if (found === undefined)
    throw new GeneratorError(
      `${named}: there is no such file, and no ${candidates[1]}; name a values file or an environment.`,
      2,
    );
  return found;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    throw new GeneratorError(`${file}: ${why}; name a readable values file.`, 2);
  }
}
