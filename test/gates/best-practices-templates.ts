/** Best practices of the text of templates. */
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Check } from './gate.ts';
import { linesThat, objectTemplatesOf, pathsOf, templatesOf, textOf } from './subject.ts';
import { withFile } from './violations.ts';

const bad = 'templates/x.yaml';
const defines = /define "([^"]*)"/g;
const banner =
  /^\{\{- \/\*\n(.+\n)+Generated from generator\/model\/[-/\w.]+ by "serverless-mesh generate"; do not edit\.\n\*\/ -\}\}\n/;
const volatile = /\{\{.*\b(rand\w+|now|date\w*|uuidv4|gen[A-Z]\w+|derivePassword|getHostByName|env|expandenv)\b/;

export const templateChecks: readonly Check[] = [
  {
    id: '12 one object in a file',
    rule: 'a template has one object',
    find: s => objectTemplatesOf(s).filter(path => textOf(s, path).match(/^kind:/gm)?.length !== 1),
    violation: withFile(bad, 'kind: A\n---\nkind: B\n'),
    found: bad,
  },
  {
    id: '13 names of helpers',
    rule: 'helpers begin with the name of the chart, and are in .tpl files',
    find: s => [
      ...templatesOf(s).flatMap(path =>
        [...textOf(s, path).matchAll(defines)]
          .filter(([, name]) => !name?.startsWith(`${s.name}.`))
          .map(([, name]) => `${path}: ${name}`),
      ),
      ...templatesOf(s).filter(path => !path.endsWith('.tpl') && textOf(s, path).includes('define "')),
    ],
    violation: withFile('templates/_x.tpl', '{{- define "labels" -}}\n{{- end }}\n'),
    found: 'templates/_x.tpl: labels',
  },
  {
    id: '14 chomps',
    rule: '{{- on control lines, spaces inside, nothing but comments trims to the right',
    find: s => [
      ...linesThat(s, templatesOf(s), line =>
        /^\s*\{\{ ?(if|with|range|else|end|include|toYaml|fail|define)\b|\{\{(?!-? )|(?<! |\*\/|-)\}\}|(?<! )-\}\}/.test(
          line,
        ),
      ),
      ...linesThat(s, objectTemplatesOf(s), line => line.includes('-}}') && line !== '*/ -}}'),
    ],
    violation: withFile(bad, '{{ if .Values.a }}\n{{- end }}\n'),
    found: `${bad}:1: {{ if .Values.a }}`,
  },
  {
    id: '15 comments',
    rule: 'comments for authors are of the template; they name the source and the command',
    find: s => objectTemplatesOf(s).filter(path => !banner.test(textOf(s, path))),
    violation: withFile(bad, '# Generated.\nkind: A\n'),
    found: bad,
  },
  {
    id: '29 lookup',
    rule: 'lookup only in the checks of the cluster, without which the chart renders the same',
    find: s => templatesOf(s).filter(path => /\blookup "/.test(textOf(s, path)) && path !== 'templates/_cluster.tpl'),
    violation: withFile(bad, '{{- lookup "v1" "Secret" "a" "b" }}\n'),
    found: bad,
  },
  {
    id: '30 drift',
    rule: 'nothing random, nothing of the clock or the environment',
    find: s => linesThat(s, templatesOf(s), line => volatile.test(line)),
    violation: withFile(bad, 'a: {{ randAlphaNum 5 }}\n'),
    found: `${bad}:1: a: {{ randAlphaNum 5 }}`,
  },
  {
    id: '23, 24 hooks of tests',
    rule: 'tests are hooks with a weight in quotes and a delete policy',
    charts: [serverlessMesh.name],
    find: s =>
      pathsOf(s, /^templates\/tests\//).filter(
        path =>
          !/^ {4}helm\.sh\/hook: test\n {4}helm\.sh\/hook-weight: "\d"\n {4}helm\.sh\/hook-delete-policy: before-hook-creation/m.test(
            textOf(s, path),
          ),
      ),
    violation: withFile('templates/tests/x.yaml', 'metadata:\n  annotations:\n    helm.sh/hook: test\n'),
    found: 'templates/tests/x.yaml',
  },
  {
    id: 'ours: length of Jobs',
    rule: 'the templates of the Jobs, scripts included, have at most 100 lines',
    find: s => pathsOf(s, /^templates\/jobs\//).filter(path => textOf(s, path).split('\n').length > 101),
    violation: withFile('templates/jobs/x.yaml', 'a\n'.repeat(101)),
    found: 'templates/jobs/x.yaml',
  },
];
