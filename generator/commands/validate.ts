import { chartNamed } from '../charts.ts';
import { findingText } from '../findings.ts';
import type { Io, Status } from '../io.ts';
import { type EnvironmentOptions, readEnvironments } from '../values/environments.ts';

export interface ValidateOptions extends EnvironmentOptions {
  /** Name of the chart whose values these are; the main one without it. */
  readonly chart?: string | undefined;
  readonly output: 'text' | 'json';
}

/** Checks environments, and prints each finding as `file:line: path: what is wrong; what to write instead`. */
export function runValidate({ chart, output, ...options }: ValidateOptions, io: Io): Status {
  const results = [...readEnvironments(chartNamed(chart), options)].map(({ name, files, findings }) => ({
    environment: name,
    files,
    findings,
  }));
  const count = results.reduce((sum, r) => sum + r.findings.length, 0);
  if (output === 'json') io.out(`${JSON.stringify(results, null, 2)}\n`);
  else for (const r of results) for (const f of r.findings) io.out(`${findingText(f)}\n`);
  for (const r of results)
    io.talk(`${r.environment}: ${r.findings.length === 0 ? 'ok' : `${r.findings.length} to correct`}\n`);
  return count === 0 ? 0 : 1;
}
