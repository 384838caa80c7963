import { chartNamed } from '../charts.ts';
import { deprecatedIn } from '../deprecations.ts';
import { type Finding, findingText } from '../findings.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Io, Status } from '../io.ts';
import type { Chart } from '../model/chart.ts';
import { type Environment, type EnvironmentOptions, readEnvironments } from '../values/environments.ts';
import { pathText } from '../values/path.ts';

export interface ValidateOptions extends EnvironmentOptions {
  /** Name of the chart whose values these are; the main one without it. */
  readonly chart?: string | undefined;
  readonly output: 'text' | 'json';
}

/**
 * Checks environments, and prints each finding as `file:line: path: what is wrong; what to write instead`. Deprecated
 * values are told as notes, which are no findings.
 */
export function runValidate({ chart, output, ...options }: ValidateOptions, io: Io): Status {
  const of = chartNamed(chart);
  const results = [...readEnvironments(of, options)].map(environment => {
    const { name, files, findings } = environment;
    const notes = notesOn(of, environment);
    return { environment: name, files, findings, ...(notes.length === 0 ? {} : { notes }) };
  });
  const count = results.reduce((sum, r) => sum + r.findings.length, 0);
  if (output === 'json') io.out(`${JSON.stringify(results, null, 2)}\n`);
  else for (const r of results) for (const f of r.findings) io.out(`${findingText(f)}\n`);
  for (const r of results) for (const f of r.notes ?? []) io.talk(`note: ${findingText(f)}\n`);
  for (const r of results)
    io.talk(`${r.environment}: ${r.findings.length === 0 ? 'ok' : `${r.findings.length} to correct`}\n`);
  return count === 0 ? 0 : 1;
}

function notesOn({ values }: Chart, { overrides, placeOf }: Environment): Finding[] {
  return deprecatedIn(values as Schema, overrides).map(({ path, message }) => ({
    ...placeOf(path),
    path: pathText(path),
    message,
  }));
}
