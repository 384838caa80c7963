import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runValidate } from '../../generator/commands/validate.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Deprecation } from '../../values-schema/field.ts';
import { inProcess, installed, newFolder, put, type Result, run } from './project.ts';

const test = suite('cli: validate');

const folder = newFolder();
let files = 0;
/** Writes files and checks them: the last one as the environment, the others below it. */
async function validate(...texts: readonly (string | Uint8Array)[]): Promise<Result> {
  const paths = texts.map(text => put(folder, `${files++}/${texts.length}.yaml`, text));
  const result = await inProcess(io =>
    runValidate({ files: paths.slice(0, -1), environments: paths.slice(-1), output: 'text' }, io),
  );
  // The first file is called 1, the second 2.
  const named = paths.reduce((text, path, index) => text.replaceAll(path, String(index + 1)), result.out);
  return { ...result, out: named };
}

/** Values in one file and the finding, with its line. */
const rows: readonly (readonly [string, string, string])[] = [
  [
    'a slip of the pen',
    'mesh:\n  member: [a]\n',
    '1:2: mesh.member: is no value of this chart; did you mean mesh.members?',
  ],
  ['a word of YAML 1.1', 'serving:\n  enabled: yes\n', '1:2: serving.enabled: Helm reads yes as true; write true'],
  [
    'a number of YAML 1.1',
    'commonLabels:\n  a: 012\n',
    '1:2: commonLabels.a: Helm reads 012 as 10; write "012" in quotes',
  ],
  ['a choice', 'serving:\n  ingress: envoy\n', '1:2: serving.ingress: is "envoy"; write istio or kourier'],
  [
    'a pattern',
    'mesh:\n  members:\n    - a\n    - Team\n',
    `1:4: mesh.members[1]: is "Team"; write lower-case letters, digits and '-', at most 63 characters, for example team-a`,
  ],
  [
    'a range',
    'kafka:\n  broker: {numPartitions: 0}\n',
    '1:2: kafka.broker.numPartitions: is 0; write a whole number from 1 to 100000',
  ],
  [
    'a control character',
    'commonAnnotations:\n  a: "x\\x7f"\n',
    '1:2: commonAnnotations.a: is "x\\u007f"; write text without the characters U+007F to U+009F, U+FEFF, U+FFFE and U+FFFF, which YAML cannot carry',
  ],
  [
    'a key that is too long',
    `commonLabels: {${'a.'.repeat(127)}a/b: c}\n`,
    `1:1: commonLabels["${'a.'.repeat(29)}…]: is not allowed as a key; write an optional DNS prefix and '/', then letters, digits, '-', '_' and '.', at most 255 characters, for example example.com/team`,
  ],
  ['a type', '{"serving": {"enabled": 5}}', '1:1: serving.enabled: is 5, a number; write true or false'],
  [
    'a deleted value',
    'serverless:\n  release: null\n',
    '1:2: serverless.release: was deleted with null; leave it out to get the default',
  ],
  [
    'a rule',
    'kafka:\n  enabled: true\n',
    '1:1: kafka.bootstrapServers: is empty, but kafka.enabled is true; list the brokers as host:port, for example my-cluster-kafka-bootstrap.kafka:9092',
  ],
  [
    'YAML that cannot be read',
    'serving:\n  enabled: true\n bad: [\n',
    "1:3: cannot be read as YAML: bad indentation of a mapping entry; align the lines; put a text with ': ' or a special first character in quotes",
  ],
  ['a list at the top', '- serving\n', '1:1: holds a list; write a map, for example kafka: {enabled: true}'],
];
for (const [name, text, finding] of rows) {
  test(`finds ${name}`, async () => {
    assert.equal(await validate(text), { status: 1, out: `${finding}\n`, talk: '1: 1 to correct\n' });
  });
}

const kafka = 'kafka:\n  enabled: true\n  bootstrapServers: [a:9092]\n';
const noListener =
  'has port 9092, which is no port of kafka.listeners; add a listener with that port, or correct the port';
