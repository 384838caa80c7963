/** What docs/production.md says of each value: it sets these fields, with both generations, and without it they are not there. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults, fields } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { production } from '../../generator/model/facts/production.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart, ruleFindings } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { caseNamed, goldenManifests } from './cases.ts';

const test = suite('chart/production');
const usual = mergeValues(defaults(serverlessMesh.values as Schema) as Values, {
  mesh: { members: ['orders'] },
  kafka: { enabled: true, bootstrapServers: ['my-cluster-kafka-bootstrap.kafka:9092'] },
});
const paths = fields(serverlessMesh.values as Schema).map(({ path }) => path);

/** Whether some item has the field; `[]` stands for any item of a list. */
function has(at: unknown, keys: readonly string[]): boolean {
  const [key, ...rest] = keys;
  if (key === undefined) return at !== undefined;
  if (key === '[]') return Array.isArray(at) && at.some(item => has(item, rest));
  return typeof at === 'object' && at !== null && has((at as Record<string, unknown>)[key], rest);
}
const objectsOf = (values: Values) =>
  evaluateChart(serverlessMesh, values, { name: 'a', namespace: 'b' }).map(({ object }) => object);
/** How many objects of the kind have the field. */
const found = (objects: readonly object[], [kind, path = '']: readonly string[]) =>
  objects.filter(o => (o as { kind: string }).kind === kind && has(o, path.replaceAll('[]', '.[]').split('.'))).length;

test('every value of a row is one', () =>
  assert.equal(
    production.map(row => row.value).filter(value => !paths.includes(value)),
    [],
  ));

for (const { value, example, beside = {}, fields: named } of production)
  for (const [index, generation] of (['v2', 'v3'] as const).entries())
    test(`${value}, ${generation}`, () => {
      const without = mergeValues(usual, { mesh: { generation } });
      const set = value.split('.').reduceRight<unknown>((below, key) => ({ [key]: below }), example);
      const values = mergeValues(mergeValues(without, beside as Values), set as Values);
      assert.equal(ruleFindings(serverlessMesh, values), []);
      const text = named[index] ?? named[0];
      const [before, after] = [objectsOf(without), objectsOf(values)];
      if (text === 'nothing') assert.equal(after, before);
      else
        for (const field of text.split(', ')) {
          const count = (objects: readonly object[]) => found(objects, field.split(' '));
          assert.ok(count(after) > count(before), `${field} is not set, or also without it`);
        }
    });

test('the router is admitted to the gateways and to the add-ons that have a route, and to no other pod', () => {
  const admitted = (controlPlane: object) =>
    evaluateChart(
      serverlessMesh,
      mergeValues(caseNamed('network-policies').values, { mesh: { controlPlane } } as Values),
      { name: 'a', namespace: 'b' },
    )
      .map(({ object }) => object as { kind: string; metadata: { name: string }; spec: { podSelector: object } })
      .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.startsWith('allow-from-router'))
      .map(({ metadata, spec }) => [metadata.name, Object.keys(spec.podSelector).length > 0]);
  const [gateway, addons, jaeger] = ['', '-to-addons', '-to-jaeger'].map(which => [`allow-from-router${which}`, true]);
  assert.equal(admitted({}), [addons, jaeger, gateway]);
  assert.equal(admitted({ addons: { enabled: false } }), [jaeger, gateway]);
  assert.equal(admitted({ tracing: { type: 'none' } }), [addons, gateway]);
});

test('the namespace of a control plane that is not ours gets no NetworkPolicy, which would close it to its other members', () => {
  const namespaces = goldenManifests(caseNamed('network-policies-foreign-mesh'))
    .filter(({ object }) => object.kind === 'NetworkPolicy')
    .map(({ object }) => (object.metadata as { namespace: string }).namespace);
  assert.equal([...new Set(namespaces)].sort(), ['knative-eventing', 'knative-serving', 'orders']);
});

test.run();
