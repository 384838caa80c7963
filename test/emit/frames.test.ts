import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fill } from '../../generator/emit/frames.ts';

const test = suite('emit: frames');

const rows: readonly [name: string, frame: string, data: object, want: string][] = [
  ['a name', 'a {{b}} c\n', { b: 'x' }, 'a x c\n'],
  ['nothing is escaped', '{{b}}', { b: '<a href="x">&\'`=' }, '<a href="x">&\'`='],
  ['what looks like an action stays text', '{{b}}', { b: '{{ .Values.x }}' }, '{{ .Values.x }}'],
  [
    'a list, without empty lines',
    'a:\n{{#each b}}\n  - {{this}}\n{{/each}}\nc\n',
    { b: ['x', 'y'] },
    'a:\n  - x\n  - y\nc\n',
  ],
  ['an empty list', 'a\n{{#each b}}\n- {{this}}\n{{/each}}\nc\n', { b: [] }, 'a\nc\n'],
  ['a map', '{{#each b}}\n{{@key}}: {{this}}\n{{/each}}\n', { b: { x: 1, y: 2 } }, 'x: 1\ny: 2\n'],
  ['falsy values', '{{a}} {{b}}.', { a: 0, b: '' }, '0 .'],
];
for (const [name, frame, data, want] of rows) test(name, () => assert.is(fill(frame, data), want));

const wrong: readonly [name: string, frame: string, data: object, message: RegExp][] = [
  ['a name that is missing', '{{b}}', { a: 'x' }, /"b" not defined/],
  ['a name below one that is there', '{{a.b}}', { a: {} }, /"b" not defined/],
  ['a list that is missing', '{{#each b}}{{this}}{{/each}}', {}, /the list b/],
  ['a function of another name', '{{shout a}}', { a: 'x' }, /shout/],
  ['an open action', '{{a', { a: 'x' }, /Parse error/],
];
for (const [name, frame, data, message] of wrong) {
  test(`refused: ${name}`, () => assert.throws(() => fill(frame, data), message));
}

test.run();
