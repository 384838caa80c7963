import { Type } from 'typebox';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  checksTemplate,
  helpersTemplate,
  notesText,
  resourceTemplate,
  rulesTemplate,
} from '../../generator/emit/templates.ts';
import { GeneratorError } from '../../generator/errors.ts';
import { readFrames } from '../../generator/files.ts';
import { defineMap, defineStatic, fail, fmt, type Path, refs, when } from '../../generator/gotmpl/index.ts';
import type { Chart, Resource } from '../../generator/model/chart.ts';

const test = suite('emit: templates');
const frame = readFrames().get('template.yaml.hbs')!;
const values = Type.Object({ on: Type.Boolean(), name: Type.String({ pattern: '^[a-z]*$' }) });
const v = refs<{ on: boolean; name: string }>(values);
const resource: Resource = {
  doc: 'What it is.',
  source: 'a page',
  stage: 'mesh',
  documents: when(v.on, { kind: 'X' }),
};
const chart: Chart = {
  ...{ name: 'one', version: '0.1.0', appVersion: '1', description: 'One', kubeVersion: '', keywords: [] },
  valuesSource: 'x/',
  ...{ annotations: {}, statics: {}, values, resources: { 'mesh/x': resource } },
  helpers: [defineMap('one.a', 'A.', { a: 1 }), defineStatic('one.s', ''), defineMap('one.b', 'B.', { b: v.name })],
  rules: [
    { path: v.on as Path, refuse: when(v.on, fail`is on; switch it off`) },
    { path: v.name as Path, refuse: when(v.on, fail`is ${v.name}`) },
  ],
  notes: ['Done.', when(v.on, [fmt`Name: ${v.name}`])],
};

const rows: readonly [name: string, given: () => string, want: string][] = [
  [
    'an object, with what it is and where it comes from',
    () => resourceTemplate(frame, chart, 'mesh/x', resource),
    `{{- /*
What it is.
Source: a page.
Generated from generator/model/one/mesh/x.ts by "serverless-mesh generate"; do not edit.
*/ -}}
{{- if .Values.on }}
kind: X
{{- end }}
`,
  ],
  [
    'long words about an object',
    () => resourceTemplate(frame, chart, 'x', { ...resource, doc: 'word '.repeat(30).trim(), documents: { a: 1 } }),
    `{{- /*
${'word '.repeat(22).trim()}
${'word '.repeat(8).trim()}
Source: a page.
Generated from generator/model/one/x.ts by "serverless-mesh generate"; do not edit.
*/ -}}
a: 1
`,
  ],
  [
    'helpers, but not those of hand-written files',
    () => helpersTemplate(frame, chart),
    `{{- /*
Helpers that the templates share.
Generated from generator/model/one by "serverless-mesh generate"; do not edit.
*/ -}}
{{- /* A. */ -}}
{{- define "one.a" -}}
a: 1
{{- end }}

{{- /* B. */ -}}
{{- define "one.b" -}}
b: {{ .Values.name | quote }}
{{- end }}
`,
  ],
  [
    'rules',
    () => rulesTemplate(frame, chart),
    `{{- /*
Rules between values. What one value alone must be is in values.schema.json.
Generated from generator/model/one/rules.ts by "serverless-mesh generate"; do not edit.
*/ -}}
{{- define "one.rules" -}}
{{- if .Values.on }}
{{- fail "on: is on; switch it off" }}
{{- end }}
{{- if .Values.on }}
{{- fail (printf "name: is %v" .Values.name) }}
{{- end }}
{{- end }}
`,
  ],
  [
    'checks',
    () => checksTemplate(frame, chart),
    `{{- /*
Refuses values that do not fit together, and clusters that do not fit. Renders to nothing.
Generated from generator/model/one/rules.ts by "serverless-mesh generate"; do not edit.
*/ -}}
{{- include "one.rules" . }}
{{- include "one.preflight" . }}
`,
  ],
  [
    'NOTES',
    () => notesText(chart),
    `{{- /* Generated from generator/model/one/notes.ts by "serverless-mesh generate"; do not edit. */ -}}
Done.
{{- if .Values.on }}
Name: {{ .Values.name }}
{{- end }}
`,
  ],
];
for (const [name, given, want] of rows) test(name, () => assert.is(given(), want));

const refused: readonly [name: string, given: () => string][] = [
  [
    'words about an object',
    () => resourceTemplate(frame, chart, 'x', { ...resource, doc: 'All of mesh/*/ and more.' }),
  ],
  ['the source of an object', () => resourceTemplate(frame, chart, 'x', { ...resource, source: 'https://x/*/y' })],
  ['words about a helper', () => helpersTemplate(frame, { ...chart, helpers: [defineMap('x', 'a */ b', { a: 1 })] })],
];
for (const [name, given] of refused) {
  test(`refused: ${name} that would end their comment`, () => {
    assert.throws(given, (error: unknown) => error instanceof GeneratorError);
  });
}

test.run();
