/** The script of the Job before uninstall, run against a kubectl that answers as each row says. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Values } from '../../generator/values/maps.ts';
import { everything, mapped, type Rule, runJob } from './run.ts';

const test = suite('jobs/uninstall');
const run = (rules: readonly Rule[], values: Values = everything, options = {}) =>
  runJob('serverless-mesh-uninstall', values, rules, options);

const is = (call: string, ...answers: string[]): Rule => ({ call, answers });
const services = 'get services.serving.knative.dev -A';
const brokers = 'get brokers.eventing.knative.dev -A';
const kafka = 'knativekafka.operator.serverless.openshift.io/knative-kafka -n knative-eventing';
const serving = 'knativeserving.operator.knative.dev/knative-serving -n knative-serving';
const eventing = 'knativeeventing.operator.knative.dev/knative-eventing -n knative-eventing';
const waitJob = 'job/serverless-mesh-wait -n istio-system';
const there = '["finalizers.example.com"] ';
const going = '["finalizers.example.com"] 2026-01-01T00:00:00Z';
const unknownKind = 'error: the server doesn\'t have a resource type "brokers"';

/** Objects that go as soon as one deletes them. */
const rules: readonly Rule[] = [
  ...[kafka, serving, eventing].map(object => is(`^get ${object}`, there, going, '')),
  is('^delete', 'deleted'),
  is('^get', ''),
];
const but = (...first: Rule[]): Rule[] => [...first, ...rules];
const deleted = (calls: readonly string[]) =>
  calls.flatMap(call => /^delete (.*) --ignore-not-found/.exec(call)?.[1] ?? []);
const long = { timeout: '60' };

for (const shell of ['sh', 'bash'])
  test(`${shell}: Kafka, Serving and Eventing go one after the other`, async () => {
    const { exitCode, said, calls } = await run(rules, everything, { shell, ...long });
    assert.is(exitCode, 0, said.join('\n'));
    assert.equal(deleted(calls), [kafka, serving, eventing]);
    const last = (call: string) => calls.findLastIndex(c => c.startsWith(call));
    const first = (call: string) => calls.findIndex(c => c.startsWith(call));
    assert.ok(last(`get ${kafka}`) < first(`get ${serving}`) && last(`get ${serving}`) < first(`get ${eventing}`));
    assert.is(said.at(-1), 'the resources of Knative are gone');
  });

test('what failed Jobs and tests left goes too, a Knative Service with all that it owns', async () => {
  const service = 'services.serving.knative.dev/mesh-verify -n shop';
  const left = [service, 'job/mesh-verify -n shop', 'configmap/mesh-verify -n shop', waitJob];
  const { exitCode, calls } = await run(but(...left.map(o => is(`^get ${o}`, ' ', ''))), everything, long);
  assert.is(exitCode, 0);
  assert.equal(deleted(calls), [...left, kafka, serving, eventing]);
  assert.ok(calls.includes(`delete ${service} --ignore-not-found --cascade=foreground --wait=false`));
});

test('domain mappings go before Knative, which their finalizers need', async () => {
  const mappings = ['shop', 'www'].map(name => `domainmappings.serving.knative.dev/${name}.example.com -n shop`);
  const { exitCode, calls } = await run(
    but(...mappings.map(mapping => is(`^get ${mapping}`, there, going, ''))),
    mapped,
    long,
  );
  assert.is(exitCode, 0);
  assert.equal(deleted(calls), [...mappings, kafka, serving, eventing]);
});

test('twice: the second time there is nothing to delete', async () => {
  const { exitCode, calls } = await run([is('^get', '')]);
  assert.is(exitCode, 0);
  assert.equal(deleted(calls), []);
});
test('what is being deleted already is waited for', async () => {
  const { exitCode, calls } = await run(but(is(`^get ${serving}`, going, going, '')), everything, long);
  assert.is(exitCode, 0);
  assert.equal(deleted(calls), [kafka, eventing]);
});
test('a cluster that knows none of the kinds', async () => {
  const { exitCode, calls } = await run([is('^get (job|configmap)/', ''), is('^get', unknownKind)]);
  assert.is(exitCode, 0);
  assert.equal(deleted(calls), []);
});

const inUse: readonly (readonly [name: string, rule: Rule, words: string])[] = [
  ['Knative Services', is(services, 'shop/cart shop/hello web/front '), '3 Knative Services, such as shop/cart'],
  ['Brokers', is(brokers, 'shop/default '), '1 Brokers, such as shop/default'],
];
for (const [name, rule, words] of inUse) {
  test(`in use: ${name}`, async () => {
    const { exitCode, said, calls } = await run(but(rule));
    assert.is(exitCode, 1);
    assert.equal(deleted(calls), []);
    assert.is(
      said.at(-1),
      `refused, for Knative is in use: ${words}; delete them, or set uninstall.allowInUse to true with helm upgrade`,
    );
  });
  test(`in use and allowed: ${name}`, async () => {
    const values = { ...everything, uninstall: { allowInUse: true } };
    const { exitCode, calls } = await run(but(rule), values, long);
    assert.is(exitCode, 0);
    assert.equal(deleted(calls), [kafka, serving, eventing]);
    assert.not.ok(calls.some(call => call.includes(' -A ')));
  });
}

const failing: readonly (readonly [name: string, rule: Rule, words: RegExp])[] = [
  [
    'not allowed to look whether Knative is in use: nothing is deleted',
    is(services, 'Error from server (Forbidden): services.serving.knative.dev is forbidden'),
    /^gave up waiting for a look at the Knative Services, .*: Error from server \(Forbidden\): services.serving/,
  ],
  [
    'the API server does not answer: nothing is deleted',
    is(brokers, 'Error from server (Timeout): it takes too long'),
    /^gave up waiting for a look at the Brokers, .*: Error from server \(Timeout\): it takes too long$/,
  ],
  [
    'a finalizer that nobody removes',
    is(`^get ${kafka}`, there, going),
    /^gave up waiting for the end of knativekafka.*: it is still there, finalizers: \["finalizers.example.com"\]; does its operator run\?$/,
  ],
  [
    'not allowed to delete',
    is('^delete knativekafka', 'Error from server (Forbidden): no'),
    /^gave up waiting for the end of knativekafka.*: Error from server \(Forbidden\): no$/,
  ],
];
for (const [name, rule, words] of failing)
  test(`fails: ${name}`, async () => {
    const stays = name.startsWith('not allowed to delete') ? [is(`^get ${kafka}`, there)] : [];
    const { exitCode, said, calls } = await run(but(rule, ...stays));
    assert.is(exitCode, 1);
    assert.match(said.at(-1)!, words);
    assert.equal(
      deleted(calls).filter(call => call !== kafka),
      [],
    );
  });

const off: readonly (readonly [name: string, values: Values, want: readonly string[]])[] = [
  ['without Kafka', {}, [serving, eventing]],
  ['Serving only', { eventing: { enabled: false } }, [serving]],
  ['Eventing only', { serving: { enabled: false } }, [eventing]],
];
for (const [name, values, want] of off)
  test(`values: ${name}`, async () => {
    const { exitCode, calls } = await run(rules, values, long);
    assert.is(exitCode, 0);
    assert.equal(deleted(calls), want);
    assert.is(
      calls.some(call => call.startsWith(services)),
      want.includes(serving),
    );
    assert.is(
      calls.some(call => call.startsWith(brokers)),
      want.includes(eventing),
    );
  });

test.run();
