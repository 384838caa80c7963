/** How large a tenant may be: what Helm stores, what the API server takes, and what grows with the namespaces. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { mostByList, mostByPrefix } from '../../generator/model/serverless-mesh-tenant/rules.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { namesOf, releaseBytes, valuesFile } from '../../scripts/bench/tenants.ts';
import { chartFolderOf, release } from '../chart/cases.ts';
import { inTurn, withHelm } from '../chart/with-helm.ts';
import { flat, type Manifest } from '../support/render.ts';

const test = suite('chart/tenant-size');
const testHelm = withHelm(test);
const usual = defaults(serverlessMeshTenant.values as Schema) as Values;
const most = mostByPrefix(63);

const valuesOf = (namespaces: readonly string[], more: Values = {}): Values =>
  mergeValues(usual, { name: 'orders', namespaces: [...namespaces], kafka: { enabled: true }, ...more });
/** The policies: what helm test makes does not grow with them. */
const objectsOf = (values: Values): Manifest['object'][] =>
  flat(evaluateChart(serverlessMeshTenant, values, release))
    .map(({ object }) => object)
    .filter(({ kind }) => kind === 'AuthorizationPolicy');
const bytesOf = (object: unknown) => Buffer.byteLength(JSON.stringify(object));
const place = ({ metadata }: Manifest['object']) => metadata as { readonly name: string; readonly namespace: string };

const domain = 'cluster.dc1.corp.example.com';
const prefix = { namespacePrefix: 'o-', cluster: { dnsDomain: domain } };
const tenants: readonly (readonly [name: string, values: Values])[] = [
  ...[20, 63].map(
    length =>
      [
        `the most that a list of names of ${length} may have`,
        valuesOf(namesOf(mostByList(length), length), { cluster: { dnsDomain: domain } }),
      ] as const,
  ),
  ['the most that there may be with a prefix', valuesOf(namesOf(most, 63), prefix)],
  ['5,000 with a prefix', valuesOf(namesOf(5000, 20), prefix)],
];
for (const [name, values] of tenants)
  test(`${name}: no rule refuses them, and no object has more than 200 KiB`, () => {
    assert.equal(checkValues(serverlessMeshTenant, values), []);
    const objects = objectsOf(values);
    const names = values.namespaces as string[];
    const own = objects.slice(-names.length);
    assert.equal(
      own.map(object => place(object).namespace),
      names,
    );
    // Those of the namespaces are alike.
    assert.equal(own.at(-1)!.spec, own[0]!.spec);
    const others = objects.slice(0, -names.length);
    assert.ok(Math.max(...[...others, own[0]].map(bytesOf)) < 200 * 1024);
  });

test('each namespace has its policy, and its hosts stand once in each workload of Knative', () => {
  const names = namesOf(301, 20);
  const objects = objectsOf(valuesOf(names));
  const own = objects.filter(object => !place(object).namespace.startsWith('knative-'));
  assert.equal(
    own.map(object => place(object)),
    names.map(namespace => ({ ...place(own[0]!), namespace })),
  );
  const workloads = new Map<string, string[]>();
  for (const object of objects.filter(found => !own.includes(found))) {
    const spec = object.spec as { rules: { to: { operation: { hosts?: string[] } }[] }[] };
    const [, workload] = /^allow-orders-to-(.*)-\d+$/.exec(place(object).name)!;
    for (const { to } of spec.rules) assert.equal(to, spec.rules[0]!.to, 'events go where the tenant itself may go');
    const hosts = spec.rules[0]!.to.flatMap(({ operation }) => operation.hosts ?? []);
    workloads.set(workload!, [...(workloads.get(workload!) ?? []), ...hosts]);
  }
  const want = names.flatMap(name => [`*.${name}`, `*.${name}.svc`, `*.${name}.svc.cluster.local`]);
  assert.is(workloads.size, 7);
  for (const [workload, hosts] of workloads) assert.equal(hosts, want, workload);
});

test('with a prefix, what is rendered grows as the namespaces do', () => {
  const size = (count: number) => bytesOf(objectsOf(valuesOf(namesOf(count, 20), { namespacePrefix: 'o-' })));
  const ratio = size(5000) / size(500);
  assert.ok(ratio > 9 && ratio < 11, `${ratio}`);
});

testHelm('the largest tenants that the rules accept fit into the 1 MiB in which Helm keeps a release', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-size-'));
  try {
    const files = [valuesFile(folder, namesOf(mostByList(63), 63), false), valuesFile(folder, namesOf(most, 63), true)];
    const chart = chartFolderOf(serverlessMeshTenant);
    const sizes = await inTurn(files, (helm, values) => releaseBytes(helm, { chart, values }, folder));
    assert.ok(sizes.length >= files.length);
    for (const { helm, index, result } of sizes) {
      assert.ok(result < 2 ** 20, `${helm.name}: ${files[index]} takes ${result} bytes`);
      // The limit is no smaller than it must be.
      assert.ok(result > 0.8 * 2 ** 20, `${helm.name}: ${files[index]} takes only ${result} bytes`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
