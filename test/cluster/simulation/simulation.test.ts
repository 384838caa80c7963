/** What calls meet at the mesh of the rendered chart, by istio's own simulation; and that broken charts are noticed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { caseArgs, caseNamed } from '../../chart/cases.ts';
import { controlPlane } from '../../support/base-document.ts';
import { helms, runHelm } from '../../support/helm.ts';
import { parseManifests } from '../../support/render.ts';
import { sourcesOf } from '../cache.ts';
import type { KubeObject } from '../objects.ts';
import { nameOf } from '../released.ts';
import { builtSuite } from '../suite.ts';
import { askMesh } from './simulated-mesh.ts';
import { type Questions, simulate } from './simulation.ts';
import { asWanted, type Environment, environments, rows } from './simulation-rows.ts';
import { type Variant, variants } from './simulation-variants.ts';
import { mutualVariants, plainVariants } from './simulation-variants-3.ts';

// The manifests of Knative Serving are among the built files of its operator.
const test = builtSuite('simulation', ['simulation', 'knative']);
const rendered = new Map<Environment, KubeObject[]>();
const titleOf = ({ name, set }: Environment) => [name, set].filter(Boolean).join(' ');

test.before(async () => {
  for (const environment of environments) rendered.set(environment, await objectsOf(environment));
});

/** Of the chart; and the control plane of the base document, where the mesh team runs it. */
async function objectsOf({ name, set, mesh, generation }: Environment): Promise<KubeObject[]> {
  const { stdout } = await runHelm(helms().at(-1)!, [
    ...caseArgs('template', caseNamed(name)),
    ...(set === undefined ? [] : ['--set', set]),
  ]);
  const objects = parseManifests(stdout).map(({ object }) => object as unknown as KubeObject);
  if (generation !== 'v2' || objects.some(({ kind }) => kind === controlPlane.kind)) return objects;
  return [...objects, { ...controlPlane, metadata: { ...controlPlane.metadata, namespace: mesh } }];
}

/** Rows that do not get what they want, by name, with what they get. */
async function failing(environment: Environment, objects: readonly KubeObject[]): Promise<Map<string, string>> {
  const wanted = rows(environment);
  const met = await askMesh(
    { ...environment, objects },
    wanted.map(([, call]) => call),
  );
  const results = wanted.map(([name, , want], index) => ({
    name,
    want: JSON.stringify(sorted(want)),
    got: JSON.stringify(sorted(asWanted(met[index]!, want))),
  }));
  return new Map(
    results.filter(({ want, got }) => want !== got).map(({ name, want, got }) => [name, `want ${want}, got ${got}`]),
  );
}

const sorted = (value: object | string) =>
  typeof value === 'string' ? value : Object.fromEntries(Object.entries(value).sort());

for (const environment of environments) {
  test(`${titleOf(environment)}: each of ${rows(environment).length} calls meets what it should`, async () => {
    assert.equal([...(await failing(environment, rendered.get(environment)!))], []);
  });
}

/** Each with the variants that together break all of its rows. */
const broken: readonly (readonly [environment: Environment, variants: readonly Variant[]])[] = [
  [environments[0]!, variants],
  [environments[3]!, plainVariants],
  [environments[4]!, mutualVariants],
];

for (const [environment, { name, object, change, fail }] of broken.flatMap(([e, all]) =>
  all.map(v => [e, v] as const),
)) {
  test(`${titleOf(environment)}, broken on purpose, ${name}: noticed`, async () => {
    const objects = structuredClone(rendered.get(environment)!);
    const found = objects.find(other => nameOf(other) === object);
    assert.ok(found, `${object} is in the chart`);
    change?.(found);
    const left = objects.filter(other => change !== null || other !== found);
    assert.equal([...(await failing(environment, left)).keys()], fail);
  });
}

for (const [environment, all] of broken)
  test(`${titleOf(environment)}: every row can fail`, () => {
    const failed = new Set(all.flatMap(({ fail }) => fail));
    assert.equal(
      rows(environment).flatMap(([name]) => (failed.has(name) ? [] : [name])),
      [],
    );
  });

test('the simulation is of the istiod that the cluster runs', () => {
  const versionOf = (name: string) =>
    /\sistio\.io\/istio v\S+/.exec(readFileSync(join(sourcesOf({ name, programs: {} }), 'go.mod'), 'utf8'))?.[0];
  assert.ok(versionOf('istio'));
  assert.is(versionOf('simulation'), versionOf('istio'));
});

const pod = { type: 'sidecar', pod: 'app', ip: '10.1.0.9', namespace: 'app', labels: {} } as const;
const question: Questions = {
  config: [],
  kubernetes: [],
  rootNamespace: 'istio-system',
  proxies: { app: pod },
  calls: [{ proxy: 'app', mode: 'inbound', port: 8080 }],
};

test('an answer names the AuthorizationPolicies that the call has still to pass', async () => {
  const policy = {
    apiVersion: 'security.istio.io/v1beta1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'deny-all', namespace: 'app' },
    spec: {},
  };
  assert.equal((await simulate({ ...question, config: [policy] }))[0]?.rbac, [
    { action: 'ALLOW', rules: ['ns[app]-policy[deny-all]-rule[0]'] },
  ]);
  assert.is((await simulate(question))[0]?.rbac, undefined);
});

const refusedRows: [name: string, change: object, want: RegExp][] = [
  ['no namespace of the control plane', { rootNamespace: '' }, /^simulation: rootNamespace is missing$/],
  ['an unknown key', { mesh: 1 }, /^simulation: the questions are no JSON as wanted: json: unknown field "mesh"$/],
  ['a call to nobody', { proxies: {} }, /^simulation: call 0: there is no proxy "app"$/],
  [
    'an unknown mode',
    { calls: [{ ...question.calls[0], mode: 'up' }] },
    /^simulation: call 0: mode is "up", not one of /,
  ],
  ['a pod without an address', { proxies: { app: { ...pod, ip: '' } } }, /^simulation: proxy app: ip is missing$/],
  ['no port', { calls: [{ ...question.calls[0], port: 0 }] }, /^simulation: call 0: 0 is no port$/],
  [
    'a kind that is not of Istio',
    { config: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' } }] },
    /^simulation: config: Pod app is no kind of Istio$/,
  ],
  ['an object without a kind', { kubernetes: [{ apiVersion: 'v1' }] }, /^simulation: .*Object 'Kind' is missing/],
];

for (const [name, change, want] of refusedRows) {
  test(`a bad question, ${name}: refused in one sentence`, async () => {
    const sentence = await simulate({ ...question, ...change }).then(
      () => 'answered',
      error => (error as Error).message,
    );
    assert.match(sentence, want);
    assert.not.match(sentence, '\n');
  });
}

test.run();
