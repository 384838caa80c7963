import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fragment, oneLine, packageAddress, plainText, webAddress } from '../../generator/page/safe.ts';

const test = suite('page: texts and addresses of others');

const texts: readonly [name: string, given: unknown, want: string][] = [
  ['letters of any script', 'Größe 大小 😀', 'Größe 大小 😀'],
  ['tab and line feed', 'a\tb\r\nc', 'a\tb\nc'],
  ['NUL, escape and delete', 'a\u0000b\u001bc\u007f', 'a\ufffdb\ufffdc\ufffd'],
  ['turning the direction of writing', 'a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
  ['what is not seen', 'a\u200bb\ufeffc', 'a\ufffdb\ufffdc'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['no text', 3, ''],
];
for (const [name, given, want] of texts) test(`text: ${name}`, () => assert.is(plainText(given), want));
test('one line', () => assert.is(oneLine('helm\nrm -rf\t/'), 'helm rm -rf /'));

const packages: readonly [given: unknown, want: string][] = [
  ['a-0.1.0.tgz', './a-0.1.0.tgz'],
  ['b/a-0.1.0+7.tgz', './b/a-0.1.0+7.tgz'],
  ['a b".tgz', './a%20b%22.tgz'],
  ['https://example.com/a.tgz', 'https://example.com/a.tgz'],
  ['javascript:alert(1)', ''],
  [' java\nscript:alert(1)', ''],
  ['data:text/html,x', ''],
  ['//example.com/a.tgz', ''],
  ['/etc/passwd', ''],
  ['../a.tgz', ''],
  ['b/../../a.tgz', ''],
  ['\\\\host\\a.tgz', ''],
  ['oci://example.com/a', ''],
  ['', ''],
  [undefined, ''],
];
for (const [given, want] of packages)
  test(`package: ${JSON.stringify(given)}`, () => assert.is(packageAddress(given), want));

const addresses: readonly [given: string, want: string][] = [
  ['https://example.com/charts', 'https://example.com/charts'],
  ['HTTP://example.com', 'http://example.com/'],
  ['https://', ''],
  ['https://[', ''],
  ['javascript:https://example.com', ''],
  ['file:///etc/passwd', ''],
];
for (const [given, want] of addresses) test(`address: ${given}`, () => assert.is(webAddress(given), want));

test('a link within the page', () => assert.is(fragment('a', '1.0.0+7', 'b.c[].d "e'), 'a/1.0.0+7/b.c[].d%20%22e'));

test.run();
