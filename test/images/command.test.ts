import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ImagesOptions, runImages } from '../../generator/commands/images.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';

const test = suite('images: command');

const folder = newFolder();
const catalog = 'registry.redhat.io/redhat/redhat-operator-index:v4.18';
const mirror = 'registry.example.com:5000/mirror';
const usual = { environments: [], files: [], operators: [], from: 'dist', output: 'text' } as const;
const run = (options: Partial<ImagesOptions>) => inProcess(io => runImages({ ...usual, ...options }, io));
const two = ['staging', 'prod'];

test('text: every part of an environment, one after the other', async () => {
  const { status, out, talk } = await run({ environments: two, mirror, catalog });
  assert.equal([status, talk], [0, '']);
  const titles = [...out.matchAll(/^(\S.*)$/gm)].map(([, line]) => line);
  const parts = (name: string, ...more: readonly string[]) => [
    `Environment ${name}`,
    'Images:',
    ...more,
    'Operators, whose images are in their bundles; oc-mirror copies them with the packages (-o imageset):',
    'Charts:',
    'Not in this list:',
  ];
  assert.equal(titles, [...parts('staging'), ...parts('prod')]);
  const image = `  registry.redhat.io/openshift4/ose-cli-rhel9:v4.18\n    on the mirror: ${mirror}/openshift4/ose-cli-rhel9:v4.18\n    value: jobs.image\n    used by: Job `;
  assert.is(out.split(image).length, 3, out);
  assert.match(out, `  serverless-operator, channel stable-1.37\n    catalog: redhat-operators (${catalog})\n`);
});

test('Service Mesh 3: what stands for an image, and is none', async () => {
  const file = put(folder, 'v3.yaml', 'mesh: {generation: v3}\n');
  const { out } = await run({ environments: [file] });
  assert.match(
    out,
    /\nNo image to mirror:\n {2}auto: Istio puts .*\n {4}used by: Deployment \S+, container istio-proxy\n/,
  );
  assert.match(out, /\n {2}servicemeshoperator3, channel stable\n/);
  assert.not.match(out, /kiali/);
});

test('json: the same for a program', async () => {
  const { out } = await run({ environments: two, output: 'json', mirror, repository: 'oci://r.example.com/charts' });
  const { environments, charts } = JSON.parse(out);
  assert.equal(
    environments.map((e: { environment: string }) => e.environment),
    two,
  );
  for (const { image, mirror: there } of environments.flatMap((e: { images: object[] }) => e.images))
    assert.is(there, `${mirror}/${image.slice(image.indexOf('/') + 1)}`);
  assert.equal(Object.keys(charts[0]), ['name', 'version', 'repository', 'file', 'why']);
});

test('values: a values file that, after the others, leaves nothing to change', async () => {
  const { status, out, talk } = await run({ environments: ['prod'], output: 'values', mirror });
  assert.equal([status, talk], [0, '']);
  const more = put(folder, 'mirror.yaml', out);
  assert.equal(load(out), {
    verify: { serviceImage: `${mirror}/ubi9/httpd-24:9.7` },
    jobs: { image: `${mirror}/openshift4/ose-cli-rhel9:v4.18` },
  });
  const prod = put(folder, 'all.yaml', JSON.stringify(mergeValues(load(out) as never)));
  const again = await run({ environments: [more], files: ['environments/prod.yaml'], output: 'values', mirror });
  assert.equal(load(again.out), {}, prod);
});

test('imageset says how to subscribe to what it copies', async () => {
  const { out } = await run({ environments: two, output: 'imageset', catalog });
  assert.match(out, '\n#   catalogSource: cs-redhat-operator-index-v4-18\n#   mesh: {channel: stable}\n');
  assert.match(out, '\n#   serverless: {channel: stable-1.37}\n');
});

