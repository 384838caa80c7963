/**
 * The property that makes the values schema worth trusting: whatever values it and the rules allow, the API server takes
 * every object strictly, and istiod has nothing against it. Environment: ACCEPTED_SETS (300), ACCEPTED_SEED (random).
 */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { arbitraryValues, overridesOf, type Values } from '../fuzz/random-values.ts';
import { parallel } from '../support/helm.ts';
import { flat } from '../support/render.ts';
import { kubernetesVersions } from './modules.ts';
import type { KubeObject } from './objects.ts';
import { refusal, releaseName, releaseNamespace } from './releases.ts';
import { endShared, sharedCluster } from './shared.ts';
import { clusterSuite } from './suite.ts';

const count = Number(process.env.ACCEPTED_SETS ?? 300);
const seed = Number(process.env.ACCEPTED_SEED ?? Math.floor(Math.random() * 2 ** 31));
const release = { name: releaseName, namespace: releaseNamespace };

interface Refused {
  readonly object: KubeObject;
  readonly message: string;
  readonly values: Values;
}

const test = clusterSuite(`accepted (${count} value sets, seed ${seed})`, { allKinds: true });

test.after(() => endShared('mesh'));

/** Objects of all sets, each different one once, with the first values that gave it. */
function objectsOf(chart: Chart, sets: readonly Values[]): { object: KubeObject; values: Values }[] {
  const byText = new Map<string, { object: KubeObject; values: Values }>();
  for (const values of sets) {
    for (const { object } of flat(evaluateChart(chart, values, release))) {
      const text = JSON.stringify(object);
      if (!byText.has(text)) byText.set(text, { object: object as unknown as KubeObject, values });
    }
  }
  return [...byText.values()];
}

/** What is wrong, without which object and which texts it is about. */
const sortOf = (message: string) =>
  message
    .replace(/^.* is invalid: /, '')
    .replace(/^\S+ was .* and became .*/s, 'changed')
    .replace(/"[^"]*"|\d+/g, '…');

/** Each sort of refusal once: how often, of which kinds, and the plainest values that lead to it. */
function report(chart: Chart, refused: readonly Refused[]): string {
  const sorts = [...new Set(refused.map(({ message }) => sortOf(message)))];
  return sorts
    .map(sort => {
      const group = refused.filter(({ message }) => sortOf(message) === sort);
      const kinds = [...new Set(group.map(({ object }) => object.kind))].sort();
      const texts = group.map(({ values }) => JSON.stringify(overridesOf(chart, values)));
      const given = texts.reduce((least, text) => (text.length < least.length ? text : least));
      const { object, message } = group[texts.indexOf(given)] as Refused;
      const heading = `${group.length} times, of ${kinds.join(', ')}: ${message}`;
      const short = (text: string) => text.slice(0, 2000);
      return `${heading}\n  values: ${short(given)}\n  object: ${short(JSON.stringify(object))}`;
    })
    .join('\n');
}

for (const [chart, sets] of [
  [serverlessMesh, count],
  // A chart of few values.
  [serverlessMeshOperators, Math.min(count, 100)],
  [serverlessMeshTenant, Math.min(count, 30)],
] as const)
  test(`${chart.name}: every object of random valid values is accepted`, async () => {
    const cluster = await sharedCluster(kubernetesVersions[1], 'mesh');
    const objects = objectsOf(chart, fc.sample(arbitraryValues(chart), { numRuns: sets, seed }));
    assert.ok(objects.length > sets, `only ${objects.length} objects`);
    const namespaces = new Set(objects.flatMap(({ object }) => object.metadata.namespace ?? []));
    await parallel([...namespaces], 8, async name => {
      const { status, body } = await cluster.objects.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
      assert.ok(status === 201 || status === 409, `namespace ${name}: ${JSON.stringify(body)}`);
    });
    const answers = await parallel(objects, 8, async ({ object, values }) => {
      const message = await refusal(cluster, object);
      return message === undefined ? [] : [{ object, message, values }];
    });
    assert.is(report(chart, answers.flat()), '');
    process.stdout.write(
      `${objects.length} different objects of ${sets} value sets, in ${namespaces.size} namespaces\n`,
    );
  });

test.run();
