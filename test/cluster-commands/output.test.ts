/** What is printed where: a table, lines, JSON, progress; and wrong usage. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asTable } from '../../generator/checks/report.ts';
import type { Result } from '../../generator/checks/run.ts';
import { runPreflight } from '../../generator/commands/preflight.ts';
import { runVerify } from '../../generator/commands/verify.ts';
import { inProcess, run } from '../cli/project.ts';
import { type Fake, startFake } from './fake.ts';
import { beforeInstall, servedKinds } from './healthy.ts';
import { optionsFor, without } from './run.ts';

const test = suite('cluster commands: output');

let fake: Fake;
test.before(async () => {
  fake = await startFake({ kinds: servedKinds, objects: without(await beforeInstall(), 'Namespace', 'shop') });
});
test.after(() => fake.stop());

test('lines where it is no terminal, without progress', async () => {
  const { status, out, talk } = await inProcess(io => runPreflight({ ...optionsFor(fake), output: 'text' }, io));
  assert.is(status, 1);
  assert.match(out, /^ok: kubernetes: the API server answers, and is new enough for the chart\n/);
  assert.match(
    out,
    '\nfinding: member-namespaces: namespace shop of mesh.members does not exist; oc create namespace shop\n',
  );
  assert.match(out, '\nnote: release-objects: Namespace istio-system exists, made by ');
  assert.match(talk, /^values on test \(https:\/\/127\.0\.0\.1:\d+\): 17 ok, 1 finding\n$/);
});

test('a table on a terminal, and progress that wipes itself', async () => {
  const terminal = { interactive: true, columns: 90 };
  const { out, talk } = await inProcess(io =>
    runPreflight({ ...optionsFor(fake), output: 'text' }, { ...io, ...terminal }),
  );
  for (const line of out.trimEnd().split('\n')) assert.ok(line.length <= 90, line);
  assert.match(out, /^CHECK {16}STATE {11}WHAT\nkubernetes {11}ok {14}the API server answers/);
  assert.match(
    out,
    /\nmember-namespaces {4}finding {9}namespace shop of mesh\.members does not exist\n {37}> oc create namespace shop\n/,
  );
  const wipe = '\r\u001b[K';
  const [summary, ...progress] = talk.split(wipe).reverse();
  assert.ok(progress.some(text => text.startsWith('looked at 18: ')));
  assert.match(summary!, /^values on test/);
});

test('JSON for programs', async () => {
  const { out } = await inProcess(io => runPreflight(optionsFor(fake), io));
  const { checks, ...subject } = JSON.parse(out);
  assert.equal(Object.keys(subject), ['command', 'environment', 'release', 'cluster', 'status']);
  assert.equal([subject.command, subject.status, subject.cluster.context], ['preflight', 1, 'test']);
  assert.equal(subject.release, { name: 'serverless-mesh', namespace: 'default' });
  for (const check of checks)
    assert.equal(Object.keys(check), [
      ...['id', 'title', 'looksAt', 'source', 'essential', 'state', 'findings', 'unseen', 'facts'],
    ]);
});

test('a narrow terminal: words stay whole, so that commands can be copied', () => {
  const result: Result = {
    ...{ id: 'a', title: '', looksAt: '', source: '', essential: true, state: 'finding' },
    findings: [{ finding: 'x'.repeat(60), remedy: 'one two three four five six seven eight nine ten' }],
    unseen: [],
    facts: [],
  };
  const lines = asTable([result], 40).split('\n');
  assert.ok(lines[1]?.endsWith('x'.repeat(60)));
  assert.ok(lines.slice(2).every(l => l.length <= 55));
});

test('values with findings: they are printed, and the cluster is not asked', async () => {
  const before = fake.requests.length;
  const options = optionsFor(fake, { serving: { ingress: 'nope' } });
  const { status, out, talk } = await inProcess(io => runPreflight(options, io));
  assert.equal([status, out], [1, '']);
  assert.match(talk, /serving\.ingress: is "nope"; write istio or kourier\n$/);
  assert.is(fake.requests.length, before);
});

const misuse: readonly (readonly [object, RegExp])[] = [
  [{ kubeconfig: '/nowhere' }, /^\/nowhere: cannot be read \(ENOENT\); name a kubeconfig file\.\n$/],
  [{ context: 'prod' }, /^--context "prod" is not in the kubeconfig; write --context with test\.\n$/],
  [{ releaseName: 'A' }, /^--release-name "A" is no name that Helm accepts/],
  [{ requestTimeout: 0 }, /^--request-timeout is 0; write seconds from 1 to 86400\.\n$/],
  [{ requestTimeout: Number.NaN }, /^--request-timeout is NaN; write seconds/],
  [{ timeout: -1 }, /^--timeout is -1; write seconds from 0 to 86400\.\n$/],
];
for (const [given, want] of misuse)
  test(`wrong usage: ${JSON.stringify(given)}`, async () => {
    const options = { ...optionsFor(fake), createTestService: false, ...given };
    const { status, out, talk } = await inProcess(io => runVerify(options, io));
    assert.equal([status, out], [2, '']);
    assert.match(talk, want);
  });

test('the built command: finds kubeconfigs as kubectl does, and asks a cluster', async () => {
  const { KUBECONFIG: _, ...env } = process.env;
  const bare = { ...env, KUBECONFIG: undefined, HOME: fake.folder, KUBERNETES_SERVICE_HOST: undefined };
  const none = await run(['preflight'], { env: bare });
  assert.equal([none.status, none.out], [2, '']);
  assert.match(
    none.talk,
    /^There is no kubeconfig; log in with oc login, set KUBECONFIG, or write --kubeconfig FILE\.\n$/,
  );
  // Two files: the context in one, its cluster and user in the other; and one that is absent.
  const { contexts, 'current-context': current, ...rest } = JSON.parse(readFileSync(fake.kubeconfig, 'utf8'));
  const [a, b] = ['a', 'b'].map(name => join(fake.folder, name));
  writeFileSync(a!, JSON.stringify({ contexts, 'current-context': current }));
  writeFileSync(b!, JSON.stringify(rest));
  const KUBECONFIG = [a, '/nowhere/c', b].join(':');
  const { status, out, talk } = await run(['preflight', 'dev', '-o', 'json'], { env: { ...bare, KUBECONFIG } });
  assert.is(status, 1, talk);
  const states = JSON.parse(out).checks.map((c: Result) => [c.id, c.state]);
  assert.equal(states[0], ['kubernetes', 'ok']);
  assert.ok(states.every(([, state]: string[]) => state !== 'could not look'));
});

test('--help has an example', async () => {
  for (const [command, example] of [
    ['preflight', 'serverless-mesh preflight prod'],
    ['verify', 'serverless-mesh verify prod --create-test-service'],
  ] as const)
    assert.match((await run([command, '--help'])).out, example);
});

test.run();
