import { suite } from 'uvu';
import { printsIn } from './prints.ts';

const test = suite('gotmpl: print literal text');
const prints = printsIn(test);

prints('text: plain', { a: 'v1.37', b: 'a b, c/d+e@f_g-h', c: '/a:b' })`
a: v1.37
b: a b, c/d+e@f_g-h
c: /a:b
`;
prints('text: empty', { a: '' })`a: ""`;
prints('text: booleans of YAML 1.1', { a: 'yes', b: 'No', c: 'on', d: 'OFF', e: 'y', f: 'N' })`
a: "yes"
b: "No"
c: "on"
d: "OFF"
e: "y"
f: "N"
`;
prints('text: booleans and null', { a: 'true', b: 'False', c: 'null', d: 'Null', e: '~' })`
a: "true"
b: "False"
c: "null"
d: "Null"
e: "~"
`;
prints('text: words that only begin so', { a: 'yesterday', b: 'nullable', c: 'on call' })`
a: yesterday
b: nullable
c: on call
`;
prints('text: numbers and dates', {
  a: '1',
  b: '1.37',
  c: '0x1F',
  d: '1e3',
  e: '-1',
  f: '.5',
  g: '2001-01-01',
  h: '35s',
})`
a: "1"
b: "1.37"
c: "0x1F"
d: "1e3"
e: "-1"
f: ".5"
g: "2001-01-01"
h: "35s"
`;
prints('text: a colon and a space', { a: 'a: b', b: 'a:', c: 'a:b' })`
a: "a: b"
b: "a:"
c: a:b
`;
prints('text: a hash', { a: 'a #b', b: '#', c: 'a#b' })`
a: "a #b"
b: "#"
c: "a#b"
`;
prints('text: special first characters', {
  a: '*',
  b: '&a',
  c: '- a',
  d: '[a]',
  e: '{a}',
  f: '!a',
  g: '@a',
  h: '>',
  i: '%a',
  j: '|',
  k: '?',
})`
a: "*"
b: "&a"
c: "- a"
d: "[a]"
e: "{a}"
f: "!a"
g: "@a"
h: ">"
i: "%a"
j: "|"
k: "?"
`;
prints('text: quotes and backslashes', { a: 'say "hi"', b: "it's", c: '\\' })`
a: "say \"hi\""
b: "it's"
c: "\\"
`;
prints('text: spaces at the ends, a tab', { a: ' a', b: 'a ', c: 'a\tb' })`
a: " a"
b: "a "
c: "a\tb"
`;
prints('text: other scripts', { a: 'é', b: 'aé' })`
a: "é"
b: "aé"
`;
prints('a key that needs quotes', { on: 1, 'a.b/c': 2, 'a b': 3, '*': 4, 'a: b': 5, '1.5': 6 })`
"on": 1
a.b/c: 2
a b: 3
"*": 4
"a: b": 5
"1.5": 6
`;
prints('a block scalar', { a: { b: 'set -eu\n\n  echo "$x"\n' }, c: 1 })`
a:
  b: |
    set -eu

      echo "$x"
c: 1
`;

test.run();
