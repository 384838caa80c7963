/** What the chart renders, as a folder: whatever the values, nothing of it is broken. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cases, goldenObjects } from '../chart/cases.ts';
import { diagnosed, linesOf, type Objects } from './good.ts';

const test = suite('doctor: charts');

/** The control plane is somebody else's, and not in this folder. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'existing-control-plane': ['S3 risk KnativeServing knative-serving/knative-serving: spec.ingress.istio.enabled'],
  'service-mesh-3-existing': ['S3 risk KnativeServing knative-serving/knative-serving: spec.ingress.istio.enabled'],
  'network-policies-foreign-mesh': [
    'S3 risk KnativeServing knative-serving/knative-serving: spec.ingress.istio.enabled',
  ],
  staging: ['S3 risk KnativeServing knative-serving/knative-serving: spec.ingress.istio.enabled'],
  'service-mesh-3-mutual': ['S3 risk IstioCNI default: '],
  // The case has PEM that is none.
  'inline-certificate': [
    'P3 breaks Secret istio-system/ci-wildcard: data',
    'P3 breaks Secret istio-system/ci-wildcard: data',
  ],
};

const seen = new Set<string>();
for (const c of cases)
  test(c.name, async () => {
    const objects = goldenObjects(c).map(({ object }) => object) as unknown as Objects;
    const lines = linesOf(await diagnosed(objects, 'folder'));
    assert.equal(lines, elsewhere[c.name] ?? []);
    if (lines.length > 0) seen.add(c.name);
  });

test('each exception occurs', () => {
  assert.equal([...seen].sort(), Object.keys(elsewhere).sort());
});

test.run();
