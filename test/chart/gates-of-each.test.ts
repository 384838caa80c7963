/** What published rules ask of every chart: each test names its rule. */
import { basename } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fields } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { releaseFacts } from '../../generator/model/facts/releases.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import { type Case, casesByChart, chartFolderOf, goldenObjects, goldenText } from './cases.ts';
import { chartFiles } from './chart-files.ts';
import { type JsonSchema, schemaProblems } from './schema-rules.ts';

const test = suite('chart/gates-of-each');
const none = (found: readonly unknown[]) => assert.equal(found, []);
// A shell script may have empty lines.
const scripts = /^ {2}\w+\.sh: \|\n( {4}.*\n|\n)*/gm;

for (const [made, cases] of casesByChart) gates(made, cases);

function gates(made: Chart, cases: readonly Case[]): void {
  const testOf = (name: string, run: () => void) => test(`${made.name}: ${name}`, run);
  const { paths, textOf, linesThat } = chartFiles(made);
  const templates = paths.filter(path => path.startsWith('templates/'));
  const objectTemplates = templates.filter(path => path.endsWith('.yaml') && path !== 'templates/checks.yaml');
  const chart = parseAsHelm(textOf('Chart.yaml')) as Record<string, unknown>;
  const values = parseAsHelm(textOf('values.yaml')) as Record<string, unknown>;
  const schema = JSON.parse(textOf('values.schema.json')) as JsonSchema;

  testOf('chart-verifier is-helm-v3', () => assert.is(chart.apiVersion, 'v2'));
  testOf('chart-verifier has-readme', () => assert.ok(textOf('README.md')));
  testOf('chart-verifier contains-values', () => assert.ok(Object.keys(values).length > 0));
  testOf('chart-verifier contains-values-schema', () => assert.ok(Object.keys(schema).length > 0));
  testOf('chart-verifier has-kubeversion: one range without an upper end', () =>
    assert.is(chart.kubeVersion, '>=1.24.0-0'),
  );
  testOf('chart-verifier not-contains-crds', () => {
    none(paths.filter(path => path.startsWith('crds/')));
    none(linesThat(paths, line => line.trimStart().startsWith('kind: CustomResourceDefinition')));
  });
  testOf('chart-verifier not-contain-csi-objects', () =>
    none(linesThat(templates, line => line.startsWith('kind: CSIDriver'))),
  );
  testOf('chart-verifier required-annotations-present', () =>
    assert.match((chart.annotations as Record<string, string>)['charts.openshift.io/name'] ?? '', /^Serverless Mesh\b/),
  );
  testOf('chart-verifier has-notes', () => assert.ok(textOf('templates/NOTES.txt')));
  testOf('ct lint: Chart.yaml has what chart_schema.yaml asks for', () => {
    for (const key of ['name', 'version', 'apiVersion', 'description']) assert.type(chart[key], 'string', key);
  });
  testOf('ct lint, yamllint: no space at an end of line, one newline at the end, no carriage return, no tab', () => {
    none(linesThat(paths, line => /[ \t\r]$|\t/.test(line)));
    none(paths.filter(path => !/[^\n]\n$/.test(textOf(path))));
  });
  testOf('ct lint, yamllint: comments begin with a space; values and Chart.yaml have no two empty lines', () => {
    none(
      linesThat(
        ['values.yaml', 'Chart.yaml'],
        line => /^\s*#[^ ]/.test(line) || /[^ ] #|[^ ] {2}#/.test(line.replace(/^\s*#.*/, '')),
      ),
    );
    none(['values.yaml', 'Chart.yaml'].filter(path => textOf(path).includes('\n\n\n')));
  });
  testOf('best practice 1, 2: the chart is named as its folder, by DNS-1123, with a strict version', () => {
    assert.is(chart.name, basename(chartFolderOf(made)));
    assert.match(String(chart.name), /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
    assert.match(String(chart.version), /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/);
  });
  testOf('best practice 5, 9: values are camelCase, each with a comment that begins with its name', () => {
    for (const { path } of fields(made.values as Schema)) {
      assert.match(path, /^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)*$/);
      assert.match(
        textOf('values.yaml'),
        new RegExp(`^ *# ${path} -- [A-Z]?.*\\n( *# .*\\n)* *${path.split('.').at(-1)}:`, 'm'),
      );
    }
  });
  testOf('best practice 10, 11: template files are lower-case words with dashes', () =>
    none(templates.filter(path => !/^templates\/([a-z-]+\/)?(_?[a-z]+(-[a-z]+)*\.(yaml|tpl)|NOTES\.txt)$/.test(path))),
  );
  testOf('best practice 12: one resource in a file', () => {
    for (const path of objectTemplates) assert.is(textOf(path).match(/^kind:/gm)?.length, 1, path);
  });
  testOf('best practice 13: helpers begin with the name of the chart', () => {
    const defined = templates.flatMap(path => [...textOf(path).matchAll(/define "([^"]*)"/g)].map(found => found[1]));
    assert.ok(defined.length > 0);
    none(defined.filter(name => !name?.startsWith(`${made.name}.`)));
    none(templates.filter(path => !path.endsWith('.tpl') && textOf(path).includes('define "')));
  });
  testOf('best practice 14: {{- on control lines, spaces inside, nothing but comments trims to the right', () => {
    none(linesThat(templates, line => /^\s*\{\{ ?(if|with|range|else|end|include|toYaml|fail|define)\b/.test(line)));
    none(linesThat(templates, line => /\{\{(?!-? )|(?<! |\*\/|-)\}\}|(?<! )-\}\}/.test(line)));
    none(linesThat(objectTemplates, line => line.includes('-}}') && line !== '*/ -}}'));
  });
  testOf('best practice 14: no empty line in what is rendered', () => {
    for (const c of cases.filter(c => c.name !== 'common-metadata'))
      assert.not.match(goldenText(c).replace(scripts, ''), /\n[ \t]*\n/, c.name);
  });
  testOf('best practice 15: comments for authors are of the template, and name the source and the command', () => {
    const banner =
      /^\{\{- \/\*\n(.+\n)+Generated from generator\/model\/[-/\w.]+ by "serverless-mesh generate"; do not edit\.\n\*\/ -\}\}\n/;
    for (const path of objectTemplates) assert.match(textOf(path), banner, path);
  });
  testOf('best practice 16, 17: every object has the labels that Helm recommends', () => {
    const keys = [
      'app.kubernetes.io/name',
      'app.kubernetes.io/instance',
      'app.kubernetes.io/version',
      'app.kubernetes.io/managed-by',
      'helm.sh/chart',
    ];
    for (const c of cases)
      for (const { source, object } of goldenObjects(c)) {
        const { labels } = object.metadata as { labels: Record<string, string> };
        none(keys.filter(key => !labels[key]).map(key => `${c.name}: ${source}: ${key}`));
      }
  });
  testOf('best practice 29, 30: lookup only in the checks of the cluster; nothing random, nothing of the clock', () => {
    none(templates.filter(path => /\blookup "/.test(textOf(path)) && path !== 'templates/_cluster.tpl'));
    none(
      linesThat(templates, line =>
        /\{\{.*\b(rand\w+|now|date\w*|uuidv4|gen[A-Z]\w+|derivePassword|getHostByName|env|expandenv)\b/.test(line),
      ),
    );
  });
  testOf('best practice 32, 33: Chart.yaml has known fields only, and appVersion is a text', () => {
    const known = [
      'apiVersion',
      'name',
      'description',
      'type',
      'version',
      'appVersion',
      'kubeVersion',
      'keywords',
      'annotations',
    ];
    const also = ['home', 'sources', 'maintainers', 'icon', 'dependencies', 'deprecated'];
    none(Object.keys(chart).filter(key => ![...known, ...also].includes(key)));
    assert.match(textOf('Chart.yaml'), /^appVersion: "1\.\d+"$/m);
    assert.is(releaseFacts[`v${chart.appVersion}` as 'v1.37'].released, true);
  });
  testOf('best practice 34: NOTES use the release and its namespace', () =>
    assert.match(textOf('templates/NOTES.txt'), '{{ .Release.Name }} -n {{ .Release.Namespace }}'),
  );
  testOf('best practice 35: keys, packages and environments are never packaged', () => {
    for (const line of ['environments/', '*.key', '*.pem', '*.tgz', '.git/'])
      assert.ok(textOf('.helmignore').split('\n').includes(line), line);
  });
  testOf(
    'best practice 36: a draft-07 schema of closed objects, with words everywhere, that RE2 and both engines read',
    () => {
      assert.is(schema.$schema, 'http://json-schema.org/draft-07/schema#');
      assert.ok('global' in (schema.properties ?? {}));
      const free = [
        'global',
        'serving.config',
        'serving.config.*',
        'eventing.config',
        'eventing.config.*',
        'placement.nodeSelector',
        'commonLabels',
        'commonAnnotations',
      ];
      none(schemaProblems(schema, '').filter(problem => !free.includes(problem.replace(/: is open$/, ''))));
    },
  );
}

test.run();
