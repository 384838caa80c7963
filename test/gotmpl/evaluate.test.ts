import { suite } from 'uvu';
import { at, eq, not } from '../../generator/gotmpl/functions.ts';
import { defineMap, entries, fmt, include, note, when, whenAny } from '../../generator/gotmpl/index.ts';
import { agreeing, documents, fields } from './agree.ts';
import type { V } from './sample.ts';

const test = suite('gotmpl: evaluate as Helm renders');

const literals = { a: 'x', b: 0, c: -1, d: false, e: [], f: {}, g: 'a\tb', y: 'n', 'on:': 'off', '': '' };
const script = 'if x\n  then: "y" # z\n\n  \\ %s \'\nend\n';
const labels = (v: V, name: string) =>
  defineMap(name, 'Labels.', { app: 'x', team: when(v.on, v.name), ...entries(v.map, ['own']) });
/** JSON, so that __proto__ is a key like any other. */
const json = (text: string) => JSON.parse(text) as Record<string, string>;

agreeing(test, [
  fields('literals', () => literals, literals),
  fields('references', v => ({ a: v.name, b: v.port, c: v.off, d: v.word }), {
    ...{ a: 'team-a', b: 8080, c: false, d: 'red' },
  }),
  fields('a number of six digits', v => ({ a: v.port }), { a: 999_999 }, { port: 999_999 }),
  fields('a number as text', v => ({ a: v.name }), { a: '012' }, { name: '012' }),
  fields('fmt', v => ({ a: fmt`${v.name}:${v.port}/${v.on}`, b: fmt`%s ${v.word}%`, c: fmt`x${'-'}y` }), {
    ...{ a: 'team-a:8080/true', b: '%s red%', c: 'x-y' },
  }),
  fields('notes', v => ({ a: note('why', v.name), b: note('why', { c: note('why', 1) }) }), {
    a: 'team-a',
    b: { c: 1 },
  }),

  fields('a block scalar', () => ({ a: script, b: { c: [script], d: 'x' } }), {
    a: script,
    b: { c: [script], d: 'x' },
  }),

  fields('when', v => ({ a: when(v.on, 1), b: when(v.off, 2), c: when(v.on, { d: when(v.on, 'x'), e: 'y' }) }), {
    ...{ a: 1, c: { d: 'x', e: 'y' } },
  }),
  fields('when leaves nothing', v => ({ a: when(v.off, { b: 'x' }), c: when(v.off, ['x']) }), {}),
  fields('when in when', v => ({ a: when(v.on, when(v.off, 1)), b: when(v.on, when(v.on, 2)) }), { b: 2 }),
  fields('a note in when, when in a note', v => ({ a: when(v.on, note('n', 1)), b: note('n', when(v.off, 2)) }), {
    a: 1,
  }),
  documents('a document: when is true', v => when(v.on, { kind: 'Row' }), [{ kind: 'Row' }]),
  documents('a document: when is false', v => when(v.off, { kind: 'Row' }), []),

  fields(
    'include, beside our own',
    v => ({ a: { ...include(labels(v, 'sample.one')), own: 'z' } }),
    { a: { app: 'x', team: 'team-a', x: '1', own: 'z' } },
    { map: { own: 'theirs', x: '1' } },
  ),
  fields(
    'include with nothing',
    v => ({ a: { ...include(labels(v, 'sample.two')) } }),
    { a: { app: 'x' } },
    { on: false },
  ),
  fields(
    'entries alone',
    v => ({ a: when(v.map, { ...entries(v.map) }) }),
    { a: { '1': '1', a: 'no', b: 'x' } },
    { map: { b: 'x', a: 'no', '1': '1' } },
  ),
  fields(
    'entries where a user names a key __proto__',
    v => ({ a: { own: 'x', ...entries(v.map) } }),
    { a: json('{"own": "x", "__proto__": "x"}') },
    { map: json('{"__proto__": "x"}') },
  ),
  fields(
    'entries beside our own keys and without the reserved ones',
    v => ({ a: { own: 'x', off: when(v.off, 'y'), ...entries(v.map, ['mine']) } }),
    { a: { own: 'x', theirs: '4' } },
    { map: { own: '1', off: '2', mine: '3', theirs: '4' } },
  ),
  fields('entries: nothing', v => ({ a: { own: 'x', ...entries(v.map) } }), { a: { own: 'x' } }),
  fields(
    'entries that are maps',
    v => ({ a: { own: 'x', ...entries(v.maps) } }),
    { a: { own: 'x', m: { j: '1', k: 'v' } } },
    { maps: { m: { k: 'v', j: '1' } } },
  ),
  fields(
    'entries of one of the maps',
    v => ({ a: { own: 'x', ...entries(at(v.maps, 'm')) }, b: { own: 'x', ...entries(at(v.maps, 'n')) } }),
    { a: { own: 'x', k: 'v' }, b: { own: 'x' } },
    { maps: { m: { k: 'v' } } },
  ),
  fields('whenAny: one', v => ({ a: whenAny({ b: when(v.off, 1), c: when(v.on, 2) }) }), { a: { c: 2 } }),
  fields(
    'whenAny: the entries',
    v => ({ a: whenAny({ b: when(v.off, 1), ...entries(v.map) }) }),
    { a: { c: 'x' } },
    { map: { c: 'x' } },
  ),
  fields('whenAny: none', v => ({ a: whenAny({ b: when(v.off, 1), c: when(not(v.on), 2), ...entries(v.map) }) }), {}),
  fields('whenAny: a part that is always there', v => ({ a: whenAny({ b: 1, c: when(eq(v.word, 'green'), 2) }) }), {
    a: { b: 1 },
  }),
]);

test.run();