/** Files, the later on top of the earlier, and the findings: the number of the file, the line, and so on. */
const several: readonly (readonly [string, readonly string[], string])[] = [
  ['the later file wins', ['serving: {ingress: nope}', 'serving: {ingress: istio}'], ''],
  [
    'the order matters',
    ['serving: {ingress: istio}', 'serving: {ingress: nope}'],
    '2:1: serving.ingress: is "nope"; write istio or kourier\n',
  ],
  [
    'null in the later file deletes',
    ['serving: {ingress: nope}', 'serving: {ingress: null}'],
    '2:1: serving.ingress: was deleted with null; leave it out to get the default\n',
  ],
  ['null is forgotten when it is set again', ['serving: {ingress: null}', 'serving: {ingress: kourier}'], ''],
  [
    'null takes back what has no default',
    ['commonLabels: {a: B/C}', 'commonLabels: null'],
    '2:1: commonLabels: was deleted with null; leave it out to get the default\n',
  ],
  [
    'a rule over two files, set first',
    [kafka, 'kafka:\n  listeners: [{name: tcp-a, port: 9093}]\n'],
    `1:3: kafka.bootstrapServers[0]: ${noListener}\n`,
  ],
  [
    'a rule over two files, set last',
    ['kafka:\n  listeners: [{name: tcp-a, port: 9093}]\n', kafka],
    `2:3: kafka.bootstrapServers[0]: ${noListener}\n`,
  ],
  [
    'a rule over three files, set in all',
    [kafka, `\n${kafka}`, 'kafka:\n  listeners: [{name: tcp-a, port: 9093}]\n'],
    `2:4: kafka.bootstrapServers[0]: ${noListener}\n`,
  ],
  ['a list is replaced whole', ['mesh: {members: [a, B, C]}', 'mesh: {members: [a]}'], ''],
  [
    'a file with broken YAML hides no other',
    ['serving: {enabled: yes}', 'a: [\n'],
    "1:1: serving.enabled: Helm reads yes as true; write true\n2:2: cannot be read as YAML: deficient indentation; align the lines; put a text with ': ' or a special first character in quotes\n",
  ],
];
for (const [name, texts, findings] of several) {
  test(name, async () => {
    const { status, out } = await validate(...texts);
    assert.is(out, findings);
    assert.is(status, findings === '' ? 0 : 1);
  });
}

test('no file: the defaults, which are ok', async () => {
  assert.equal(await run(['validate']), { status: 0, out: '', talk: 'values: ok\n' });
});

test('the environments of the project by name, by file, and on top of several files', async () => {
  const all = { status: 0, out: '', talk: 'dev: ok\nstaging: ok\nprod: ok\n' };
  assert.equal(await run(['validate', 'dev', 'environments/staging.yaml', './environments/prod.yaml']), all);
  const below = put(folder, 'below.yaml', 'verify: {namespace: playground}\n');
  const labels = put(folder, 'labels.yaml', 'commonLabels: {team: a}\n');
  const { out, talk } = await run(['validate', '-f', labels, '--file', below, 'dev', 'prod', 'staging']);
  assert.is(
    out,
    `${below}:1: verify.namespace: is playground, which is not in mesh.members; write one of them, or add it there\n`,
  );
  assert.is(talk, 'dev: ok\nprod: ok\nstaging: 1 to correct\n');
});

test('an environment is looked for where the user is', async () => {
  put(folder, 'elsewhere/environments/own.yaml', 'serving: {enabled: true}\n');
  const cwd = join(folder, 'elsewhere');
  assert.is((await run(['validate', 'own'], { cwd })).talk, 'own: ok\n');
  assert.is((await run(['validate', 'dev'], { cwd })).status, 2);
});

