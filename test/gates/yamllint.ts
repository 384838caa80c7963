/** yamllint with the settings of chart-testing, on the YAML that people write or read: no templates, which are none. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { projectRoot } from '../../generator/files.ts';
import { casesByChart } from '../chart/cases.ts';
import type { ToolGate, ToolRun } from './tool.ts';

const spaces = {
  'min-spaces-inside': 0,
  'max-spaces-inside': 0,
  'min-spaces-inside-empty': -1,
  'max-spaces-inside-empty': -1,
};
/** https://github.com/helm/chart-testing/blob/main/etc/lintconf.yaml: its settings; what is not here is off. */
export const settings = {
  rules: {
    braces: spaces,
    brackets: spaces,
    colons: { 'max-spaces-before': 0, 'max-spaces-after': 1 },
    commas: { 'max-spaces-before': 0, 'min-spaces-after': 1, 'max-spaces-after': 1 },
    comments: { 'require-starting-space': true, 'min-spaces-from-content': 2 },
    'empty-lines': { max: 2, 'max-start': 0, 'max-end': 0 },
    hyphens: { 'max-spaces-after': 1 },
    indentation: { spaces: 'consistent', 'indent-sequences': 'whatever', 'check-multi-line-strings': false },
    'key-duplicates': 'enable',
    'new-line-at-end-of-file': 'enable',
    'new-lines': { type: 'unix' },
    'trailing-spaces': 'enable',
    truthy: { level: 'warning' },
  },
};

/** Paths from the root, of Chart.yaml and values.yaml of each chart, and of the values files that are examples. */
export function lintedFiles(): string[] {
  const charts = [...casesByChart.keys()].flatMap(({ name }) =>
    ['Chart.yaml', 'values.yaml'].map(file => `charts/${name}/${file}`),
  );
  const examples = ['environments', 'test/cases'].flatMap(folder =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.yaml'))
      .map(file => `${folder}/${file}`),
  );
  return [...charts, ...examples.sort()];
}

/** `path:line:column: [level] what (rule)` of each finding, warnings too. */
export async function yamllint(args: readonly string[], input = ''): Promise<string[]> {
  const flags = ['--strict', '--format', 'parsable', '--config-data', JSON.stringify(settings)];
  const { stdout, stderr, exitCode } = await execa('yamllint', [...flags, ...args], {
    cwd: projectRoot,
    input,
    reject: false,
  });
  const lines = `${stdout}\n${stderr}`.split('\n').filter(Boolean);
  return exitCode === 0 || lines.length > 0 ? lines : [`exit status ${exitCode}`];
}

function version(): string | undefined {
  try {
    return execFileSync('yamllint', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

async function run(): Promise<ToolRun> {
  const files = lintedFiles();
  return {
    tool: String(version()),
    ran: `\`yamllint --strict\` with chart-testing's settings on ${files.length} files: Chart.yaml and values.yaml of each chart, environments/ and test/cases/.`,
    found: new Map([['all charts', await yamllint(files)]]),
  };
}

export const yamllintGate: ToolGate = {
  id: 'yamllint',
  title: 'yamllint, as chart-testing calls it',
  source: 'https://github.com/helm/chart-testing/blob/main/etc/lintconf.yaml',
  looked: 'Indentation, spaces, comments, empty lines, repeated keys, ends of lines and files; a warning is an error.',
  missing: () => (version() === undefined ? 'there is no yamllint; install the Debian package yamllint' : undefined),
  run,
};
