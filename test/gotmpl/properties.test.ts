import fc from 'fast-check';
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { safeInQuotes } from '../../generator/gotmpl/checks.ts';
import { refs } from '../../generator/gotmpl/expr.ts';
import { goOrder } from '../../generator/gotmpl/functions.ts';
import { scalarText, wrap } from '../../generator/gotmpl/yaml.ts';
import { grammar, optional } from '../../values-schema/field.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import { hostile } from './hostile.ts';

// A property that fails says its seed and the smallest counterexample.
const test = suite('gotmpl: properties');

/** What the printer lets through: no control characters, nothing that YAML may take for a line break. */
const printable = (text: string) => !/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u.test(text);
const punctuated = fc.string({ unit: fc.constantFrom(...'ab01yYnNoO -:#,.\'"\\/?!&*|>%@`~=<[]{}'), maxLength: 8 });
const number = fc.oneof(fc.integer(), fc.double(), fc.date({ noInvalidDate: true })).map(x => String(x));
const texts = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    punctuated,
    number,
    fc.constantFrom(...hostile),
  )
  .filter(printable);

const readers: readonly [name: string, read: (text: string) => unknown][] = [
  ['YAML 1.2', text => load(text, { schema: CORE_SCHEMA })],
  ['YAML 1.1', text => load(text, { schema: YAML11_SCHEMA })],
  ['Helm', parseAsHelm],
];
for (const [name, read] of readers) {
  test(`scalarText is read back by ${name}: as a value, an item and a key`, () => {
    fc.assert(
      fc.property(texts, text => {
        const scalar = scalarText(text);
        const document = read(`a: ${scalar}\nb:\n  - ${scalar}\n  - ${scalar}: x\n`);
        assert.equal(document, { a: text, b: [text, Object.fromEntries([[text, 'x']])] });
      }),
      { numRuns: 500 },
    );
  });
}

/** A text between double quotes, as fmt prints it, reads back as itself. */
function unchangedInQuotes(text: string): boolean {
  try {
    return readers.every(([, read]) => (read(`a: "${text}"\n`) as { a: unknown }).a === text);
  } catch {
    return false;
  }
}
const patterns = Object.entries(grammar).flatMap(([name, rules]) => [
  [name, rules.pattern] as const,
  [`${name}, or nothing`, optional(rules).pattern!] as const,
]);
const matching = (pattern: string) => refs<string>({ type: 'string', pattern } as never);
for (const [name, pattern] of patterns) {
  test(`a ${name} is safe between quotes`, () => {
    assert.ok(safeInQuotes(matching(pattern)));
    fc.assert(fc.property(fc.stringMatching(new RegExp(pattern, 'u')), unchangedInQuotes));
  });
}

/** Patterns of random parts; some let quotes, backslashes and newlines through, at any place. */
const part = fc.constantFrom(
  '[a-z]',
  '[A-Z0-9]',
  '.',
  '[^ ]',
  '[^"]',
  '-',
  'x',
  '"',
  '\\\\',
  '\\n',
  '[ -~]',
  '\\.',
  '[A-z]',
  '(a|.b)',
);
const times = fc.constantFrom('', '?', '*', '+', '{3}', '{0,2}');
const anyPattern = fc
  .array(fc.tuple(part, times), { minLength: 1, maxLength: 4 })
  .map(parts => `^${parts.map(p => p.join('')).join('')}$`);
test('safeInQuotes never lets a text through that changes between quotes', () => {
  fc.assert(
    fc.property(
      anyPattern
        .filter(pattern => safeInQuotes(matching(pattern)))
        .chain(p => fc.tuple(fc.constant(p), fc.stringMatching(new RegExp(p, 'u')))),
      ([, text]) => unchangedInQuotes(text),
    ),
    { numRuns: 500 },
  );
});

test('wrap keeps the words and their order, in lines that are as long as allowed', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abc.,:é😀'), minLength: 1, maxLength: 12 });
  const gap = fc.constantFrom(' ', '  ', '\n', ' \t ');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, gap), { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (parts, width) => {
      const words = parts.map(([w]) => w);
      const lines = wrap(parts.flat().slice(0, -1).join(''), width);
      assert.equal(
        lines.flatMap(line => line.split(' ')),
        words,
      );
      for (const [i, line] of lines.entries()) {
        assert.ok(line.length <= width || !line.includes(' '), 'too long');
        const next = lines[i + 1]?.split(' ')[0];
        assert.ok(next === undefined || line.length + 1 + next.length > width, 'the next word had room');
      }
    }),
  );
});

test('goOrder sorts by code points', () => {
  const points = (text: string) => Array.from(text, char => char.codePointAt(0)!);
  const byPoints = (a: readonly number[], b: readonly number[]): number => {
    const i = a.findIndex((x, at) => x !== b[at]);
    return i === -1 ? a.length - b.length : (a[i] ?? -1) - (b[i] ?? -1);
  };
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      assert.is(Math.sign(goOrder(a, b)), Math.sign(byPoints(points(a), points(b))));
    }),
  );
});

test.run();
