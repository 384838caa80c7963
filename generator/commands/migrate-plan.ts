import { resolve } from 'node:path';
import type { Values } from '../../values-schema/index.ts';
import { defaults } from '../emit/fields.ts';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Io, Status } from '../io.ts';
import type { Method } from '../migrate/migration.ts';
import { planOf } from '../migrate/plan.ts';
import { planJson, planText } from '../migrate/text.ts';
import { type NewValues, valuesFile, valuesFor3, withoutSecrets } from '../migrate/values.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { writeWhole } from '../output/replace.ts';
import { checkValues, type Environment, type EnvironmentOptions, readEnvironments } from '../values/environments.ts';
import { mergeValues } from '../values/merge.ts';
import { pathText } from '../values/path.ts';
import { checkRelease, type ReleaseOptions } from './release.ts';

export interface MigratePlanOptions extends EnvironmentOptions, ReleaseOptions {
  readonly method: Method;
  /** The chart, as helm takes it. */
  readonly chart?: string | undefined;
  /** Write the values for Service Mesh 3 here, instead of printing them. */
  readonly valuesOut?: string | undefined;
  readonly output: 'text' | 'json';
}

/** Prints the steps from Service Mesh 2.6 to 3 for the values of an environment, and its values for Service Mesh 3. */
export function runMigratePlan(options: MigratePlanOptions, io: Io): Status {
  checkOptions(options);
  const [environment] = [...readEnvironments(serverlessMesh, options)];
  if (environment === undefined) throw new Error('no environment');
  for (const f of environment.findings) io.talk(`${findingText(f)}\n`);
  if (environment.findings.length > 0) return 1;
  const before = environment.values as Values;
  const refusal = nothingToMigrate(before);
  if (refusal !== undefined) {
    io.talk(`${environment.name}: ${refusal}\n`);
    return 1;
  }
  const next = valuesFor3(environment.overrides, environment.values);
  const after = mergeValues(defaults(serverlessMesh.values as Schema) as Values, next.values);
  const findings = checkValues(serverlessMesh, after);
  for (const { path, message } of findings)
    io.talk(`${findingText({ path: pathText(path), message: `for Service Mesh 3: ${message}` })}\n`);
  if (findings.length > 0) return 1;
  print(options, environment, next, after as Values, io);
  return 0;
}

function checkOptions(options: MigratePlanOptions): void {
  checkRelease(options);
  if (options.valuesOut === '') throw new GeneratorError('--values-out is empty; name a file.', 2);
  if (options.chart === '')
    throw new GeneratorError('--chart is empty; name the chart as for helm, for example dist/serverless-mesh.tgz.', 2);
}

function nothingToMigrate({ mesh, serving }: Values): string | undefined {
  if (mesh.generation === 'v3') return 'mesh.generation is v3 already, so there is nothing to migrate.';
  if (serving.ingress === 'kourier')
    return 'serving.ingress is kourier, which is for Service Mesh 2 only, so there is no way to 3; set serving.ingress to istio first.';
  return undefined;
}

function print(options: MigratePlanOptions, environment: Environment, next: NewValues, after: Values, io: Io): void {
  const { method, releaseName, namespace, output, valuesOut } = options;
  const newFile = valuesOut ?? `${environment.name}-v3.yaml`;
  if (environment.files.some(file => resolve(file) === resolve(newFile)))
    throw new GeneratorError(
      `${newFile} is one of the values files of now, which the way back needs; name another --values-out.`,
      2,
    );
  const plan = planOf({
    method,
    release: { name: releaseName, namespace },
    chart: options.chart ?? `dist/${serverlessMesh.name}-${serverlessMesh.version}.tgz`,
    files: environment.files,
    newFile,
    before: environment.values as Values,
    after,
  });
  const { values, missing } = withoutSecrets(next.values);
  if (valuesOut !== undefined) {
    const text = valuesFile(next.values, next.changes, environment.files);
    writeWhole(valuesOut, text, { mode: missing.length > 0 ? 0o600 : 0o644 });
    io.talk(`wrote ${valuesOut}\n`);
  }
  if (output === 'json') {
    const about = { valuesFile: newFile, values, changes: next.changes, leftOut: missing };
    io.out(planJson(plan, { environment: environment.name, status: 0, ...about }));
    return;
  }
  io.out(planText(plan, environment.name, io.columns));
  if (valuesOut === undefined)
    io.out(valuesPart(newFile, valuesFile(values, next.changes, environment.files), missing));
}

function valuesPart(file: string, text: string, missing: readonly string[]): string {
  const lacks = missing.length > 0 ? ` Without ${missing.join(', ')}, which only --values-out writes.` : '';
  return `\nThe values for Service Mesh 3, ${file}:${lacks}\n\n${text}`;
}
