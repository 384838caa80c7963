import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { and, or } from '../../generator/gotmpl/functions.ts';
import {
  defineCondition,
  defineJoined,
  defineMap,
  each,
  entries,
  include,
  note,
  when,
  whenAny,
} from '../../generator/gotmpl/index.ts';
import { printDocuments, printHelper } from '../../generator/gotmpl/print.ts';
import { printsIn } from './prints.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: print helpers and entries');
const prints = printsIn(test);
const v = sampleRefs();
const labels = defineMap('x.labels', 'Labels.', { app: 'x' });
const given = (more: object) => ({ a: 1, ...more });

prints('include', { a: { b: { ...include(labels) } } })`
a:
  b:
    {{- include "x.labels" . | nindent 4 }}
`;
prints('include beside our own', { a: { ...include(labels), c: 1 } })`
a:
  {{- include "x.labels" . | nindent 2 }}
  c: 1
`;
prints('include in a document', { a: 1, ...include(labels) })`
{{- include "x.labels" . | nindent 0 }}
a: 1
`;
const place = defineMap('x.place', 'Place.', { c: when(v.on, 1), d: when(v.off, 2) }, or(v.on, v.off));
prints('include of what is never empty here', { a: 1, b: when(or(v.on, v.off), { ...include(place), e: 1 }) })`
a: 1
{{- if or .Values.on .Values.off }}
b:
  e: 1
  {{- include "x.place" . | trim | nindent 2 }}
{{- end }}
`;
prints('a helper that is never empty where it is included', place, printHelper)`
{{- /* Place. */ -}}
{{- define "x.place" -}}
{{- if .Values.on }}
c: 1
{{- end }}
{{- if .Values.off }}
d: 2
{{- end }}
{{- end }}
`;
test('include of what may be empty here', () =>
  assert.throws(
    () =>
      printDocuments({ a: 1, b: when(v.on, { ...include(place), e: 1 }), d: { ...include(place), e: 1 } }, 'x.yaml'),
    'x.yaml: d includes x.place, which may be empty here; put a when() with its condition around the field.',
  ));
prints('include in each', { a: [each(v.full, 'x', x => ({ name: x, l: { ...include(labels) } }))] })`
a:
  {{- range $x := .Values.full }}
  - name: {{ $x | quote }}
    l:
      {{- include "x.labels" $ | nindent 6 }}
  {{- end }}
`;
prints('entries alone', given({ b: when(v.map, { ...entries(v.map) }) }))`
a: 1
{{- if .Values.map }}
b:
  {{- range $key, $value := .Values.map }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}
`;
prints('entries without reserved keys', { a: { b: 1, ...entries(v.map, ['c', 'd"']) } })`
a:
  b: 1
  {{- range $key, $value := omit .Values.map "b" "c" "d\"" }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
`;
prints('entries that are maps', given({ b: when(v.maps, { ...entries(v.maps) }) }))`
a: 1
{{- if .Values.maps }}
b:
  {{- range $name, $entries := .Values.maps }}
  {{ $name | quote }}:
    {{- range $key, $value := $entries }}
    {{ $key | quote }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
{{- end }}
`;
prints('entries in each', { a: [each(v.full, 'x', x => ({ name: x, m: { k: 1, ...entries(v.map) } }))] })`
a:
  {{- range $x := .Values.full }}
  - name: {{ $x | quote }}
    m:
      k: 1
      {{- range $key, $value := omit $.Values.map "k" }}
      {{ $key | quote }}: {{ $value | quote }}
      {{- end }}
  {{- end }}
`;
prints('include, our own, entries', { a: { ...entries(v.map), b: 1, ...include(labels) } })`
a:
  {{- include "x.labels" . | nindent 2 }}
  b: 1
  {{- range $key, $value := omit .Values.map "b" }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
`;
prints('whenAny', given({ b: whenAny({ c: when(v.on, 1), ...entries(v.map) }) }))`
a: 1
{{- if or .Values.on .Values.map }}
b:
  {{- if .Values.on }}
  c: 1
  {{- end }}
  {{- range $key, $value := omit .Values.map "c" }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}
`;
prints('whenAny with one part', given({ b: whenAny({ c: note('Why.', when(v.on, 1)) }) }))`
a: 1
{{- if .Values.on }}
b:
  # Why.
  c: 1
{{- end }}
`;
prints('whenAny with a part that is always there', { a: whenAny({ b: 1, c: when(v.on, 2) }) })`
a:
  b: 1
  {{- if .Values.on }}
  c: 2
  {{- end }}
`;
prints('whenAny with include', { a: whenAny({ ...include(labels), c: when(v.on, 2) }) })`
a:
  {{- include "x.labels" . | nindent 2 }}
  {{- if .Values.on }}
  c: 2
  {{- end }}
`;
prints('a map', defineMap('x.y', 'Why.', { a: 1, b: when(v.on, v.name), ...entries(v.map) }), printHelper)`
{{- /* Why. */ -}}
{{- define "x.y" -}}
a: 1
{{- if .Values.on }}
b: {{ .Values.name | quote }}
{{- end }}
{{- range $key, $value := omit .Values.map "a" "b" }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}
`;
prints(
  'a joined list',
  defineJoined('x.z', 'Names.', v.servers, 's', s => s.name),
  printHelper,
)`
{{- /* Names. */ -}}
{{- define "x.z" -}}
{{- range $index, $s := .Values.servers }}
{{- if $index }},{{ end }}
{{- $s.name }}
{{- end }}
{{- end }}
`;
prints('a condition', defineCondition('x.on', 'It is on.', and(v.on, v.name)), printHelper)`
{{- /* It is on. */ -}}
{{- define "x.on" -}}
{{- if and .Values.on .Values.name }}true{{ end }}
{{- end }}
`;

test.run();
