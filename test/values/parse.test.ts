import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findingText } from '../../generator/findings.ts';
import { parseValues } from '../../generator/values/parse.ts';
import type { ValuePath } from '../../generator/values/path.ts';
import { canary, leaks } from './canary.ts';

const test = suite('values: parse');

/** `text…` is a string for the schema, `flag…` a boolean, `count…` an integer. */
const expectedAt = ([key]: ValuePath) =>
  (['string', 'boolean', 'integer'] as const)[
    ['text', 'flag', 'count'].findIndex(name => String(key).startsWith(name))
  ];

const parse = (text: string) => parseValues(text, 'v.yaml', { expectedAt });
const told = (text: string) => parse(text).findings.map(findingText);

const clean: readonly (readonly [string, unknown])[] = [
  ['', {}],
  ['# nothing\n', {}],
  ['---\n# nothing\n', {}],
  ['null\n', {}],
  ['{}', {}],
  ['\ufeffa: 1\n', { a: 1 }],
  ['# c\n---\na: 1\n---\n# nothing\n', { a: 1 }],
  ['a: 1\n...\n', { a: 1 }],
  ['a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
  [
    'a: [1, 1e3, 0.5, -1, true, null, ~, yEs, 1:30, 2001-01-01, v1.37]',
    { a: [1, 1000, 0.5, -1, true, null, null, 'yEs', '1:30', '2001-01-01', 'v1.37'] },
  ],
  ['a: "no"\nb: \'012\'\n"on": 1\n\'1.0\': 2', { a: 'no', b: '012', on: 1, '1.0': 2 }],
  ['1: a\ntrue: b', { 1: 'a', true: 'b' }],
  ['text: 2\ntext2: "1.20"', { text: 2, text2: '1.20' }],
  ['a: |\n  x\n  y\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
  ['a: |\n  x', { a: 'x' }],
  ['a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
  ['a: &x {b: 1}\nc: {<<: *x, b: 2, d: 3}\n', { a: { b: 1 }, c: { b: 2, d: 3 } }],
  ['a: &x {b: 1}\nc: {<<: [*x, {b: 2, e: 3}]}\n', { a: { b: 1 }, c: { b: 1, e: 3 } }],
  ['a: {"<<": 1}', { a: { '<<': 1 } }],
  [
    'a: !!str 012\nb: !!int "3"\nc: !!bool true\nd: !!map {}\ne: ! no\nf: !<tag:yaml.org,2002:str> 1',
    { a: '012', b: 3, c: true, d: {}, e: 'no', f: '1' },
  ],
];
for (const [text, want] of clean) {
  test(`no finding in ${JSON.stringify(text).slice(0, 60)}`, () => {
    assert.equal(told(text), []);
    assert.equal(parse(text).values, want);
  });
}

/** The value is what the user most likely meant: the schema should not complain about the same line again. */
const traps: readonly (readonly [string, string, unknown])[] = [
  ['flag: yes', 'Helm reads yes as true; write true', true],
  ['flag: OFF', 'Helm reads OFF as false; write false', false],
  ['flag: n', 'Helm reads n as false; write false', false],
  ['text: no', 'Helm reads no as false; write "no" in quotes', 'no'],
  ['text: 012', 'Helm reads 012 as 10; write "012" in quotes', '012'],
  ['text: 1_000', 'Helm reads 1_000 as 1000; write "1_000" in quotes', '1_000'],
  ['text: 1.20', 'is the number 1.2; write "1.20" in quotes', '1.20'],
  ['text: 0x1F', 'is the number 31; write "0x1F" in quotes', '0x1F'],
  ['text: True', 'is the boolean true; write "True" in quotes', 'True'],
  ['count: 012', 'Helm reads 012 as 10; write 10 or 12', 10],
  ['count: 1_000', 'Helm reads 1_000 as 1000; write 1000', 1000],
  ['count: 0b101', 'Helm reads 0b101 as 5; write 5', 5],
  ['count: 1e400', 'Helm reads 1e400 as a text; write a smaller number', '1e400'],
  ['count: .inf', 'Helm refuses .inf; write a number, or ".inf" in quotes', '.inf'],
  ['other: on', 'Helm reads on as true; write true or "on" in quotes', true],
  ['other: 012', 'Helm reads 012 as 10; write 10, 12 or "012" in quotes', 10],
];
for (const [text, message, value] of traps) {
  test(`trap ${text}`, () => {
    assert.equal(told(`# c\n${text}\n`), [`v.yaml:2: ${text.replace(/:.*/, '')}: ${message}`]);
    assert.equal(Object.values(parse(text).values), [value]);
  });
}

const yes = ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'];
const no = ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'];
for (const word of [...yes, ...no]) {
  test(`trap ${word}, as a value and as a key`, () => {
    const meant = yes.includes(word);
    assert.equal(told(`flag: ${word}`), [`v.yaml:1: flag: Helm reads ${word} as ${meant}; write ${meant}`]);
    assert.equal(told(`a: {${word}: 1}`), [
      `v.yaml:1: a: Helm reads the key ${word} as ${meant}; write "${word}" in quotes`,
    ]);
  });
}

test('a trap of the wrong type is left to the schema', () => {
  assert.equal(told('flag: 012\ncount: yes'), []);
  assert.equal(parse('flag: 012\ncount: yes').values, { flag: 10, count: true });
});

const refused: readonly (readonly [string, string])[] = [
  ['- a\n', 'v.yaml:1: holds a list; write a map, for example kafka: {enabled: true}'],
  ['\ntext\n', 'v.yaml:2: holds a single value; write a map, for example kafka: {enabled: true}'],
  ['a: 1\n---\nb: 2', 'v.yaml:3: holds several documents, of which Helm 3 reads only the first; put them into one'],
  ['---\n---\na: 1', 'v.yaml:3: holds several documents, of which Helm 3 reads only the first; put them into one'],
  ['a: 1\n...\nb: 2', 'v.yaml:3: holds several documents, of which Helm 3 reads only the first; put them into one'],
  ['a: 1\nb: 2\na: 3', 'v.yaml:3: a: stands twice, first on line 1; keep one of the two'],
  ['a: {b: 1,\n "b": 2}', 'v.yaml:2: a.b: stands twice, first on line 1; keep one of the two'],
  ['a: {b: 1, <<: {b: 2}}', 'v.yaml:1: a: Helm lets << replace "b" above it; write << as the first key of the map'],
  ['a: {<<: {b: 1}, <<: {c: 1}}', 'v.yaml:1: a: << stands twice; write one << with a list of aliases'],
  ['a: {<<: 3}', 'v.yaml:1: a: << needs a map or a list of maps; write an alias of a map behind it'],
  ['a: &x [{b: 1}]\nc: {<<: *x}', 'v.yaml:2: c: << needs a map or a list of maps; write an alias of a map behind it'],
  ['a: {012: 1}', 'v.yaml:1: a: Helm reads the key 012 as 10; write "012" in quotes'],
  ['a: {1.0: 1}', 'v.yaml:1: a: Helm reads the key 1.0 as 1; write "1.0" in quotes'],
  ['a: {~: 1}', 'v.yaml:1: a: Helm refuses an empty key; write a name, or quote it'],
  ['? [a]\n: 1', 'v.yaml:1: has a list or a map as a key, which Helm refuses; write a text'],
  ['a: !vault x', 'v.yaml:1: a: has the tag !vault, which Helm ignores; remove the tag'],
  ['a: !!binary aGk=', 'v.yaml:1: a: has the tag !!binary, which Helm ignores; remove the tag'],
  ['a: !!seq {}', 'v.yaml:1: a: has the tag !!seq, which Helm ignores; remove the tag'],
  ['a: !!constructor x', 'v.yaml:1: a: has the tag !!constructor, which Helm ignores; remove the tag'],
  ['a: !!bool yes', 'v.yaml:1: a: is no value for its tag !!bool; remove the tag'],
  [
    'hosts: [*]',
    'v.yaml:1: cannot be read as YAML: name of an alias node must contain at least one character; put a text that starts with *, & or ! in quotes',
  ],
  [
    'hosts:\n  - *.example.com',
    'v.yaml:2: * at the start means an alias, and no anchor of that name stands above; put a text that starts with * in quotes',
  ],
  ['a: &x [*x]', 'v.yaml:1: * at the start means an alias, here of itself; put a text that starts with * in quotes'],
  [
    'a: "b',
    'v.yaml:1: cannot be read as YAML: unexpected end of the stream within a double quoted scalar; close the quotation mark',
  ],
  [
    'a:\n\tb: 1',
    'v.yaml:2: cannot be read as YAML: tab characters must not be used in indentation; indent with spaces',
  ],
  [
    'a: [1',
    'v.yaml:1: cannot be read as YAML: unexpected end of the stream within a flow collection; close the bracket, and put a comma between two items',
  ],
  [
    'a: b: c',
    "v.yaml:1: cannot be read as YAML: bad indentation of a mapping entry; align the lines; put a text with ': ' or a special first character in quotes",
  ],
  [
    'a: "\\q"',
    'v.yaml:1: cannot be read as YAML: unknown escape sequence; put the text in single quotes, or double the backslash',
  ],
  [
    'a: !e!x 1',
    'v.yaml:1: cannot be read as YAML: undeclared tag handle; put a text that starts with *, & or ! in quotes',
  ],
  ['# c\n%YAML 1.2\n---\na: 1', 'v.yaml:2: starts with a % line, which Helm refuses; remove it'],
  ['--- {a: 1}', 'v.yaml:1: has text behind ---, which Helm 4 refuses; start a new line, or indent this one'],
  ['a: x\u2028b: 1', 'v.yaml:1: holds a Unicode line separator, which ends a line for Helm; remove it'],
  ['a: x\u007f', 'v.yaml:1: holds a control character, which Helm refuses; remove it'],
  ['a: "\\/"', 'v.yaml:1: Helm cannot read the escape \\/ in double quotes; write / alone'],
  [
    'a: [?b]',
    'v.yaml:1: Helm reads ? and : at the start as signs of their own inside [] and {}; put the text in quotes',
  ],
  ['a: {b:[]}', 'v.yaml:1: Helm takes a : without a space behind it for a part of the key; write a space behind the :'],
];
for (const [text, want] of refused) {
  test(`refused ${JSON.stringify(text).slice(0, 60)}`, () => assert.equal(told(text), [want]));
}

test('aliases that make a file huge are refused, at once', () => {
  const lines = [
    'l0: &a0 [x]',
    ...Array.from({ length: 30 }, (_, i) => `l${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`),
  ];
  assert.equal(told(lines.join('\n')), ['v.yaml: is too large with its aliases written out; use fewer of them']);
});

test('aliases that make a file deep are refused', () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `l${i}: &a${i} ${'['.repeat(90)}${i === 0 ? 'x' : `*a${i - 1}`}${']'.repeat(90)}`,
  );
  assert.equal(told(lines.join('\n')), ['v.yaml: is too large with its aliases written out; use fewer of them']);
});

test('__proto__ is an ordinary key', () => {
  const { values, findings } = parse('__proto__: {polluted: 1}\na: {<<: {__proto__: {b: 1}}}');
  assert.equal(findings, []);
  assert.is(JSON.stringify(values), '{"__proto__":{"polluted":1},"a":{"__proto__":{"b":1}}}');
  assert.is(Reflect.get(values, 'polluted'), undefined);
});

test('lineOf', () => {
  const { lineOf } = parse('# c\na:\n  b: 1\n  c:\n    - x\n    - d: 2\n      "e/f": 3\nm: &m {n: 1}\no:\n  <<: *m\n');
  const rows: readonly (readonly [ValuePath, number | undefined])[] = [
    [['a'], 2],
    [['a', 'b'], 3],
    [['a', 'c', 0], 5],
    [['a', 'c', 1, 'd'], 6],
    [['a', 'c', 1, 'e/f'], 7],
    [['o', 'n'], 8],
    [['a', 'x'], undefined],
    [['a', 'c', '0'], undefined],
    [[], undefined],
  ];
  for (const [path, want] of rows) assert.is(lineOf(path), want, JSON.stringify(path));
});

/** Files that hold a private key and cannot be read, or hold it where it does not belong. */
const broken: readonly string[] = [
  `key: "${canary}`,
  `key: ${canary.replaceAll('\n', '\n  ')}\n  : x: y`,
  `key: |\n  ${canary}`,
  `? ${canary}`,
  `"${canary.replaceAll('\n', '\\n')}": {a: b: c}`,
  `a: 1\n"${canary.replaceAll('\n', '\\n')}": 1\n"${canary.replaceAll('\n', '\\n')}": 2`,
  `<<: {"${canary.replaceAll('\n', '\\n')}": 1}`,
  `"${canary.replaceAll('\n', '\\n')}": 1\n<<: {"${canary.replaceAll('\n', '\\n')}": 1}`,
  ...canary
    .split('\n')
    .flatMap(line => [
      `a: *${line}`,
      `a: !${line} x`,
      `a: !${line}!x y`,
      `a: &${line} {`,
      `${line}: [`,
      `a: !<${line}`,
      `%TAG ${line}`,
    ]),
];
for (const [index, text] of broken.entries()) {
  test(`private key, ${index}: no message shows a part of it`, () => assert.equal(leaks(told(text)), []));
}

test.run();
