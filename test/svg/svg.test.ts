/** The parts of pictures, and their reader: given texts, wanted ones. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawing, lines, text, titled } from '../../generator/svg/svg.ts';
import { parseSvg } from './read-svg.ts';

const test = suite('svg');

const rows: readonly (readonly [
  words: readonly string[],
  separator: string,
  width: number,
  want: readonly string[],
])[] = [
  [[], ' ', 10, []],
  [['a', 'b'], ' ', 10, ['a b']],
  [['abc', 'def'], ' ', 8, ['abc def']],
  [['abc', 'def'], ' ', 7, ['abc', 'def']],
  [['abcdefghij', 'k'], ' ', 5, ['abcdefghij', 'k']],
  [['a', 'b', 'c'], ', ', 5, ['a, b', 'c']],
];
for (const [words, separator, width, want] of rows)
  test(`${JSON.stringify(words)} in ${width}`, () => assert.equal(lines(words, separator, width), want));

test('what a text says is never taken for an element', () => {
  const hostile = '</text><script>&amp;"\'';
  const style = { light: '', dark: '' };
  const parts = [text(1, 2, hostile), `<g>${titled(hostile)}</g>`];
  const root = parseSvg(
    drawing({ title: hostile, description: hostile, origin: 'x', width: 1, height: 1, style, parts }),
  );
  const words = root.children.flatMap(({ name, words, children }) => (name === 'g' ? children[0]!.words : words));
  assert.is(words.filter(one => one === hostile).length, 5);
});

const broken = [
  '<a>',
  '</a>',
  '<a></b>',
  '<a/><b/>',
  '<a b=c/>',
  '<a b="1" b="2"/>',
  '<a>&</a>',
  '<a>&nbsp;</a>',
  'a',
  '<a x="<"/>',
  '<!-- a -- b --><a/>',
];
for (const given of broken) test(`no XML: ${given}`, () => assert.throws(() => parseSvg(given), /no XML/));
test('XML', () => {
  const root = parseSvg('<!-- x -->\n<a b="1 &amp; 2"><c/>d &lt; e</a>\n');
  assert.equal(root, {
    name: 'a',
    attributes: { b: '1 & 2' },
    children: [{ name: 'c', attributes: {}, children: [], words: '' }],
    words: 'd < e',
  });
});

test.run();
