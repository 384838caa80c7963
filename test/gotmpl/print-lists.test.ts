import { suite } from 'uvu';
import { eq } from '../../generator/gotmpl/functions.ts';
import { each, fmt, note, noteWhen, when } from '../../generator/gotmpl/index.ts';
import { printsIn } from './prints.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: print lists and documents');
const prints = printsIn(test);
const v = sampleRefs();

prints('a list', { a: ['x', 1, true, v.name, v.port] })`
a:
  - x
  - 1
  - true
  - {{ .Values.name | quote }}
  - {{ .Values.port }}
`;
prints('a list of maps', { a: [{ b: 1, c: { d: 'x' } }, { e: [2, { f: 3, g: 4 }] }] })`
a:
  - b: 1
    c:
      d: x
  - e:
      - 2
      - f: 3
        g: 4
`;
prints('a list of lists', { a: [[1, [2, 3]], 4] })`
a:
  - - 1
    - - 2
      - 3
  - 4
`;
prints('a map whose first field is a map', { a: [{ b: { c: 1 }, d: 2 }] })`
a:
  - b:
      c: 1
    d: 2
`;
prints('fmt', { a: [fmt`x-${v.name}`] })`
a:
  - "x-{{ .Values.name }}"
`;
prints('a block scalar', { a: ['x\n y\n', { b: 'z\n' }] })`
a:
  - |
    x
     y
  - b: |
      z
`;
prints('a note', { a: [note('Why.', 'x'), note('Why.', { b: 1, c: 2 })] })`
a:
  # Why.
  - x
  # Why.
  - b: 1
    c: 2
`;
prints('a note on the first field of an item', { a: [{ b: note('Why.', 1), c: note('And.', 2) }] })`
a:
  # Why.
  - b: 1
    # And.
    c: 2
`;
prints('when', { a: ['x', when(v.on, 'z')] })`
a:
  - x
  {{- if .Values.on }}
  - z
  {{- end }}
`;
prints('when with several items', { a: ['x', when(v.on, ['z', { b: 1, c: 2 }])] })`
a:
  - x
  {{- if .Values.on }}
  - z
  - b: 1
    c: 2
  {{- end }}
`;
prints('when inside an item', { a: [{ b: 1, c: when(v.on, 2), d: 3 }] })`
a:
  - b: 1
    {{- if .Values.on }}
    c: 2
    {{- end }}
    d: 3
`;
prints('each', { a: [each(v.full, 'x', x => x)] })`
a:
  {{- range $x := .Values.full }}
  - {{ $x | quote }}
  {{- end }}
`;
prints('each with maps; values from outside are at $', {
  a: ['z', each(v.servers, 's', s => ({ b: s.name, c: when(v.on, v.port), d: fmt`${s.port}.${v.name}` }))],
})`
a:
  - z
  {{- range $s := .Values.servers }}
  - b: {{ $s.name | quote }}
    {{- if $.Values.on }}
    c: {{ $.Values.port }}
    {{- end }}
    d: "{{ $s.port }}.{{ $.Values.name }}"
  {{- end }}
`;
prints('each in each', {
  a: ['z', each(v.servers, 's', s => each(s.tags, 't', t => when(eq(t, 'x'), fmt`${t}.${v.name}`)))],
})`
a:
  - z
  {{- range $s := .Values.servers }}
  {{- range $t := $s.tags }}
  {{- if eq $t "x" }}
  - "{{ $t }}.{{ $.Values.name }}"
  {{- end }}
  {{- end }}
  {{- end }}
`;
prints('a note that does not fit always', {
  d: noteWhen(v.on, 'Why.', 3),
  e: noteWhen(v.on, 'Why.', when(v.list, ['x'])),
})`
{{- if .Values.on }}
# Why.
{{- end }}
d: 3
{{- if .Values.list }}
{{- if .Values.on }}
# Why.
{{- end }}
e:
  - x
{{- end }}
`;
prints('a note on each', {
  a: [
    note(
      'Why.',
      each(v.full, 'x', x => x),
    ),
  ],
})`
a:
  # Why.
  {{- range $x := .Values.full }}
  - {{ $x | quote }}
  {{- end }}
`;
prints('a document under when', when(v.on, { a: 1 }))`
{{- if .Values.on }}
a: 1
{{- end }}
`;
prints(
  'documents',
  each(v.full, 'x', x => ({ a: x, b: v.name })),
)`
{{- range $x := .Values.full }}
---
a: {{ $x | quote }}
b: {{ $.Values.name | quote }}
{{- end }}
`;
prints(
  'documents under when in each',
  when(
    v.on,
    each(v.full, 'x', x => when(eq(x, 'a'), { a: x })),
  ),
)`
{{- if .Values.on }}
{{- range $x := .Values.full }}
{{- if eq $x "a" }}
---
a: {{ $x | quote }}
{{- end }}
{{- end }}
{{- end }}
`;
prints(
  'documents that begin with a note',
  each(v.full, 'x', x => ({ a: note('Why.', 1), b: x })),
)`
{{- range $x := .Values.full }}
---
# Why.
a: 1
b: {{ $x | quote }}
{{- end }}
`;

test.run();
