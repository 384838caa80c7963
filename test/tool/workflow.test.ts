import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { checkout, newFolder, once, put, runProgram } from '../cli/project.ts';
import { installTool } from '../support/npm-package.ts';
import { encrypted, passphrase } from '../support/signing-keys.ts';
import { packed } from './installed.ts';
import { breakFile, readWorkflow, runnerIn, type Step } from './workflow.ts';

const test = suite('tool: example of a workflow');

const path = 'examples/workflow/publish-charts.yaml';
const workflow = once(async () => readWorkflow(join(await checkout(), path)));
const stepsOf = async (job: string) => (await workflow()).jobs[job]!.steps;

/** A user's repository: the tool from its file, values, tenants; with an origin to push to. */
async function repository(): Promise<string> {
  const folder = newFolder();
  const file = 'serverless-mesh.tgz';
  cpSync((await packed()).archive, join(folder, file));
  installTool(`./${file}`, folder);
  cpSync(join(await checkout(), 'environments'), join(folder, 'environments'), { recursive: true });
  put(folder, '.gitignore', 'node_modules/\n.npm/\n');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const origin = newFolder();
  execFileSync('git', ['init', '-q', '--bare', origin]);
  git('init', '-q');
  git('remote', 'add', 'origin', origin);
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'values');
  return folder;
}

const expressions = {
  'secrets.CHART_SIGN_KEY': 'line 1\nline $(touch pwned) "2"',
  'secrets.CHART_SIGN_PASSPHRASE': "it's `secret`",
  'github.repository_owner': 'example',
  'github.event.repository.name': 'charts',
  'github.ref_name': 'v1"; touch pwned; "',
};

test('jobs ask for what they need, one publish runs at a time, and actions are pinned by commit', async () => {
  const { permissions, jobs } = await workflow();
  assert.equal(permissions, {});
  assert.equal(
    Object.entries(jobs).map(([name, job]) => [name, job.permissions]),
    [
      ['check', { contents: 'read' }],
      ['publish', { contents: 'write' }],
    ],
  );
  assert.is(jobs.publish!.needs, 'check');
  assert.equal(jobs.publish!.concurrency, { group: 'publish-charts', 'cancel-in-progress': false });
  const used = Object.values(jobs).flatMap(job => job.steps.flatMap(step => step.uses ?? []));
  assert.ok(used.length >= 4);
  for (const uses of used) assert.match(uses, /^actions\/[a-z-]+@[0-9a-f]{40}$/);
});

