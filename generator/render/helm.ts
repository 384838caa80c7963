/** Rendering with a real Helm, for those who want to see that it gives the same. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { loadAll } from 'js-yaml';
import { buildChart } from '../build.ts';
import { GeneratorError } from '../errors.ts';
import { readFrames } from '../files.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import type { Chart } from '../model/chart.ts';
import type { Environment } from '../values/environments.ts';
import type { ReleaseInfo } from './evaluate-chart.ts';
import type { Rendered } from './order.ts';

/** Renders with the Helm that HELM names, or the one on PATH. Throws a usage error where there is none. */
export function helmEngine(chart: Chart, release: ReleaseInfo): (e: Environment) => Promise<Rendered[]> {
  return async ({ files }) => {
    const folder = mkdtempSync(join(tmpdir(), 'serverless-mesh-'));
    try {
      for (const [path, text] of buildChart(chart, readFrames())) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return await template(folder, release, files);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

async function template(
  folder: string,
  { name, namespace }: ReleaseInfo,
  files: readonly string[],
): Promise<Rendered[]> {
  const helm = process.env.HELM ?? 'helm';
  const args = ['template', name, folder, '--namespace', namespace, ...files.flatMap(f => ['-f', f])];
  const { failed, stdout, stderr, code } = await execa(helm, args, { reject: false });
  if (code === 'ENOENT')
    throw new GeneratorError(`${helm}: there is no such program; install Helm, set HELM, or use --engine model.`, 2);
  if (failed) throw new GeneratorError(`helm template: ${stderr.trim()}`);
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
