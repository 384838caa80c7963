/** helm lint --strict of both Helms, for the oldest and the newest Kubernetes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases, type Case, casesByChart, release, titleOf } from '../chart/cases.ts';
import { type Helm, helms, parallel, runHelm } from '../support/helm.ts';
import { packageOf } from './subject.ts';
import type { ToolGate, ToolRun } from './tool.ts';

/** The oldest that the charts take, and the newest that they are tested with. */
export const kubeVersions = ['1.24.0', '1.35.0'] as const;

export interface Lint {
  readonly helm: Helm;
  readonly c: Case;
  /** Folder or package. */
  readonly path: string;
  readonly kubeVersion: string;
}

/** Everything but Helm's words on what it does: `[INFO]`, `[WARNING]`, `[ERROR]`, and errors without a mark. */
export async function lint({ helm, c, path, kubeVersion }: Lint): Promise<string[]> {
  const flags = ['--strict', '--kube-version', kubeVersion, '--namespace', release.namespace, '-f', c.file];
  const { exitCode, stdout, stderr } = await runHelm(helm, ['lint', path, ...flags], { reject: false });
  const said = `${stdout}${stderr}`.split('\n').filter(line => /^\[|error|warn/i.test(line));
  return exitCode === 0 ? said : [...said, `exit status ${exitCode}: ${titleOf(c)}`];
}

async function lintAll(): Promise<ToolRun> {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    const packages = new Map(
      [...casesByChart.keys()].map(chart => {
        const { fileName, data } = packageOf(chart);
        writeFileSync(join(folder, fileName), data);
        return [chart, join(folder, fileName)];
      }),
    );
    const runs = helms().flatMap(helm =>
      kubeVersions.flatMap(kubeVersion => allCases.map(c => ({ helm, c, path: packages.get(c.chart)!, kubeVersion }))),
    );
    const said = await parallel(runs, 2, lint);
    return { tool: tools(), ran: sentence(runs.length), found: byChart(runs, said) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tools = () =>
  helms()
    .map(({ version }) => `Helm ${version}`)
    .join(', ');
const sentence = (runs: number) =>
  `\`helm lint --strict\` of the packages with each of the ${allCases.length} values files in environments/ and test/cases/ and \`--kube-version\` \
${kubeVersions.join(' and ')}: ${runs} runs. The folders: by one of the Helms in turn, in \`npm test\`.`;

function byChart(runs: readonly Lint[], said: readonly (readonly string[])[]): Map<string, string[]> {
  return new Map(
    [...casesByChart.keys()].map(chart => [
      chart.name,
      said.filter((_, index) => runs[index]!.c.chart === chart).flat(),
    ]),
  );
}

export const helmLint: ToolGate = {
  id: 'helm-lint',
  title: 'helm lint',
  source: 'https://helm.sh/docs/helm/helm_lint/',
  looked: 'Metadata, values against the schema, every template rendered, deprecated APIs; a warning is an error.',
  missing: () => (helms().length > 0 ? undefined : 'there is no Helm; run npm ci on Linux x64'),
  run: lintAll,
};
