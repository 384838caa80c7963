import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { isLabel } from '../../generator/tenants/tenant.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { flat } from '../support/render.ts';

const test = suite('tenants: objects');

function namesOf(chart: Chart, given: Values): string[] {
  const values = mergeValues(defaults(chart.values as Schema) as Values, given);
  return flat(evaluateChart(chart, values, { name: String(given.name ?? 'r'), namespace: 'default' })).map(
    ({ object }) => {
      const { namespace, name } = object.metadata as { namespace?: string; name: string };
      return `${object.kind} ${namespace}/${name}`;
    },
  );
}

/** What names of objects consist of. */
const words = ['a', '1', 'to', 'allow', 'activator', 'traffic', 'imc-dispatcher', 'job-sink', 'kafka-broker-receiver'];
const joined = (a: readonly string[], b: readonly string[]) => a.flatMap(x => b.map(y => `${x}-${y}`));
const pairs = joined(words, words);
const tenantNames = [
  ...words,
  ...pairs,
  ...joined(pairs, words),
  'a-to-activator-1',
  'a-to-activator-2',
  'a-to-job-sink-1',
].filter(isLabel);

test('tenants of different names have no object in common, with each other or with the mesh', () => {
  const isolation = { isolation: { enabled: true }, kafka: { enabled: true, bootstrapServers: ['a:9092'] } };
  const all = new Set(
    ['v2', 'v3'].flatMap(generation => namesOf(serverlessMesh, { ...isolation, mesh: { generation } })),
  );
  assert.ok(all.has('AuthorizationPolicy knative-serving/allow-traffic-to-activator'));
  const before = all.size;
  let count = 0;
  for (const [i, name] of [...new Set(tenantNames)].entries()) {
    // Some with two parts of 150 namespaces, whose names end with 1 and 2.
    const namespaces = Array.from({ length: i % 40 === 0 ? 151 : 1 }, (_, j) => `n-${i}-${j}`);
    const names = namesOf(serverlessMeshTenant, { name, namespaces, kafka: { enabled: true } });
    for (const object of names) all.add(object);
    count += names.length;
  }
  assert.is(all.size - before, count);
  assert.ok(count > 6000);
});

test.run();