test("the publisher's repository is that of the charts, and --repository goes before it", async () => {
  const publisher = put(folder, 'publisher.yaml', 'repository: https://charts.example.com\n');
  const from = async (options: Partial<ImagesOptions>) =>
    JSON.parse((await run({ output: 'json', ...options })).out).charts.map((c: { repository: string }) => c.repository);
  assert.equal(new Set(await from({ publisher })), new Set(['https://charts.example.com']));
  assert.equal(new Set(await from({ publisher, repository: 'http://b' })), new Set(['http://b']));
});

/** Values file, values of the operators -> what is said. All of them are findings. */
const short = put(
  folder,
  'short.yaml',
  'verify:\n  clientImage: curl:8\nmesh:\n  members: [a]\ncluster: {appsDomain: apps.example.com}\n',
);
const bad = put(folder, 'bad.yaml', 'jobs: {image: 7}\n');
const badOperators = put(folder, 'operators-bad.yaml', 'mesh: {channel: 3}\n');
const v3Operators = put(folder, 'operators-v3.yaml', 'mesh:\n  generation: v3\n');
const oldChannel = put(folder, 'operators-old.yaml', 'mesh:\n  channel: stable-3.1\n');
const findings: readonly [string, readonly string[], RegExp][] = [
  [short, [], /^\S+short\.yaml:2: verify\.clientImage: is "curl:8", which names no registry.*\n$/],
  [bad, [], /^\S+bad\.yaml:1: jobs\.image: is 7, a number; write .*\n$/],
  ['prod', [badOperators], /^\S+operators-bad\.yaml:1: mesh\.channel: is 3, a number; write .*\n$/],
  ['prod', [v3Operators], /^\S+operators-v3\.yaml:2: mesh\.generation: is v3, and environment prod has v2; .*\n$/],
  ['prod', [oldChannel], /^\S+operators-old\.yaml:2: mesh\.channel: is stable-3\.1, but mesh\.generation is v2; .*\n$/],
];
for (const [environment, operators, want] of findings)
  test(`finding: ${want.source.slice(5, 60)}`, async () => {
    const { status, out, talk } = await run({ environments: [environment], operators });
    assert.equal([status, out], [1, '']);
    assert.match(talk, want);
  });

test('two environments whose images a mirror cannot tell apart', async () => {
  const own = put(folder, 'own.yaml', 'jobs: {image: "quay.io/openshift4/ose-cli-rhel9:v4.18"}\n');
  const { status, out, talk } = await run({ environments: ['prod', own] });
  assert.equal([status, out], [1, '']);
  assert.match(talk, /^quay\.io\/openshift4\/ose-cli-rhel9:v4\.18: a mirror has it where it has registry\.redhat\.io/);
});

const misuse: readonly [Partial<ImagesOptions>, string][] = [
  [{ from: '' }, '--from is empty'],
  [{ repository: 'charts.example.com' }, '--repository is no address'],
  [{ repository: 'https://user:pw@charts.example.com' }, '--repository is no address'],
  [{ mirror: 'https://registry.example.com' }, '--mirror is no registry'],
  [{ output: 'values' }, '--output values is about a mirror'],
  [{ output: 'mirrorset' }, '--output mirrorset is about a mirror'],
  [{ output: 'values', mirror, environments: two }, '--output values is one values file'],
  [{ output: 'imageset' }, '--output imageset needs the catalog'],
  [{ output: 'imageset', catalog: 'redhat-operators' }, '--catalog is no image'],
  [{ output: 'imageset', catalog: `${catalog} ` }, '--catalog is no image'],
  [{ publisher: '' }, '--publisher is empty'],
  [{ operators: ['none.yaml'] }, 'none.yaml: there is no such file'],
];
for (const [options, want] of misuse)
  test(`refused: ${want} (${JSON.stringify(options)})`, async () => {
    const { status, out, talk } = await run(options);
    assert.equal([status, out], [2, '']);
    assert.ok(talk.startsWith(want), talk);
    assert.not.match(talk, /pw/);
  });

test.run();
