/** Lists and whole objects that a value's items make: as people write them by hand, and what is not the chart's to take. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { KubeObject } from '../../generator/cluster/fields.ts';
import { valueAt } from '../../generator/import/setting.ts';
import { mergeValues as merged } from '../../generator/values/merge.ts';
import { caseNamed } from '../chart/cases.ts';
import { folderOf, imported, installedObjects } from './render.ts';

const test = suite('import: read back');

// biome-ignore lint/suspicious/noExplicitAny: a row reaches into objects of every kind.
type Anything = any;
const changed = (name: string, change: (o: Anything) => void): KubeObject[] => {
  const objects = structuredClone(installedObjects(caseNamed(name).values));
  for (const o of objects) change(o);
  return objects;
};
const fieldsOf = ({ remains }: Awaited<ReturnType<typeof imported>>) =>
  remains.fields.map(f => `${f.meaning} ${f.object} ${f.field}`);

test('entries of one workload written as one: the operator makes the same of them', async () => {
  const objects = changed('production', o => {
    if (!/^Knative/.test(o.kind)) return;
    const byName = new Map<string, Anything>();
    for (const entry of o.spec.workloads) byName.set(entry.name, { ...byName.get(entry.name), ...entry });
    // A second container of one of them.
    if (o.kind === 'KnativeServing')
      byName.get('activator').resources.push({ container: 'other', limits: { memory: '1Gi' } });
    o.spec.workloads = [...byName.values()].reverse();
  });
  const found = await imported(folderOf(objects));
  assert.equal(fieldsOf(found), []);
  for (const path of ['placement.nodeSelector', 'placement.tolerations', 'imagePullSecrets'])
    assert.equal(valueAt(found.values, path), valueAt(caseNamed('production').values, path), path);
  assert.is((valueAt(found.values, 'serving.resources') as unknown[]).length, 3);
});

for (const [generation, name] of [
  ['v2', 'shared'],
  ['v3', 'team-mesh'],
] as const)
  test(`${generation}: the name of another team's control plane that stands in monitors only`, async () => {
    const values = merged(caseNamed('monitoring').values, {
      mesh: { generation, namespace: 'shared-mesh', controlPlane: { create: false, name } },
    });
    const objects = installedObjects(values);
    const told = { meshNamespace: 'shared-mesh', meshGeneration: generation };
    const found = await imported(folderOf(objects), told);
    assert.is(valueAt(found.values, 'mesh.controlPlane.name'), name);
    assert.match(found.from.get('mesh.controlPlane.name') ?? '', /^(Pod|Service)Monitor \S+ mesh_id$/);
    assert.equal(fieldsOf(found), []);
    // Two of them say nothing, and so does what is no monitor of the chart.
    const [first] = objects.filter(o => o.kind === 'PodMonitor') as Anything[];
    const relabeling = { targetLabel: 'mesh_id', replacement: 'other-shared-mesh' };
    const other = { ...first, spec: { ...first.spec, podMetricsEndpoints: [{ relabelings: [relabeling] }] } };
    const renamed = { ...other, metadata: { ...other.metadata, name: 'theirs' } };
    const beside = await imported(folderOf([...objects, renamed]), told);
    assert.is(valueAt(beside.values, 'mesh.controlPlane.name'), name);
    const unclear = await imported(folderOf([other, ...objects.filter(o => o !== first)]), told);
    assert.not.ok(unclear.from.get('mesh.controlPlane.name')?.endsWith('mesh_id'));
  });

test('a toleration that no value says is lost, the others are not', async () => {
  const found = await imported(
    folderOf(
      changed('production', o => {
        if (o.kind !== 'KnativeKafka') return;
        for (const entry of o.spec.workloads.filter((e: Anything) => e.tolerations))
          entry.tolerations.push({ key: 'x', effect: 'NoExecute', tolerationSeconds: 5 });
      }),
    ),
  );
  assert.is((valueAt(found.values, 'placement.tolerations') as unknown[]).length, 2);
  const left = fieldsOf(found);
  assert.ok(left.length > 0);
  for (const line of left)
    assert.match(
      line,
      /^lost KnativeKafka .* spec\.workloads\[\d+\]\.tolerations\[2\]\.(key|effect|tolerationSeconds)$/,
    );
});

const mappings: readonly (readonly [why: string, change: (o: Anything) => void])[] = [
  ['of Argo CD', o => (o.metadata.annotations = { 'argocd.argoproj.io/tracking-id': 'shop:x' })],
  ['without a certificate', o => delete o.spec.tls],
  ['of no member', o => (o.metadata.namespace = 'elsewhere')],
  ['to another kind', o => (o.spec.ref = { apiVersion: 'v1', kind: 'Service', name: 'storefront' })],
];
for (const [why, change] of mappings)
  test(`a domain mapping ${why} stays its team's, and is in nobody's way`, async () => {
    const objects = changed('domain-mappings', o => {
      if (o.kind === 'DomainMapping' && o.metadata.name === 'shop.example.com') change(o);
    });
    const found = await imported(folderOf(objects));
    assert.equal(
      (valueAt(found.values, 'domainMappings') as { host: string }[]).map(m => m.host),
      ['www.blog.example.org'],
    );
    assert.equal([...fieldsOf(found), ...found.problems, ...found.remains.inexpressible], []);
  });

test('claims that Knative makes by itself are not taken', async () => {
  const objects = changed('domain-mappings', o => {
    if (o.kind === 'KnativeServing') delete o.spec.config.network;
  });
  const found = await imported(folderOf(objects));
  assert.is((valueAt(found.values, 'domainMappings') as unknown[]).length, 2);
  assert.not(found.remains.taken.some(o => o.kind === 'ClusterDomainClaim'));
  assert.equal(found.remains.inexpressible, []);
});

test.run();
