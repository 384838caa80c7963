/** The evaluator means what Istio's reference says, and refuses what it does not know. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decide } from './evaluator.ts';
import { good, refused, rows, usual } from './evaluator-rows.ts';
import { policiesOf } from './policies.ts';

const test = suite('authorization: evaluator');

for (const [title, specs, want, call] of rows)
  test(`${title}: ${want}`, () => {
    const objects = specs.map(given => {
      const [namespace, spec] = Array.isArray(given) ? given : ['here', given];
      return { ...good, metadata: { name: 'p', namespace }, spec };
    });
    assert.is(decide(policiesOf(objects), 'istio-system', { ...usual, ...call }).answer, want);
  });

for (const [title, change, message] of refused)
  test(`unknown to the evaluator: ${title}`, () => {
    assert.throws(() => policiesOf([{ ...good, ...change }]), message);
  });

test('policies inside a List are read, other kinds are not', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [good, { kind: 'Service' }] };
  assert.equal(
    policiesOf([list, { kind: 'Service' }, good]).map(({ name }) => name),
    ['p', 'p'],
  );
});

test('a decision names the policies behind it', () => {
  const other = { ...good, metadata: { name: 'q', namespace: 'here' }, spec: {} };
  const { selecting, matching } = decide(policiesOf([good, other]), 'istio-system', usual);
  assert.equal([selecting, matching], [['here/p', 'here/q'], ['here/p']]);
});

for (const path of ['p', '/a//b', '/a/../b', '/a/./b', '/a/..', '/a%2Fb', '/a\\b'])
  test(`path ${path}: Envoy would rewrite it, so it is not judged`, () => {
    assert.throws(() => decide([], 'istio-system', { ...usual, path }), /Envoy rewrites it/);
  });

test.run();
