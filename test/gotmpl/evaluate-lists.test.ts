import { suite } from 'uvu';
import { and, eq } from '../../generator/gotmpl/functions.ts';
import {
  answer,
  defineCondition,
  defineJoined,
  defineMap,
  each,
  entries,
  fmt,
  include,
  joined,
  note,
  when,
} from '../../generator/gotmpl/index.ts';
import { agreeing, documents, fields } from './agree.ts';

const test = suite('gotmpl: evaluate as Helm renders, lists');

const nested = [{ b: 1, c: [2, [3, [4]], {}] }, [], [{ d: 'x' }]];
const row = (fields: object) => ({ kind: 'Row', ...fields });

agreeing(test, [
  fields('maps and lists in lists', () => ({ a: nested }), { a: nested }),
  fields('notes', () => ({ a: [note('why', 'x'), note('why', { c: note('why', 'y') })] }), { a: ['x', { c: 'y' }] }),

  fields('when', v => ({ a: ['x', when(v.on, 'y'), when(v.off, 'z')] }), { a: ['x', 'y'] }),
  fields('when with several items', v => ({ a: ['x', when(v.on, ['y', { b: 1 }]), when(v.off, ['z'])] }), {
    a: ['x', 'y', { b: 1 }],
  }),
  fields('when with an item that is a list', v => ({ a: [['x'], when(v.on, [['y', 'z']])] }), {
    a: [['x'], ['y', 'z']],
  }),
  fields('when in when with several items', v => ({ a: ['x', when(v.on, when(v.on, ['y', 'z']))] }), {
    a: ['x', 'y', 'z'],
  }),
  fields('a note on when', v => ({ a: ['x', note('n', when(v.on, 'y')), note('n', when(v.off, 'z'))] }), {
    a: ['x', 'y'],
  }),

  fields('each', v => ({ a: [each(v.full, 'x', x => x)], b: ['z', each(v.ports, 'p', p => p)] }), {
    ...{ a: ['one', 'two'], b: ['z', 8444, 8022] },
  }),
  fields('each of nothing', v => ({ a: ['z', each(v.list, 'x', x => x)] }), { a: ['z'] }),
  fields('each with maps', v => ({ a: ['z', each(v.servers, 's', s => ({ n: s.name, p: s.port, v: v.name }))] }), {
    a: ['z', { n: 'a', p: 1, v: 'team-a' }, { n: 'b', p: 65535, v: 'team-a' }],
  }),
  fields('each with fmt', v => ({ a: [each(v.full, 'x', x => fmt`${x}.${v.name}.${v.port}`)] }), {
    a: ['one.team-a.8080', 'two.team-a.8080'],
  }),
  fields('each in each', v => ({ a: ['z', each(v.servers, 's', s => each(s.tags, 't', t => fmt`${s.name}-${t}`))] }), {
    a: ['z', 'b-t', 'b-u'],
  }),
  fields(
    'each in a map in each',
    v => ({ a: ['z', each(v.servers, 's', s => ({ n: s.name, t: when(s.tags, [each(s.tags, 't', t => t)]) }))] }),
    { a: ['z', { n: 'a' }, { n: 'b', t: ['t', 'u'] }] },
  ),
  fields('when in each', v => ({ a: ['z', each(v.full, 'x', x => when(eq(x, 'two'), x))] }), { a: ['z', 'two'] }),
  fields(
    'each in when',
    v => ({
      a: [
        'z',
        when(
          v.on,
          each(v.full, 'x', x => x),
        ),
      ],
    }),
    { a: ['z', 'one', 'two'] },
  ),
  fields('each among several items of when', v => ({ a: ['z', when(v.on, ['y', each(v.full, 'x', x => x)])] }), {
    a: ['z', 'y', 'one', 'two'],
  }),
  fields(
    'each with what helpers say of values from outside',
    v => {
      const ports = defineJoined('lists.ports', 'Ports.', v.servers, 's', s => s.port);
      const on = defineCondition('lists.on', 'It is on.', and(v.on, v.name));
      return { a: [each(v.full, 'x', x => ({ x, p: joined(ports), on: when(answer(on), x) }))], b: joined(ports) };
    },
    { a: ['one', 'two'].map(x => ({ x, p: '1,65535', on: x })), b: '1,65535' },
  ),
  fields(
    'a note on each, a note in each',
    v => ({
      a: [
        note(
          'n',
          each(v.full, 'x', x => note('m', x)),
        ),
      ],
    }),
    {
      a: ['one', 'two'],
    },
  ),

  documents('documents: each', v => each(v.servers, 's', s => row({ n: s.name, v: v.word })), [
    row({ n: 'a', v: 'red' }),
    row({ n: 'b', v: 'red' }),
  ]),
  documents('documents: each of nothing', v => each(v.list, 'x', x => row({ x })), []),
  documents(
    'documents: when in each',
    v =>
      when(
        v.on,
        each(v.servers, 's', s => when(s.tags, row({ n: s.name }))),
      ),
    [row({ n: 'b' })],
  ),
  documents('documents: a note on the first field', v => each(v.full, 'x', x => ({ kind: note('n', 'Row'), x })), [
    row({ x: 'one' }),
    row({ x: 'two' }),
  ]),
  documents(
    'documents: include and entries see the values in a loop',
    v => {
      const labels = defineMap('sample.labels', 'Labels.', { team: v.name });
      return each(v.full, 'x', x => row({ a: { ...include(labels), x }, b: { x, ...entries(v.map) } }));
    },
    ['one', 'two'].map(x => row({ a: { team: 'team-a', x }, b: { x, y: 'z' } })),
    { map: { y: 'z' } },
  ),
]);

test.run();