test('what comes from outside reaches no script as text, and a secret only the step that writes it', async () => {
  for (const [name, { steps }] of Object.entries((await workflow()).jobs))
    for (const step of steps) {
      assert.not.match(step.run ?? '', /\$\{\{/, `${name}: ${step.name}`);
      const secret = JSON.stringify(step).includes('secrets.');
      assert.is(secret, step.name === 'Write the key to files that only this job reads');
    }
});

test('every option that a step gives is one of the command', async () => {
  const calls = Object.values((await workflow()).jobs)
    .flatMap(({ steps }) => steps)
    .flatMap(({ run = '' }) => [...run.matchAll(/serverless-mesh ([a-z-]+) (.*)/g)]);
  assert.ok(calls.length >= 6);
  for (const [, command = '', rest = ''] of calls) {
    const bin = join(await checkout(), 'bin/serverless-mesh.js');
    const { out, status } = await runProgram(process.execPath, [bin, command, '--help']);
    assert.is(status, 0, command);
    for (const [option] of rest.matchAll(/--[a-z-]+/g)) assert.match(out, new RegExp(`${option}\\b`), command);
  }
});

/** Runs the steps of a job up to one that fails; those with an action are the runner's own. */
async function runJob(run: (step: Step) => ReturnType<typeof runProgram>, job: string): Promise<void> {
  for (const step of await stepsOf(job)) {
    if (step.run === undefined) continue;
    const { status, out, talk } = await run(step);
    assert.is(status, 0, `${step.name}\n${out}${talk}`);
  }
}

test('a pull request: validates, renders, checks tenants; and fails where a value is wrong', async () => {
  const folder = await repository();
  await runJob(runnerIn(folder, newFolder(), expressions), 'check');
  const rendered = readdirSync(join(folder, 'rendered'), { recursive: true, encoding: 'utf8' });
  for (const file of ['dev.yaml', 'prod.yaml', 'staging.yaml', 'tenants/prod'])
    assert.ok(rendered.includes(file), file);
  assert.match(readFileSync(join(folder, 'rendered/prod.yaml'), 'utf8'), 'kind: KnativeServing');

  breakFile(join(folder, 'environments/prod.yaml'));
  breakFile(join(folder, 'environments/tenants/prod.yaml'));
  const run = runnerIn(folder, newFolder(), expressions);
  const steps = await stepsOf('check');
  const statuses = new Map<string, number>();
  for (const step of steps.filter(s => s.run !== undefined)) statuses.set(step.name!, (await run(step)).status);
  assert.equal(Object.fromEntries(statuses), {
    'Install the tool': 0,
    'Validate the environments': 1,
    'Render them': 1,
    'Check and render the tenants': 1,
  });
});

test("a tag: signed packages on a branch that is made at first and added to later; the key is its owner's only, and removed", async () => {
  const folder = await repository();
  const temp = newFolder();
  const secret = (await encrypted()).armor();
  const run = runnerIn(folder, temp, {
    ...expressions,
    'secrets.CHART_SIGN_KEY': secret.trimEnd(),
    'secrets.CHART_SIGN_PASSPHRASE': passphrase,
  });
  const origin = execFileSync('git', ['remote', 'get-url', 'origin'], { cwd: folder, encoding: 'utf8' }).trim();
  const published = (what: string) =>
    execFileSync('git', ['log', '--format=%s', '--name-only', what], { cwd: origin, encoding: 'utf8' });
  const hidden = [passphrase, ...secret.split('\n').filter(line => line.length > 40)];
  for (const round of [1, 2]) {
    for (const step of await stepsOf('publish')) {
      if (step.run === undefined) continue;
      const { status, out, talk } = await run(step);
      assert.is(status, 0, `${step.name}\n${out}${talk}`);
      for (const line of hidden) assert.not.ok((out + talk).includes(line), step.name);
      if (step.name?.startsWith('Write the key'))
        for (const file of ['sign.key', 'sign.passphrase']) assert.is(statSync(join(temp, file)).mode & 0o777, 0o600);
    }
    assert.equal([existsSync(join(temp, 'sign.key')), existsSync(join(temp, 'sign.passphrase'))], [false, false]);
    // The second run finds all there, and adds no commit.
    const log = published('gh-pages');
    for (const { name, version } of charts)
      for (const end of ['tgz', 'tgz.prov', 'cdx.json']) assert.match(log, `\n${name}-${version}.${end}\n`, `${round}`);
    for (const file of ['index.yaml', 'index.html']) assert.match(log, `\n${file}\n`);
    assert.is([...log.matchAll(/^Charts of /gm)].length, 1, log);
    // The next run starts from a new checkout.
    execFileSync('git', ['worktree', 'remove', '--force', 'pages'], { cwd: folder });
    if (round === 1) execFileSync('git', ['branch', '-qD', 'gh-pages'], { cwd: folder });
  }
  assert.not.ok(existsSync(join(folder, 'pwned')));
});

test('nothing new is no commit, and no failure', async () => {
  const folder = await repository();
  const run = runnerIn(folder, newFolder(), expressions);
  const step = async (name: string) => run((await stepsOf('publish')).find(s => s.name === name)!);
  assert.is((await step('Get what is published already')).status, 0);
  const { status, out, talk } = await step('Push the branch');
  assert.equal([status, out], [0, ''], talk);
});

test.run();
