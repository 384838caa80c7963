/** Values from which no way leads to Service Mesh 3. */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newFolder, put } from '../cli/project.ts';
import { runPlan } from './plans.ts';

const test = suite('migrate: refusals');
const folder = newFolder();

const rows: readonly (readonly [name: string, yaml: string, talk: string])[] = [
  ['v3 already', 'mesh: {generation: v3}', 'values: mesh.generation is v3 already, so there is nothing to migrate.'],
  [
    'kourier',
    'serving: {ingress: kourier}',
    'values: serving.ingress is kourier, which is for Service Mesh 2 only, so there is no way to 3; set serving.ingress to istio first.',
  ],
  ['a finding', 'serving: {ingress: nope}', 'FILE:1: serving.ingress: is "nope"; write istio or kourier'],
  [
    'no YAML',
    'mesh: "',
    "FILE:2: cannot be read as YAML: deficient indentation; align the lines; put a text with ': ' or a special first character in quotes",
  ],
  [
    'values that Service Mesh 3 refuses',
    'mesh: {namespace: istio-cni}',
    'mesh.namespace: for Service Mesh 3: is istio-cni, the namespace of the CNI plugin; write another one, for example istio-system',
  ],
];
for (const [name, yaml, talk] of rows)
  test(name, async () => {
    const file = put(folder, `${name}.yaml`, `${yaml}\n`);
    for (const output of ['text', 'json'] as const)
      assert.equal(await runPlan(file, { output }), { status: 1, out: '', talk: `${talk.replace('FILE', file)}\n` });
  });

test('--values-out never replaces the values of now', async () => {
  const file = put(folder, 'now.yaml', 'mesh: {members: [a]}\n');
  const { status, out, talk } = await runPlan(file, { valuesOut: `${folder}/x/../now.yaml` });
  assert.equal([status, out], [2, '']);
  assert.match(talk, /is one of the values files of now, which the way back needs; name another --values-out\.\n$/);
  assert.is(readFileSync(file, 'utf8'), 'mesh: {members: [a]}\n');
});

test('a missing file', async () => {
  const { status, talk } = await runPlan('none.yaml');
  assert.equal([status, talk], [2, 'none.yaml: there is no such file; name a readable values file.\n']);
});

test.run();
