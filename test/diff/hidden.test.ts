import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mustHide } from '../../generator/diff/hidden.ts';
import { mayTell } from '../../generator/values/private-key.ts';

const test = suite('diff: hidden');

const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDJ1mVeryLong';
const pem = (what: string) => `-----BEGIN ${what}-----\n${line}\n-----END ${what}-----\n`;
const rows: readonly (readonly [name: string, value: unknown, may: boolean])[] = [
  ['a text', 'apps.example.com', true],
  ['a host with a long name', `${'collector'.repeat(7)}.example.com`, true],
  ['a name as long as DNS has it', 'n'.repeat(63), true],
  ['a key in hexadecimal', '0123456789abcdef'.repeat(4), false],
  ['a line of base64 whose capital letter is its last one', `${'a'.repeat(59)}Z`, false],
  ['a certificate', pem('CERTIFICATE'), true],
  ['a private key', pem('PRIVATE KEY'), false],
  ['a key behind a certificate', pem('CERTIFICATE') + pem('RSA PRIVATE KEY'), false],
  ['the lines of a key without its head', `a\n${line}\n`, false],
  ['a key in a map', { a: [{ b: pem('EC PRIVATE KEY') }] }, false],
  ['a key as a key of a map', { [line]: '' }, false],
  ['an image by its digest', `registry.example.com/a@sha256:${'0123456789abcdef'.repeat(4)}`, true],
  ['a script', '#!/bin/sh\nset -eu\n', true],
  ['a number', 3, true],
];
for (const [name, value, may] of rows)
  test(name, () => {
    assert.is(mayTell(value), may);
    for (const [before, after] of [
      [value, undefined],
      [undefined, value],
    ])
      assert.is(mustHide('ConfigMap a/b', ['data', 'x'], before, after), !may);
  });

const places: readonly (readonly [object: string, steps: readonly string[], hide: boolean])[] = [
  ['Secret a/b', ['data', 'x'], true],
  ['Secret a/b', ['data'], true],
  ['Secret a/b', ['stringData', 'x'], true],
  ['Secret a/b', ['metadata', 'labels', 'x'], false],
  ['ConfigMap a/b', ['data', 'x'], false],
  ['Secret.example.com a/b', ['data', 'x'], false],
];
for (const [object, steps, hide] of places)
  test(`${object}: ${steps.join('.')}`, () => {
    assert.is(mustHide(object, steps, 'a', 'b'), hide);
  });

test.run();
