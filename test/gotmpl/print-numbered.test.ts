import { suite } from 'uvu';
import { inParts, next, single } from '../../generator/gotmpl/functions.ts';
import { defineList, each, eachNumbered, fmt, listFrom, shared } from '../../generator/gotmpl/index.ts';
import { printHelper } from '../../generator/gotmpl/print.ts';
import { printsIn } from './prints.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: print numbered items and repeated values');
const prints = printsIn(test);
const v = sampleRefs();
const names = defineList('sample.names', 'Names, or their pattern.', v.full);

prints('several items for each', { a: [each(v.full, 'x', x => [x, fmt`${x}.svc`])] })`
a:
  {{- range $x := .Values.full }}
  - {{ $x | quote }}
  - "{{ $x }}.svc"
  {{- end }}
`;
prints('the index', { a: [eachNumbered(v.full, 'i', 'x', (x, i) => fmt`${x}-${next(i)}`)] })`
a:
  {{- range $i, $x := .Values.full }}
  - "{{ $x }}-{{ add1 $i }}"
  {{- end }}
`;
prints(
  'documents in parts',
  each(inParts(v.full, 50), 'part', part => ({ a: part })),
)`
{{- range $part := chunk 50 .Values.full }}
---
a: {{ $part | toJson }}
{{- end }}
`;
prints('a list of one text', { a: single(fmt`${v.name}*`) })`
a: {{ list (printf "%v*" .Values.name) | toJson }}
`;
prints('the list of a helper', { a: listFrom(names) })`
a: {{ include "sample.names" . }}
`;
prints('the helper of a list', names, printHelper as never)`
{{- /* Names, or their pattern. */ -}}
{{- define "sample.names" -}}
{{- .Values.full | toJson }}
{{- end }}
`;
prints('what is shared', { a: shared('n', false, v.name), b: shared('n', true, v.name) })`
a: &n {{ .Values.name | quote }}
b: *n
`;
prints('a map that is shared', { a: [{ b: shared('m', false, { c: 1 }) }], d: shared('m', true, { c: 1 }) })`
a:
  - b: &m
      c: 1
d: *m
`;
prints('what the first item shares', {
  a: [eachNumbered(v.full, 'i', 'x', (x, i) => ({ x, w: shared('n', i, v.name), m: shared('m', i, { c: 1 }) }))],
})`
a:
  {{- range $i, $x := .Values.full }}
  - x: {{ $x | quote }}
    w: {{ if $i }}*n{{ else }}&n {{ $.Values.name | quote }}{{ end }}
    {{- if $i }}
    m: *m
    {{- else }}
    m: &m
      c: 1
    {{- end }}
  {{- end }}
`;

test.run();
