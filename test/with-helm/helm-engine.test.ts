import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { helmsFor } from '../chart/with-helm.ts';
import { good, leak } from '../cli/key-rows.ts';
import { newFolder, put, run } from '../cli/project.ts';
import { helms } from '../support/helm.ts';

const test = suite('cli: render --engine helm');

const folder = newFolder();
const empty = newFolder();
const names = ['dev', 'staging', 'prod'];
const key = put(folder, 'key.yaml', JSON.stringify(good), 0o600);
const odd = ['a,"b".yaml', '-x y.yaml', 'http:x.yaml'].map(name => put(folder, name, 'mesh: {members: [m]}\n'));
const labels = put(folder, 'labels.yaml', 'commonLabels: {team: a}\nserving: {config: {network: {a: "1"}}}\n');
const nothing = put(folder, 'null.yaml', 'commonLabels: null\nserving: {config: null}\n');
const again = put(folder, 'again.yaml', 'commonLabels: {tier: b}\nserving: {config: {network: {b: "2"}}}\n');
const operators = put(folder, 'operators.yaml', 'mesh: {generation: v3}\ncommonLabels: {team: a}\n');
const release = ['--release-name', 'knative.2', '-n', 'gitops'];

if (helms().length === 0) process.stdout.write('SKIPPED: no helm found, --engine helm is not compared\n');

for (const helm of helmsFor(helms().length - 1)) {
  const env = { HELM: helm.path, HOME: empty, HELM_CACHE_HOME: empty, HELM_CONFIG_HOME: empty, HELM_DATA_HOME: empty };

  test(`${helm.name} gives the same bytes as the model for every environment`, async () => {
    const args = ['render', ...names, key, ...odd, ...release];
    const [model, helmed] = await Promise.all([run(args), run([...args, '--engine', 'helm'], { env })]);
    assert.equal([model.status, model.talk], [0, '']);
    assert.equal([helmed.status, helmed.talk], [0, '']);
    assert.is(helmed.out, model.out);
  });

  test(`${helm.name} gives the same JSON on top of -f files, with null`, async () => {
    const args = ['render', '-o', 'json', '-f', labels, '-f', nothing, '-f', again, 'dev'];
    const [model, helmed] = await Promise.all([run(args), run([...args, '--engine', 'helm'], { env })]);
    assert.equal([helmed.status, helmed.talk, model.status], [0, '', 0]);
    assert.is(helmed.out, model.out);
    assert.match(model.out, '"tier":"b"');
    assert.match(model.out, '"network":{"b":"2"');
    assert.not.match(model.out, '"team"');
  });

  test(`${helm.name} gives the same of another chart`, async () => {
    const args = ['render', '--chart', 'serverless-mesh-operators', operators];
    const [model, helmed] = await Promise.all([run(args), run([...args, '--engine', 'helm'], { env })]);
    assert.equal(helmed, model);
    assert.match(model.out, 'servicemeshoperator3');
  });

  test(`${helm.name} on PATH, with the user's own settings for Helm`, async () => {
    const bin = join(folder, helm.name);
    mkdirSync(bin);
    symlinkSync(helm.path, join(bin, 'helm'));
    const own = { ...env, HELM: undefined, PATH: bin, HELM_DEBUG: 'true', HELM_NAMESPACE: 'other' };
    const [model, helmed] = await Promise.all([run(['render']), run(['render', '--engine=helm'], { env: own })]);
    assert.equal(helmed, model);
  });
}

const advice = 'install Helm, set HELM, or use --engine model.\n';
const program = (name: string, text: string) => put(folder, name, `#!/bin/sh\n${text}\n`, 0o755);
const failing = program('failing', 'echo "Error: no such chart" >&2; exit 3');
/** HELM, the status and the sentence. */
const broken: readonly (readonly [string, Record<string, string>, number, string])[] = [
  ['no helm on PATH', { PATH: empty }, 2, `helm: there is no such program; ${advice}`],
  ['HELM is empty, and none on PATH', { HELM: '', PATH: empty }, 2, `helm: there is no such program; ${advice}`],
  ['HELM is nowhere', { HELM: '/no/helm' }, 2, `/no/helm: there is no such program; ${advice}`],
  ['HELM is a folder', { HELM: empty }, 2, `${empty}: cannot be run (EACCES); ${advice}`],
  ['Helm fails', { HELM: failing }, 1, `${failing} template failed: Error: no such chart\n`],
  ['Helm fails without a word', { HELM: '/bin/false' }, 1, '/bin/false template failed: it does not say why\n'],
];
for (const [name, env, status, talk] of broken) {
  test(name, async () => assert.equal(await run(['render', '--engine', 'helm'], { env }), { status, out: '', talk }));
}

test('a temporary folder that is not there', async () => {
  const { status, out, talk } = await run(['render', '--engine', 'helm'], {
    env: { TMPDIR: '/no/folder', HELM: failing },
  });
  assert.equal([status, out], [1, '']);
  assert.match(talk, /^\/no\/folder\/\S+: mkdtemp failed \(ENOENT\); check the path, permissions and free space\.\n$/);
});

test('values with findings never reach Helm', async () => {
  const bad = put(folder, 'bad.yaml', 'serving: {enabled: yes}\n');
  const { status, talk } = await run(['render', '--engine', 'helm', bad], { env: { HELM: '/no/helm' } });
  assert.equal([status, talk], [1, `${bad}:1: serving.enabled: Helm reads yes as true; write true\n`]);
});

test('Helm gets names of files only: no key in its arguments, its environment, or a file that others may read', async () => {
  const temporary = newFolder();
  const log = newFolder();
  const spy = program(
    'spy',
    `printf '%s\\n' "$@" > ${log}/arguments; env > ${log}/environment
     find ${temporary} -printf '%m %y %f\\n' > ${log}/modes; find ${temporary} -type f -exec cat {} + > ${log}/contents
     cat ${key} >&2; exit 1`,
  );
  const { status, out, talk } = await run(['render', '--engine', 'helm', key], {
    env: { HELM: spy, TMPDIR: temporary },
  });
  assert.equal([status, out], [1, '']);
  for (const name of ['arguments', 'environment', 'contents'])
    assert.is(leak(readFileSync(join(log, name), 'utf8')), undefined);
  assert.is(leak(talk), undefined, 'what Helm says of a key is not passed on');
  assert.match(talk, 'a line that is not shown');
  assert.match(readFileSync(join(log, 'modes'), 'utf8'), /^700 d serverless-mesh-/m);
  assert.match(readFileSync(join(log, 'arguments'), 'utf8'), `"${key}"`);
  assert.equal(readdirSync(temporary), [], 'nothing stays behind when Helm fails');
  assert.is(dirname(log), dirname(temporary));
});

test.run();
