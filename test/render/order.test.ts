import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inHelmOrder, type Rendered } from '../../generator/render/order.ts';
import { helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { parseManifests } from '../support/render.ts';

const test = suite('render: order');

const given = (source: string, kind: string, name = kind, hook?: string): Rendered => ({
  source,
  object: { kind, metadata: { name, ...(hook === undefined ? {} : { annotations: { 'helm.sh/hook': hook } }) } },
});
const shown = (items: readonly Rendered[]) =>
  items.map(({ source, object }) => `${source} ${object.kind}/${(object.metadata as { name: string }).name}`);

const rows: readonly [name: string, given: readonly Rendered[], want: readonly string[]][] = [
  ['nothing', [], []],
  [
    'kinds in the order of installation, whatever their template',
    [
      given('a', 'Job'),
      given('b', 'Service'),
      given('c', 'ServiceAccount'),
      given('d', 'Namespace'),
      given('e', 'Secret'),
    ],
    ['d Namespace/Namespace', 'c ServiceAccount/ServiceAccount', 'e Secret/Secret', 'b Service/Service', 'a Job/Job'],
  ],
  [
    'kinds that Helm does not know come last, by name',
    [given('a', 'KnativeServing'), given('b', 'Gateway'), given('c', 'Job'), given('d', 'AuthorizationPolicy')],
    ['c Job/Job', 'd AuthorizationPolicy/AuthorizationPolicy', 'b Gateway/Gateway', 'a KnativeServing/KnativeServing'],
  ],
  [
    'one kind stays in the order given, known or not',
    [given('a', 'Secret', 'z'), given('a', 'Gateway', 'y'), given('b', 'Secret', 'a'), given('b', 'Gateway', 'b')],
    ['a Secret/z', 'b Secret/a', 'a Gateway/y', 'b Gateway/b'],
  ],
  [
    'hooks come after everything else, in the same order',
    [
      given('a', 'Job', 'hook', 'test'),
      given('b', 'Namespace', 'hook', 'pre-install'),
      given('c', 'Gateway'),
      given('d', 'Namespace'),
      given('e', 'Zebra', 'hook', 'test'),
    ],
    ['d Namespace/Namespace', 'c Gateway/Gateway', 'b Namespace/hook', 'a Job/hook', 'e Zebra/hook'],
  ],
  [
    'an annotation of another name makes no hook',
    [
      { source: 'a', object: { kind: 'Job', metadata: { name: 'x', annotations: { 'helm.sh/hook-weight': '1' } } } },
      given('b', 'Secret', 'x', 'test'),
    ],
    ['a Job/x', 'b Secret/x'],
  ],
];
for (const [name, items, want] of rows) {
  test(name, () => {
    const before = structuredClone(items);
    assert.equal(shown(inHelmOrder(items)), want);
    assert.equal(items, before);
  });
}

/** Kinds that charts of ours have or may have, and unknown ones. */
const kinds = [
  ...['Namespace', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount', 'Secret', 'ConfigMap', 'ClusterRole'],
  ...['ClusterRoleBinding', 'Role', 'RoleBinding', 'Service', 'Deployment', 'HorizontalPodAutoscaler', 'Job'],
  ...['Gateway', 'DestinationRule', 'ServiceEntry', 'AuthorizationPolicy', 'KnativeServing', 'ServiceMeshControlPlane'],
];
/** Two templates for each kind, the last kinds first; the second holds two objects and a hook. */
const rendered: Rendered[] = kinds.toReversed().flatMap((kind, i) => {
  const [one, two] = ['x', 'y/z'].map(path => `order/templates/${String.fromCharCode(97 + i)}/${path}.yaml`);
  return [
    given(one!, kind, 'one'),
    given(two!, kind, 'zwei'),
    given(two!, kind, 'hook', 'test'),
    given(two!, kind, 'drei'),
  ];
});

if (helms().length === 0) {
  console.log('SKIPPED: no helm to compare the order with');
  test.skip('the order of helm');
}
for (const helm of helms()) {
  test(`the order is that of ${helm.name}`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'order-'));
    writeFileSync(join(dir, 'Chart.yaml'), 'apiVersion: v2\nname: order\nversion: 0.0.1\n');
    for (const { source } of rendered) {
      const path = join(dir, source.slice('order/'.length));
      mkdirSync(join(path, '..'), { recursive: true });
      const objects = rendered
        .filter(r => r.source === source)
        .map(r => jsonForHelm({ apiVersion: 'v1', ...r.object }));
      writeFileSync(path, objects.join('---\n'));
    }
    const { stdout } = await runHelm(helm, ['template', dir]);
    assert.equal(shown(inHelmOrder(rendered)), shown(parseManifests(stdout)));
    rmSync(dir, { recursive: true });
  });
}

test.run();
