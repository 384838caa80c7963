import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isPlainPath, parseSums, sha256, sumsText } from '../../generator/output/sums.ts';
import { messageOf } from './project.ts';

const test = suite('output/sums');
const a = 'a'.repeat(64);
const b = 'b'.repeat(64);

test('sha256 of text is that of its UTF-8 bytes', () => {
  assert.is(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.is(sha256('é'), sha256(new Uint8Array([0xc3, 0xa9])));
});

test('sums are sorted by code unit and read back', () => {
  const sums = new Map([
    ['charts/b', a],
    ['charts/B', b],
    ['charts/a b', a],
  ]);
  const text = sumsText(sums);
  assert.is(text, `${b}  charts/B\n${a}  charts/a b\n${a}  charts/b\n`);
  assert.equal([...parseSums(text, 'f')].sort(), [...sums].sort());
  assert.is(sumsText(new Map()), '');
  assert.is(parseSums('', 'f').size, 0);
});

const plainPaths: [path: string, want: boolean][] = [
  ['README.md', true],
  ['charts/x/templates/a b.yaml', true],
  ['charts/.helmignore', true],
  ['', false],
  ['/etc/passwd', false],
  ['charts//a', false],
  ['charts/./a', false],
  ['charts/../a', false],
  ['charts/a/', false],
  ['charts\\a', false],
  ['charts/a\n', false],
  ['charts/a\r', false],
];

for (const [path, want] of plainPaths) {
  test(`${JSON.stringify(path)} ${want ? 'is' : 'is not'} a plain path`, () => {
    assert.is(isPlainPath(path), want);
  });
}

const brokenSums: [name: string, text: string, line: number][] = [
  ['a merge marker', `${a}  x\n<<<<<<< HEAD\n`, 2],
  ['a path twice', `${a}  x\n${b}  x\n`, 2],
  ['a short hash', `${a.slice(1)}  x\n`, 1],
  ['a way out', `${a}  ../x\n`, 1],
  ['Windows line ends', `${a}  x\r\n`, 1],
  ['an empty line', `${a}  x\n\n`, 2],
];

for (const [name, text, line] of brokenSums) {
  test(`refuses ${name}`, () => {
    assert.match(
      messageOf(() => parseSums(text, 'f')),
      new RegExp(`^f:${line}: is not a line of sha256sum`),
    );
  });
}

test.run();
