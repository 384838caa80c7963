/** The values for Service Mesh 3. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runRender } from '../../generator/commands/render.ts';
import { runValidate } from '../../generator/commands/validate.ts';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { valuesFor3 } from '../../generator/migrate/values.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';
import { canary, leaks } from '../values/canary.ts';
import { fileOf, movable, planOfFile, readValues, runPlan } from './plans.ts';

const test = suite('migrate: values');
const folder = newFolder();
const base = defaults(serverlessMesh.values as Schema) as Values;

const render = (files: readonly string[]) =>
  inProcess(io =>
    runRender({ environments: [], files, engine: 'model', releaseName: 'a', namespace: 'b', output: 'yaml' }, io),
  );

for (const { name, file } of movable)
  test(`${name}: the file is valid, and renders Service Mesh 3 only`, async () => {
    const valuesOut = join(folder, `${name}.yaml`);
    const plan = await runPlan(file, { valuesOut });
    assert.equal([plan.status, plan.talk], [0, `wrote ${valuesOut}\n`]);
    const valid = await inProcess(io => runValidate({ environments: [], files: [valuesOut], output: 'text' }, io));
    assert.equal(valid, { status: 0, out: '', talk: 'values: ok\n' });
    const { status, out, talk } = await render([valuesOut]);
    assert.equal([status, talk], [0, '']);
    assert.not.match(out, /^apiVersion: maistra.io/m);
    assert.match(out, /disable-istio-net-policies-generation: 'true'/);
    // What the file prints is what the plan says.
    const { values, leftOut } = await planOfFile(file);
    const written = readValues(readFileSync(valuesOut, 'utf8'));
    if (leftOut.length === 0) assert.equal(written, values);
    else assert.not.equal(written, values);
    assert.is(statSync(valuesOut).mode & 0o777, leftOut.length === 0 ? 0o644 : 0o600);
  });

const mutual = { gateway: { local: { tls: 'mutual' } } };
/** Overrides before, and after. */
const rows: readonly (readonly [name: string, before: Values, after: Values])[] = [
  ['nothing', {}, { mesh: { generation: 'v3' }, ...mutual }],
  [
    'an older Serverless',
    { serverless: { release: 'v1.36' } },
    { serverless: { release: 'v1.37' }, mesh: { generation: 'v3' }, ...mutual },
  ],
  [
    'a newer one stays',
    { serverless: { release: 'v1.38' } },
    { serverless: { release: 'v1.38' }, mesh: { generation: 'v3' }, ...mutual },
  ],
  [
    'what only Service Mesh 2 knows',
    {
      mesh: {
        generation: 'v2',
        namespace: 'other',
        memberRoll: { create: true },
        serviceMeshMembers: { create: true },
        controlPlane: {
          name: 'basic',
          version: 'v2.7',
          allowUnknownVersion: true,
          identity: 'ThirdParty',
          manageNetworkPolicy: false,
          addons: { enabled: false },
          terminationDrainDuration: '1m',
        },
      },
    },
    { mesh: { generation: 'v3', namespace: 'other', controlPlane: { terminationDrainDuration: '1m' } }, ...mutual },
  ],
  [
    'a map that is empty then',
    { mesh: { controlPlane: { version: 'v2.6' } } },
    { mesh: { generation: 'v3' }, ...mutual },
  ],
  [
    'a choice of the local gateway stays',
    { gateway: { local: { tls: 'plain' } } },
    { gateway: { local: { tls: 'plain' } }, mesh: { generation: 'v3' } },
  ],
  [
    'without Serving there is no gateway',
    { serving: { enabled: false } },
    { serving: { enabled: false }, mesh: { generation: 'v3' } },
  ],
  [
    'the namespace of the test was on the roll of somebody else',
    {
      cluster: { appsDomain: 'a.b' },
      mesh: { members: ['a'], memberRoll: { create: false } },
      verify: { namespace: 'b' },
    },
    {
      cluster: { appsDomain: 'a.b' },
      mesh: { members: ['a', 'b'], generation: 'v3' },
      verify: { namespace: 'b' },
      ...mutual,
    },
  ],
];
for (const [name, before, after] of rows)
  test(`values: ${name}`, () => {
    const given = structuredClone(before);
    const { values, changes } = valuesFor3(before, mergeValues(base, before));
    assert.equal(values, after);
    assert.equal(before, given);
    assert.ok(changes.every(c => c.why.length > 10));
  });

test('comments on top of the file say what changed', async () => {
  const file = fileOf({ mesh: { controlPlane: { version: 'v2.6', name: 'basic' } } });
  const { out } = await runPlan(file);
  for (const line of [
    `# Values for Service Mesh 3, made by serverless-mesh migrate-plan from ${file}.`,
    '# - mesh.generation is v3: Service Mesh 3',
    '# - mesh.controlPlane.version is left out: it named a version of Service Mesh 2; without it you get the version that the chart is tested with',
    '# - gateway.local.tls is mutual: as it was with Service Mesh 2; the documentation of Service Mesh 3 has plain',
  ])
    assert.ok(out.includes(`\n${line}\n`), line);
  assert.match(
    out,
    /# - mesh.controlPlane.name is left out: it named the ServiceMeshControlPlane; an Istio of that name/,
  );
});

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
/** Where a private key stands, which place is told of it, and the values. */
const keyRows: readonly (readonly [place: string, values: Values])[] = [
  [
    'gateway.tls.inline.privateKey',
    { gateway: { tls: { source: 'inline', inline: { certificate, privateKey: canary } } } },
  ],
  ['serving.config.custom.pem', { serving: { config: { custom: { pem: canary } } } }],
];
for (const [place, values] of keyRows)
  test(`a private key in ${place} is in no output, and only in a file of its owner`, async () => {
    const file = fileOf(values);
    const valuesOut = join(folder, 'key.yaml');
    for (const options of [{}, { output: 'json' }, { valuesOut }, { valuesOut, output: 'json' }] as const) {
      // One that others may read gives way.
      put(folder, 'key.yaml', '', 0o666);
      const { status, out, talk } = await runPlan(file, options);
      assert.is(status, 0);
      assert.equal(leaks([out, talk]), []);
      if (!('valuesOut' in options)) continue;
      assert.is(statSync(valuesOut).mode & 0o777, 0o600);
      assert.equal(leaks([readFileSync(valuesOut, 'utf8')]).length, 1);
    }
    assert.ok((await runPlan(file)).out.includes(`Without ${place}, which only --values-out writes.`));
    assert.equal((await planOfFile(file)).leftOut, [place]);
  });

test.run();