test('--output json holds every environment, its files and its findings, on standard output alone', async () => {
  const bad = put(folder, 'json/dev.yaml', 'serving:\n  enabled: no\n  colour: red\n');
  const { status, out, talk } = await run(['validate', '-o', 'json', 'dev', bad]);
  assert.equal([status, talk], [1, 'dev: ok\ndev: 1 to correct\n']);
  const [first, second, ...more] = JSON.parse(out);
  assert.equal(more, []);
  assert.equal(first, { environment: 'dev', files: ['environments/dev.yaml'], findings: [] });
  assert.equal([second.environment, second.files], ['dev', [bad]]);
  assert.equal(second.findings[0], {
    file: bad,
    line: 2,
    path: 'serving.enabled',
    message: 'Helm reads no as false; write false',
  });
  assert.equal(second.findings.length, 1, 'what a file with a trap means is a guess');
});

test('findings are the same as text and as JSON', async () => {
  const bad = put(folder, 'same.yaml', 'serving:\n  ingress: a\nmesh:\n  members: [A]\nnope: 1\n');
  const options = { files: [], environments: [bad] };
  const text = await inProcess(io => runValidate({ ...options, output: 'text' }, io));
  const json = await inProcess(io => runValidate({ ...options, output: 'json' }, io));
  const [{ findings }] = JSON.parse(json.out);
  const lines = findings.map((f: Record<string, string>) => `${f.file}:${f.line}: ${f.path}: ${f.message}\n`);
  assert.is(text.out, lines.join(''));
  assert.is(lines.length, 3);
  assert.is(text.talk, json.talk);
});

test('a deprecated value is told as a note, and is no finding', async () => {
  const { serving } = (serverlessMesh.values as Schema).properties!;
  const enabled = serving!.properties!.enabled as { deprecated?: Deprecation };
  enabled.deprecated = { since: '0.2.0', instead: 'serving.ingress' };
  try {
    const file = put(folder, 'deprecated.yaml', '\nserving: {enabled: true}\n');
    const options = { files: [], environments: [file] };
    const path = 'serving.enabled';
    const message = 'is deprecated since 0.2.0; use serving.ingress';
    assert.equal(await inProcess(io => runValidate({ ...options, output: 'text' }, io)), {
      status: 0,
      out: '',
      talk: `note: ${file}:2: ${path}: ${message}\ndeprecated: ok\n`,
    });
    const { out } = await inProcess(io => runValidate({ ...options, output: 'json' }, io));
    assert.equal(JSON.parse(out)[0].notes, [{ file, line: 2, path, message }]);
  } finally {
    delete enabled.deprecated;
  }
});

test('--chart: the values of another chart, and names of its own environments', async () => {
  const root = newFolder();
  const approval = 'installPlanApproval: Manual\nmesh: {channel: stable-3.1}\n';
  put(root, 'environments/serverless-mesh-operators/prod.yaml', approval);
  put(root, 'environments/prod.yaml', 'mesh: {namespace: a}\n');
  const path = 'environments/serverless-mesh-operators/prod.yaml';
  const rule =
    'is stable-3.1, but mesh.generation is v2; write a channel of servicemeshoperator, for example stable, or set the other generation';
  assert.equal(await run(['validate', '--chart', 'serverless-mesh-operators', 'prod'], { cwd: root }), {
    status: 1,
    out: `${path}:2: mesh.channel: ${rule}\n`,
    talk: 'prod: 1 to correct\n',
  });
  assert.is((await run(['validate', 'prod'], { cwd: root })).status, 0);
  assert.match(
    (await run(['validate', path], { cwd: root })).out,
    `${path}:1: installPlanApproval: is no value of this chart; remove it`,
  );
  assert.is(
    (await run(['validate', '--chart', 'serverless-mesh-operators', 'dev'], { cwd: root })).talk,
    'dev: there is no such file, and no environments/serverless-mesh-operators/dev.yaml; name a values file or an environment.\n',
  );
});

test('the installed environments are those of the project', async () => {
  const environments = ['dev', 'staging', 'prod'];
  const root = await installed();
  const paths = environments.map(name => join(root, 'environments', `${name}.yaml`));
  assert.is((await inProcess(io => runValidate({ files: [], environments: paths, output: 'text' }, io))).status, 0);
});

test.run();
