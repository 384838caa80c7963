/** Rendering with a real Helm, for those who want to see that it gives the same. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { loadAll } from 'js-yaml';
import { buildChart } from '../build.ts';
import { GeneratorError } from '../errors.ts';
import { readFrames } from '../files.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import type { Chart } from '../model/chart.ts';
import type { Environment } from '../values/environments.ts';
import { mayShow } from '../values/show.ts';
import type { ReleaseInfo } from './evaluate-chart.ts';
import type { Rendered } from './order.ts';

/** Renders with the Helm that HELM names, or the one on PATH. Throws a usage error where there is none. */
export function helmEngine(chart: Chart, release: ReleaseInfo): (e: Environment) => Promise<Rendered[]> {
  const built = buildChart(chart, readFrames());
  return async ({ files }) => {
    const folder = mkdtempSync(join(tmpdir(), 'serverless-mesh-'));
    try {
      for (const [path, text] of built) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return await helmTemplate(folder, release, files);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** Helm takes what stands behind -f for a line of CSV, where a comma separates files. */
const asOneFile = (file: string): string => `"${resolve(file).replaceAll('"', '""')}"`;

/** What Helm says, but for lines that may be of a private key. */
function reason(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return lines.map(line => (mayShow(line) ? line : '(a line that is not shown)')).join('\n') || 'it does not say why';
}

/** The objects of the chart in a folder or a package. Throws a usage error where there is no Helm, and what Helm says otherwise. */
export async function helmTemplate(
  folder: string,
  { name, namespace }: ReleaseInfo,
  files: readonly string[],
): Promise<Rendered[]> {
  const helm = process.env.HELM || 'helm';
  const args = ['template', name, folder, '--namespace', namespace, ...files.flatMap(f => ['-f', asOneFile(f)])];
  const { failed, stdout, stderr, code, exitCode } = await execa(helm, args, { reject: false });
  if (failed && exitCode === undefined && code !== undefined) {
    const why = code === 'ENOENT' ? 'there is no such program' : `cannot be run (${code})`;
    throw new GeneratorError(`${helm}: ${why}; install Helm, set HELM, or use --engine model.`, 2);
  }
  if (failed) throw new GeneratorError(`${helm} template failed: ${reason(stderr ?? '')}`);
  return stdout
    .split(/^---\n# Source: /m)
    .slice(1)
    .flatMap(document => {
      const source = document.slice(0, document.indexOf('\n'));
      return (loadAll(document.slice(source.length)) as (Manifest | null)[]).flatMap(object =>
        object ? [{ source, object }] : [],
      );
    });
}
