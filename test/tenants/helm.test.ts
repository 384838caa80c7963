import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runTenants } from '../../generator/commands/tenants.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { chartFolderOf } from '../chart/cases.ts';
import { inTurn, withHelm } from '../chart/with-helm.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';
import { runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { parseManifests } from '../support/render.ts';

const test = suite('tenants: Helm');
const testHelm = withHelm(test);
const folder = newFolder();

/** For all files, for the tenants of one file, and the tenants of that file. */
const common: Values = { trustDomain: 'example.org', commonLabels: { a: '1', b: '2' }, mesh: { generation: 'v3' } };
const shared: Values = { kafka: { enabled: true }, commonLabels: { b: '3' }, commonAnnotations: { note: 'x: y' } };
const tenants: readonly (Values & { readonly name: string })[] = [
  { name: 'orders', namespaces: ['orders', 'orders-db'] },
  { name: 'shop', namespacePrefix: 'shop-', namespaces: Array.from({ length: 151 }, (_, i) => `shop-${i}`) },
  { name: 'no-kafka', namespaces: ['n'], kafka: { enabled: false }, commonLabels: { c: '4' } },
  { name: 'serving-only', namespaces: ['s'], kafka: { enabled: false }, eventing: { enabled: false } },
  { name: '1e3', namespaces: ['t'], serving: { enabled: false }, argocd: { syncWaves: true } },
];
const files = [
  put(folder, 'common.yaml', JSON.stringify({ defaults: common })),
  put(folder, 'tenants.yaml', JSON.stringify({ defaults: shared, tenants })),
];

testHelm('each tenant is what helm template gives for its name and its values', async () => {
  const { status, out } = await inProcess(io => runTenants({ files, meshFiles: [], check: false, output: 'json' }, io));
  assert.is(status, 0);
  const ours = JSON.parse(out) as { tenant: string; manifests: object[] }[];
  assert.equal(
    ours.map(({ tenant }) => tenant),
    tenants.map(({ name }) => name),
  );
  const results = await inTurn(tenants, async (helm, tenant) => {
    const values = [common, shared, tenant].map((v, i) => put(folder, `${tenant.name}-${i}.yaml`, jsonForHelm(v)));
    const layers = values.flatMap(file => ['-f', file]);
    const { stdout } = await runHelm(helm, [
      'template',
      tenant.name,
      chartFolderOf(serverlessMeshTenant),
      '--skip-tests',
      ...layers,
    ]);
    return parseManifests(stdout).map(({ object }) => object);
  });
  assert.ok(results.length >= tenants.length);
  for (const { helm, index, result } of results)
    assert.equal(ours[index]!.manifests, result, `${helm.name}: ${tenants[index]!.name}`);
  for (const { tenant, manifests } of ours) assert.ok(manifests.length > 0, tenant);
});

test.run();
