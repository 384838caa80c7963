/** What the chart renders, as a folder: whatever the values, nothing of it is broken. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Case, cases, generationOf, goldenObjects, tenantCases, twins } from '../chart/cases.ts';
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

const linesFor = async (...rendered: readonly Case[]) => {
  const objects = rendered.flatMap(c => goldenObjects(c).map(({ object }) => object)) as unknown as Objects;
  return linesOf(await diagnosed(objects, 'folder'));
};
const seen = new Set<string>();
for (const c of cases)
  test(c.name, async () => {
    const lines = await linesFor(c);
    assert.equal(lines, elsewhere[c.name] ?? []);
    if (lines.length > 0) seen.add(c.name);
  });
for (const c of twins)
  test(c.name, async () => {
    const wanted = elsewhere[c.name.replace(/ on v[23]$/, '')] ?? [];
    const gateway = generationOf(c) === 'v3' ? 'knative-serving-ingress' : 'istio-system';
    assert.equal(
      await linesFor(c),
      // An IstioCNI is of Service Mesh 3 only.
      wanted.filter(l => !l.includes('IstioCNI')).map(l => l.replace('istio-system', gateway)),
    );
  });
for (const tenant of tenantCases)
  for (const mesh of cases.filter(c => c.name.startsWith('isolation')))
    test(`tenant ${tenant.name} in ${mesh.name}`, async () => {
      assert.equal(await linesFor(mesh, tenant), []);
    });

test('each exception occurs', () => {
  assert.equal([...seen].sort(), Object.keys(elsewhere).sort());
});

test.run();
