import { suite } from 'uvu';
import { inParts, next, pick, single, sizeOf } from '../../generator/gotmpl/functions.ts';
import { defineList, each, eachNumbered, fmt, listFrom, note, shared, when } from '../../generator/gotmpl/index.ts';
import { agreeing, documents, fields } from './agree.ts';
import type { V } from './sample.ts';

const test = suite('gotmpl: evaluate as Helm renders, numbered items and repeated values');

const sources = (v: V, name: string) =>
  defineList(name, 'Names, or their pattern.', pick(v.off, single(fmt`${v.name}*`), v.full));
const numbers = { full: ['a', 'b', 'c', 'd', 'e'] };
const row = (fields: object) => ({ kind: 'Row', ...fields });

agreeing(test, [
  fields('several items for each', v => ({ a: ['x', each(v.full, 'y', y => [y, fmt`${y}-${v.name}`])] }), {
    a: ['x', 'one', 'one-team-a', 'two', 'two-team-a'],
  }),
  fields(
    'several items for each, one under a condition',
    v => ({ a: [each(v.full, 'y', y => [y, when(v.off, 'z')])] }),
    {
      a: ['one', 'two'],
    },
  ),
  fields('several items for each of nothing', v => ({ a: ['x', each(v.names, 'y', y => [y, 'z'])] }), { a: ['x'] }),
  fields('the index', v => ({ a: [eachNumbered(v.full, 'i', 'x', (x, i) => fmt`${x}-${i}-${next(i)}`)] }), {
    a: ['one-0-1', 'two-1-2'],
  }),
  fields('the index as a number', v => ({ a: [eachNumbered(v.full, 'i', 'x', (_, i) => ({ i, n: next(i) }))] }), {
    ...{
      a: [
        { i: 0, n: 1 },
        { i: 1, n: 2 },
      ],
    },
  }),
  fields('the index as a condition', v => ({ a: [eachNumbered(v.full, 'i', 'x', (x, i) => ({ x, y: when(i, 1) }))] }), {
    a: [{ x: 'one' }, { x: 'two', y: 1 }],
  }),
  fields(
    'an index in an index',
    v => ({
      a: [
        'z',
        eachNumbered(v.servers, 'i', 's', (s, i) => eachNumbered(s.tags, 'j', 't', (t, j) => fmt`${t}${i}${j}`)),
      ],
    }),
    { a: ['z', 't10', 'u11'] },
  ),
  documents(
    'a document for each part',
    v =>
      eachNumbered(inParts(v.full, 2), 'i', 'part', (part, i) =>
        row({ n: i, of: sizeOf(part), a: [each(part, 'x', x => x)] }),
      ),
    [row({ n: 0, of: 2, a: ['a', 'b'] }), row({ n: 1, of: 2, a: ['c', 'd'] }), row({ n: 2, of: 1, a: ['e'] })],
    numbers,
  ),
  documents(
    'no part of nothing',
    v => each(inParts(v.names, 2), 'part', part => row({ a: [each(part, 'x', x => x)] })),
    [],
  ),
  documents('a part that is whole', v => each(inParts(v.full, 2), 'part', part => row({ a: part })), [
    row({ a: ['one', 'two'] }),
  ]),

  fields('a whole list', v => ({ a: v.full }), { a: ['one', 'two'] }),
  fields('a whole list that is empty', v => ({ a: v.names }), { a: [] }),
  fields(
    'texts that YAML would read as something else',
    v => ({ a: v.names }),
    { a: ['1', '1.5', '', '-', '1e3'] },
    {
      names: ['1', '1.5', '', '-', '1e3'],
    },
  ),
  fields('a list of one text', v => ({ a: single(fmt`${v.name}*`) }), { a: ['team-a*'] }),
  fields('the list of a helper', v => ({ a: listFrom(sources(v, 'numbered.list')) }), { a: ['one', 'two'] }),
  fields(
    'the other list of a helper',
    v => ({ a: listFrom(sources(v, 'numbered.single')) }),
    { a: ['team-a*'] },
    { off: true },
  ),
  fields(
    'the list of a helper, in a loop',
    v => ({ a: [each(v.full, 'x', x => ({ x, of: listFrom(sources(v, 'numbered.inside')) }))] }),
    {
      a: [
        { x: 'one', of: ['one', 'two'] },
        { x: 'two', of: ['one', 'two'] },
      ],
    },
  ),

  fields('a shared text', v => ({ a: shared('n', false, v.name), b: shared('n', true, v.name) }), {
    a: 'team-a',
    b: 'team-a',
  }),
  fields(
    'a shared map',
    v => ({ a: shared('m', false, { c: v.name, d: [1] }), b: [{ e: shared('m', true, { c: v.name, d: [1] }) }] }),
    {
      a: { c: 'team-a', d: [1] },
      b: [{ e: { c: 'team-a', d: [1] } }],
    },
  ),
  fields(
    'a shared list of user items',
    v => {
      const list = [each(v.full, 'x', x => x)];
      return { a: shared('l', false, list), b: shared('l', true, list) };
    },
    { a: ['one', 'two'], b: ['one', 'two'] },
  ),
  fields('a shared whole list', v => ({ a: shared('l', false, v.full), b: shared('l', true, v.full) }), {
    a: ['one', 'two'],
    b: ['one', 'two'],
  }),
  fields(
    'a list that the first item shares with the others',
    v => ({ a: [eachNumbered(v.full, 'i', 'x', (x, i) => ({ x, b: shared('l', i, v.ports) }))] }),
    {
      a: [
        { x: 'one', b: [8444, 8022] },
        { x: 'two', b: [8444, 8022] },
      ],
    },
  ),
  fields(
    'a block that the first item shares with the others',
    v => ({ a: [eachNumbered(v.full, 'i', 'x', (x, i) => ({ x, b: shared('l', i, [{ c: v.name }]) }))] }),
    {
      a: [
        { x: 'one', b: [{ c: 'team-a' }] },
        { x: 'two', b: [{ c: 'team-a' }] },
      ],
    },
  ),
  fields(
    'a shared value with a note',
    v => ({ a: note('why', shared('n', false, v.name)), b: note('why', shared('n', true, v.name)) }),
    { a: 'team-a', b: 'team-a' },
  ),
  fields(
    'a shared value under a condition',
    v => ({ a: shared('n', false, v.name), b: when(v.on, shared('n', true, v.name)) }),
    {
      a: 'team-a',
      b: 'team-a',
    },
  ),
]);

test.run();
