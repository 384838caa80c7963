import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { mergeRows } from './merge-rows.ts';

const test = suite('values: merge');

for (const [name, defaults, files, want] of mergeRows) {
  test(name, () => {
    const before = JSON.stringify([defaults, files]);
    assert.equal(mergeValues(defaults, ...files), want);
    assert.is(JSON.stringify([defaults, files]), before, 'the inputs are as they were');
  });
}

test('no file: the defaults', () => {
  assert.equal(mergeValues({ a: { b: 1 } }), { a: { b: 1 } });
});

test('a __proto__ key stays a key', () => {
  const attack = JSON.parse('{"__proto__": {"polluted": 1}, "a": {"__proto__": {"polluted": 2}}}') as Values;
  const merged = mergeValues({ a: { b: 1 } }, attack, attack);
  assert.is(JSON.stringify(merged), '{"a":{"b":1,"__proto__":{"polluted":2}},"__proto__":{"polluted":1}}');
  assert.is(Reflect.get({}, 'polluted'), undefined);
  assert.is(Object.getPrototypeOf(merged), Object.prototype);
});

test('frozen inputs are no obstacle', () => {
  const defaults = Object.freeze({ a: Object.freeze({ b: 1, c: 2 }) });
  assert.equal(mergeValues(defaults, Object.freeze({ a: Object.freeze({ b: null }) })), { a: { c: 2 } });
});

test.run();
