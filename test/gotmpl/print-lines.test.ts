import { suite } from 'uvu';
import { and, eq, join, keysOf, matches, not, portOf } from '../../generator/gotmpl/functions.ts';
import { type Expr, each, fail, fmt, type Path, when } from '../../generator/gotmpl/index.ts';
import { printLines, printRule } from '../../generator/gotmpl/lines.ts';
import type { RuleBody, TextLine } from '../../generator/model/chart.ts';
import { printsIn } from './prints.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: print lines and rules');
const prints = printsIn(test);
const v = sampleRefs();

const lines = (name: string, given: readonly TextLine[]) => prints(name, given, () => printLines(given, 'NOTES.txt'));
const rule = (name: string, path: Expr<unknown>, refuse: RuleBody) =>
  prints(name, refuse, () => printRule(path as Path, refuse, '_rules.tpl'));

lines('lines', ['a', '', '  - "b": 100%'])`
a

  - "b": 100%
`;
lines('fmt', [fmt`a ${v.name}`, fmt`${join(v.full, ',')} "${v.port}"`])`
a {{ .Values.name }}
{{ join "," .Values.full }} "{{ .Values.port }}"
`;
lines('when', ['a', when(v.on, ['', 'b', when(not(v.off), ['c'])]), 'd'])`
a
{{- if .Values.on }}

b
{{- if not .Values.off }}
c
{{- end }}
{{- end }}
d
`;
lines('when, what holds already', ['a', when(v.on, ['b', when(and(v.on, v.off), ['c']), when(v.on, ['', 'd'])])])`
a
{{- if .Values.on }}
b
{{- if .Values.off }}
c
{{- end }}

d
{{- end }}
`;
lines('each, where values from outside are at $', ['a', each(v.servers, 's', s => [fmt`${s.name} ${v.name}`])])`
a
{{- range $s := .Values.servers }}
{{ $s.name }} {{ $.Values.name }}
{{- end }}
`;

rule('a rule', v.port, when(and(v.on, eq(v.name, 'a')), fail`is wrong; write "b"`))`
{{- if and .Values.on (eq .Values.name "a") }}
{{- fail "port: is wrong; write \"b\"" }}
{{- end }}
`;
rule('a rule with values', v.name, when(v.on, fail`is ${v.name} and 5%, not ${portOf(v.name)}`))`
{{- if .Values.on }}
{{- fail (printf "name: is %v and 5%%, not %v" .Values.name (regexFind "[0-9]+$" .Values.name)) }}
{{- end }}
`;
rule(
  'a rule for each item',
  v.full,
  each(v.full, 'x', x => when(eq(x, 'a'), fail`is ${v.name} in 5%`)),
)`
{{- range $index, $x := .Values.full }}
{{- if eq $x "a" }}
{{- fail (printf "full[%d]: is %v in 5%%" $index $.Values.name) }}
{{- end }}
{{- end }}
`;
rule(
  'a rule for each key',
  v.map,
  each(keysOf(v.map), 'key', key => when(matches(key, '^a'), fail`is ${key}`)),
)`
{{- range $key := keys .Values.map | sortAlpha }}
{{- if regexMatch "^a" $key }}
{{- fail (printf "map: is %v" $key) }}
{{- end }}
{{- end }}
`;

test.run();
