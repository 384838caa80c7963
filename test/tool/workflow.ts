/** The steps of a GitHub workflow, run as its runner does. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { type Result, runProgram } from '../cli/project.ts';

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly needs?: string;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly permissions: object;
  readonly on: { readonly push: { readonly tags: readonly string[] } };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const readWorkflow = (path: string) => load(readFileSync(path, 'utf8')) as Workflow;

/** What the runner puts in place of `${{ expression }}`; throws for one that is not given. */
function filled(text: string, expressions: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = expressions[expression];
    if (value === undefined) throw new Error(`no value for ${expression}`);
    return value;
  });
}

/** A runner in a folder that is the checkout. */
export function runnerIn(cwd: string, temp: string, expressions: Readonly<Record<string, string>>) {
  mkdirSync(temp, { recursive: true });
  const paths = join(temp, 'github-path');
  writeFileSync(paths, '');
  return async ({ run = '', env = {} }: Step): Promise<Result> => {
    const script = join(temp, 'step.sh');
    writeFileSync(script, filled(run, expressions));
    const own = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text, expressions)]));
    const added = readFileSync(paths, 'utf8').split('\n').filter(Boolean);
    const all = { ...own, RUNNER_TEMP: temp, GITHUB_PATH: paths, npm_config_offline: 'true' };
    // As GitHub's documentation of `shell` says for a step that names none.
    return runProgram('bash', ['-e', script], {
      cwd,
      env: { ...all, PATH: [...added, process.env.PATH].join(delimiter), GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  };
}

/** For a test that must see a step fail. */
export const breakFile = (path: string) => appendFileSync(path, 'unknown: true\n');
