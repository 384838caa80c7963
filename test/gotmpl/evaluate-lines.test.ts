import { suite } from 'uvu';
import { and, eq, hasKey, join, keysOf, matches, not, orElse } from '../../generator/gotmpl/functions.ts';
import { each, fail, fmt, when } from '../../generator/gotmpl/index.ts';
import { agreeing } from './agree.ts';
import { lines, rule } from './line-rows.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: lines and rules as Helm renders');
const at = sampleRefs();

agreeing(test, [
  lines('plain lines', () => ['a', '  b: "c"', '', '', '- d\\n %s'], 'a\n  b: "c"\n\n\n- d\\n %s'),
  lines('fmt', v => [fmt`a ${v.name}, ${v.port}`, fmt`${v.on}`, fmt`100%`], 'a team-a, 8080\ntrue\n100%'),
  lines('fmt with texts that would need quotes', v => [fmt`${v.free}.`, 'b'], 'a "b"\n  {{ c }}.\nb', {
    free: 'a "b"\n  {{ c }}',
  }),
  lines('fmt with functions', v => [fmt`${orElse(v.other, 'x')}${join(v.full, ' ')}`], 'xone two'),
  lines('when: true', v => ['a', when(v.on, ['b', '  c']), 'd'], 'a\nb\n  c\nd'),
  lines('when: false', v => ['a', when(v.off, ['b', 'c']), 'd'], 'a\nd'),
  lines('when: the first and the last line', v => [when(v.on, ['a']), 'b', when(v.on, ['c'])], 'a\nb\nc'),
  lines('when: in when', v => ['a', when(v.on, [when(v.off, ['b']), 'c', when(v.on, ['d'])]), 'e'], 'a\nc\nd\ne'),
  lines('when: begins with an empty line', v => ['a', when(v.on, ['', 'b']), 'c'], 'a\n\nb\nc'),
  lines('when: an empty line after it', v => ['a', when(v.on, ['b']), '', 'c'], 'a\nb\n\nc'),
  lines('each', v => ['a', each(v.ports, 'p', p => [fmt`- ${p}`]), 'b'], 'a\n- 8444\n- 8022\nb'),
  lines('each: of nothing', v => ['a', each(v.list, 'x', x => [fmt`- ${x}`]), 'b'], 'a\nb'),
  lines(
    'each: in each, with values from outside',
    v => [each(v.servers, 's', s => [fmt`${s.name}:`, each(s.tags, 't', t => [fmt`  ${s.name}${t} ${v.name}`])])],
    'a:\nb:\n  bt team-a\n  bu team-a',
  ),

  rule('fail', at.name, v => when(v.on, fail`is "bad" \\; write 100%`), ['name: is "bad" \\; write 100%']),
  rule('no fail', at.name, v => when(v.off, fail`is bad`), []),
  rule(
    'fail with values',
    at.port,
    v => when(v.on, fail`is ${v.port}, not ${v.free}`),
    ['port: is 8080, not {{ "x" }}%d\n'],
    { free: '{{ "x" }}%d\n' },
  ),
  rule('fail with a function', at.full, v => when(not(v.off), fail`is ${join(v.full, '+')}`), ['full: is one+two']),
  rule('each item', at.full, v => each(v.full, 'x', x => when(eq(x, 'two'), fail`is ${x} in ${v.name} at 5%`)), [
    'full[1]: is two in team-a at 5%',
  ]),
  rule('each item, without values', at.full, v => each(v.full, 'x', () => fail`is bad`), [
    'full[0]: is bad',
    'full[1]: is bad',
  ]),
  rule(
    'each key',
    at.map,
    v => each(keysOf(v.map), 'k', k => when(matches(k, '^a'), fail`is ${k}`)),
    ['map: is a/b', 'map: is aé"\\😀'],
    { map: { 'a/b': '', b: '', 'aé"\\😀': '' } },
  ),
  rule(
    'conditions around a loop and in it',
    at.full,
    v =>
      when(
        v.on,
        each(v.full, 'x', x => when(and(v.name, not(hasKey(v.map, 'x'))), when(eq(x, 'one'), fail`is one`))),
      ),
    ['full[0]: is one'],
  ),
]);

test.run();
