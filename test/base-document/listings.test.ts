import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withBaseDocument } from './document.ts';
import { listingsOf, withoutCallouts } from './listings.ts';
import { idOf, objectsOf } from './parse.ts';
import { scenarios } from './scenarios.ts';

const test = suite('base document: listings');

/** Commands and output, which make no object that a chart could have: how often, and where their part is done. */
const notCompared: [RegExp, times: number, reason: string][] = [
  [/^\$ openssl /, 3, 'compared in certificates.test.ts'],
  [/^\$ oc create .*secret tls /, 1, 'compared as the Secret that it makes'],
  [/^\$ oc get (gateway|svc) /, 2, 'a prerequisite: _cluster.tpl and the preflight command check it'],
  [/^\$ oc apply -f /, 9, 'helm install does it'],
  [/^\$ oc label namespace /, 2, 'for OpenShift Serverless 1.21.1 and earlier only'],
  [/^\$ curl /, 2, 'helm test does it'],
  [
    /^knative-serving\/knative-ingress-gateway |^istio-system +istio-ingressgateway |^Hello Openshift!$/,
    3,
    'example output',
  ],
];

const rows: [name: string, yaml: string, callouts: number[], want: string][] = [
  ['none', 'port: 80\ntargetPort: 8081', [], 'port: 80\ntargetPort: 8081'],
  ['a scalar, a list, a key', 'a: true 1\n- b 2\nc: 3\n- 8444 # x', [1, 2, 3], 'a: true\n- b\nc:\n- 8444 # x'],
  ['a string', 'a: "true" 1\nport: 443', [1], 'a: "true"\nport: 443'],
];
for (const [name, yaml, callouts, want] of rows)
  test(`callouts: ${name}`, () => assert.is(withoutCallouts(yaml, callouts, 1), want));

const refused: [name: string, yaml: string, callouts: number[], message: string][] = [
  ['a value that may be one', 'a: x 1\nreplicas: 1', [1], 'line 7: callouts 1 are explained, lines end in 1 1'],
  ['one without a line', 'a: x 1', [1, 2], 'line 7: callouts 1 2 are explained, lines end in 1'],
  ['another order', 'a: x 2\nb: x 1', [1, 2], 'line 7: callouts 1 2 are explained, lines end in 2 1'],
  ['a gap', 'a: x 2', [2], 'line 7: callouts 2 are explained, lines end in 2'],
];
for (const [name, yaml, callouts, message] of refused)
  test(`callouts: refuses ${name}`, () => assert.throws(() => withoutCallouts(yaml, callouts, 7), new RegExp(message)));

for (const code of ['replicas: 1', '- item', 'metadata.name: x', '"a/b": true']) {
  test(`refuses code outside of a listing: ${code}`, () =>
    assert.throws(() => listingsOf(`1.1. Title\n\nSome text.\n\n    ${code}\n`), /line 5: looks like code/));
}

withBaseDocument(test, text => {
  const listings = listingsOf(text);
  const yaml = listings.filter(({ kind }) => kind === 'yaml');

  test('every listing is read: 14 of YAML, 19 commands, 3 outputs', () => {
    const count = (kind: string) => listings.filter(listing => listing.kind === kind).length;
    assert.equal([yaml.length, count('command'), count('output')], [14, 19, 3]);
  });

  test('what is no YAML is left out for a reason', () => {
    const others = listings.filter(({ kind }) => kind !== 'yaml').map(listing => listing.text);
    const unwrapped = others.map(other => other.replace(/\\\n/g, ''));
    const times = notCompared.map(([pattern]) => unwrapped.filter(other => pattern.test(other)).length);
    assert.equal(
      times,
      notCompared.map(([, expected]) => expected),
    );
    assert.equal(
      unwrapped.filter(other => !notCompared.some(([pattern]) => pattern.test(other))),
      [],
    );
  });

  test('every piece of YAML is compared in some scenario', () => {
    const sections = yaml.map(({ section }) => section);
    const isCompared = (section: string) => scenarios.some(s => s.applied.test(section) || s.changedBy === section);
    assert.equal(
      sections.filter(section => !isCompared(section)),
      [],
    );
  });

  test('the objects are those of the document', () => {
    const objects = objectsOf(listings, scenarios[0]!.placeholders);
    assert.equal(
      objects.map(({ listing, object }) => `${listing.section} ${listing.step} ${idOf(object)}`),
      [
        '1.4.2 1 ServiceMeshControlPlane istio-system/basic',
        '1.4.2 2 ServiceMeshMemberRoll istio-system/default',
        '1.4.2 4 Gateway knative-serving/knative-ingress-gateway',
        '1.4.2 4 Gateway knative-serving/knative-local-gateway',
        '1.4.2 4 Service istio-system/knative-local-gateway',
        '1.4.3 1 KnativeServing knative-serving/knative-serving',
        '1.4.3 3 KnativeEventing knative-eventing/knative-eventing',
        '1.4.3 5 KnativeKafka knative-eventing/knative-kafka',
        '1.4.3 7 ServiceEntry knative-eventing/kafka-cluster',
        '1.4.4 1 Service your-projects/mesh-verify',
        '1.5 1 KnativeServing knative-serving',
        '1.5 2 NetworkPolicy knative-serving/allow-from-openshift-monitoring-ns',
        '1.5 3 ServiceMeshControlPlane istio-system/basic',
        '1.6 1 ServiceMeshMemberRoll istio-system/default',
        '1.6 3 NetworkPolicy your-projects/allow-from-serving-system-namespace',
        '1.7 0 KnativeServing knative-serving/knative-serving',
      ],
    );
  });

  test('refuses a placeholder without a value, and one that is not there', () => {
    const { '<namespace>': _, ...without } = scenarios[0]!.placeholders as Record<string, string>;
    assert.throws(() => objectsOf(listings, without), /line \d+: no value for <namespace>/);
    assert.throws(() => objectsOf(listings, { ...without, '<nowhere>': 'x' }), /the document has no <nowhere>/);
  });
});

test.run();
