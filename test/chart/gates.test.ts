/** What published rules ask of a chart: each test names its rule. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fields } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { releaseFacts } from '../../generator/model/facts/releases.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import { caseNamed, cases, chartFolder, goldenManifests, goldenText } from './cases.ts';
import { linesThat, paths, textOf } from './chart-files.ts';
import { failedChecks, type Job } from './kube-linter.ts';
import { type JsonSchema, schemaProblems } from './schema-rules.ts';

const test = suite('chart/gates');
const templates = paths.filter(path => path.startsWith('templates/'));
const objectTemplates = templates.filter(path => path.endsWith('.yaml') && path !== 'templates/checks.yaml');
const chart = parseAsHelm(textOf('Chart.yaml')) as Record<string, unknown>;
const values = parseAsHelm(textOf('values.yaml')) as Record<string, unknown>;
const schema = JSON.parse(textOf('values.schema.json')) as JsonSchema;

const none = (found: readonly unknown[]) => assert.equal(found, []);

test('chart-verifier is-helm-v3', () => assert.is(chart.apiVersion, 'v2'));
test('chart-verifier has-readme', () => assert.ok(textOf('README.md')));
test('chart-verifier contains-test', () => assert.ok(paths.some(path => /^templates\/tests\/.*\.yaml$/.test(path))));
test('chart-verifier contains-values', () => assert.ok(Object.keys(values).length > 0));
test('chart-verifier contains-values-schema', () => assert.ok(Object.keys(schema).length > 0));
test('chart-verifier has-kubeversion: one range without an upper end', () =>
  assert.is(chart.kubeVersion, '>=1.24.0-0'));
test('chart-verifier not-contains-crds', () => {
  none(paths.filter(path => path.startsWith('crds/')));
  none(linesThat(paths, line => line.trimStart().startsWith('kind: CustomResourceDefinition')));
});
test('chart-verifier not-contain-csi-objects', () =>
  none(linesThat(templates, line => line.startsWith('kind: CSIDriver'))));
test('chart-verifier images-are-certified: images of registry.redhat.io only, with a tag', () => {
  const images = cases
    .filter(c => c.name !== 'verify')
    .flatMap(c => [...goldenText(c).matchAll(/\s+image:\s+(\S.*)/g)].map(found => found[1]));
  assert.ok(images.length > 0);
  // auto is replaced by Istio, with an image of its operator's.
  none(images.filter(image => image !== 'auto' && !/^"registry\.redhat\.io\/[^:@]+:v?\d+\.\d+"$/.test(image ?? '')));
});
test('chart-verifier required-annotations-present', () =>
  assert.is((chart.annotations as Record<string, string>)['charts.openshift.io/name'], 'Serverless Mesh'));
test('chart-verifier has-notes', () => assert.ok(textOf('templates/NOTES.txt')));

test('ct lint: Chart.yaml has what chart_schema.yaml asks for', () => {
  for (const key of ['name', 'version', 'apiVersion', 'description']) assert.type(chart[key], 'string', key);
});
test('ct lint, yamllint: no space at an end of line, one newline at the end, no carriage return, no tab', () => {
  none(linesThat(paths, line => /[ \t\r]$|\t/.test(line)));
  none(paths.filter(path => !/[^\n]\n$/.test(textOf(path))));
});
test('ct lint, yamllint: comments begin with a space; values and Chart.yaml have no two empty lines', () => {
  none(
    linesThat(
      ['values.yaml', 'Chart.yaml'],
      line => /^\s*#[^ ]/.test(line) || /[^ ] #|[^ ] {2}#/.test(line.replace(/^\s*#.*/, '')),
    ),
  );
  none(['values.yaml', 'Chart.yaml'].filter(path => textOf(path).includes('\n\n\n')));
});

test('best practice 1, 2: the chart is named as its folder, by DNS-1123, with a strict version', () => {
  assert.is(chart.name, basename(chartFolder));
  assert.match(String(chart.name), /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
  assert.match(String(chart.version), /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/);
});
test('best practice 4: no namespace but those of Knative and of the values', () => {
  for (const c of cases) {
    const { mesh, verify, kafka, gateway } = c.values as unknown as MeshValues;
    const known = [
      'knative-serving',
      'knative-eventing',
      ...(mesh.generation === 'v3' ? ['knative-serving-ingress'] : []),
      ...(gateway.tls.source === 'clusterIngress' ? ['openshift-ingress'] : []),
      mesh.namespace,
      ...mesh.members,
      ...kafka.consumerNamespaces,
      verify.namespace,
    ];
    const used = goldenManifests(c).map(m => (m.object.metadata as { namespace?: string }).namespace);
    none(used.filter(name => name !== undefined && !known.includes(name)));
    const clusterWide = /^(Namespace|ClusterRole|ClusterRoleBinding|Istio|IstioCNI)$/;
    none(
      goldenManifests(c).filter(
        m => !clusterWide.test(String(m.object.kind)) && !('namespace' in (m.object.metadata as object)),
      ),
    );
  }
});
test('best practice 5, 9: values are camelCase, each with a comment that begins with its name', () => {
  for (const { path } of fields(serverlessMesh.values as Schema)) {
    assert.match(path, /^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)*$/);
    assert.match(
      textOf('values.yaml'),
      new RegExp(`^ *# ${path} -- [A-Z]?.*\\n( *# .*\\n)* *${path.split('.').at(-1)}:`, 'm'),
    );
  }
});
test('best practice 10, 11: template files are lower-case words with dashes', () =>
  none(templates.filter(path => !/^templates\/([a-z-]+\/)?(_?[a-z]+(-[a-z]+)*\.(yaml|tpl)|NOTES\.txt)$/.test(path))));
test('best practice 12: one resource in a file', () => {
  for (const path of objectTemplates) assert.is(textOf(path).match(/^kind:/gm)?.length, 1, path);
});
test('best practice 13: helpers begin with the name of the chart', () => {
  const defined = templates.flatMap(path => [...textOf(path).matchAll(/define "([^"]*)"/g)].map(found => found[1]));
  assert.ok(defined.length > 0);
  none(defined.filter(name => !name?.startsWith('serverless-mesh.')));
  none(templates.filter(path => !path.endsWith('.tpl') && textOf(path).includes('define "')));
});
test('best practice 14: {{- on control lines, spaces inside, nothing but comments trims to the right', () => {
  none(linesThat(templates, line => /^\s*\{\{ ?(if|with|range|else|end|include|toYaml|fail|define)\b/.test(line)));
  none(linesThat(templates, line => /\{\{(?!-? )|(?<! |\*\/|-)\}\}|(?<! )-\}\}/.test(line)));
  none(linesThat(objectTemplates, line => line.includes('-}}') && line !== '*/ -}}'));
});
// A shell script may have empty lines.
const scripts = /^ {2}\w+\.sh: \|\n( {4}.*\n|\n)*/gm;
test('best practice 14: no empty line in what is rendered', () => {
  for (const c of cases.filter(c => c.name !== 'common-metadata'))
    assert.not.match(goldenText(c).replace(scripts, ''), /\n[ \t]*\n/, c.name);
});
test('best practice 15: comments for authors are of the template, and name the source and the command', () => {
  const banner =
    /^\{\{- \/\*\n(.+\n)+Generated from generator\/model\/[-/\w.]+ by "serverless-mesh generate"; do not edit\.\n\*\/ -\}\}\n/;
  for (const path of objectTemplates) assert.match(textOf(path), banner, path);
});
test('best practice 16, 17: every object has the labels that Helm recommends', () => {
  const keys = [
    'app.kubernetes.io/name',
    'app.kubernetes.io/instance',
    'app.kubernetes.io/version',
    'app.kubernetes.io/managed-by',
    'helm.sh/chart',
  ];
  for (const c of cases)
    for (const { source, object } of goldenManifests(c)) {
      const { labels } = object.metadata as { labels: Record<string, string> };
      none(keys.filter(key => !labels[key]).map(key => `${c.name}: ${source}: ${key}`));
    }
});
test('style 4: the templates of the Jobs, scripts included, have at most 100 lines', () => {
  const long = objectTemplates.filter(
    path => path.startsWith('templates/jobs/') && textOf(path).split('\n').length > 101,
  );
  none(long);
});
test('best practice 23, 24: tests are hooks with a weight in quotes and a delete policy', () => {
  for (const path of templates.filter(p => p.startsWith('templates/tests/')))
    assert.match(
      textOf(path),
      /^ {4}helm\.sh\/hook: test\n {4}helm\.sh\/hook-weight: "\d"\n {4}helm\.sh\/hook-delete-policy: before-hook-creation/m,
    );
});
test('best practice 29, 30: lookup only in the checks of the cluster; nothing random, nothing of the clock', () => {
  none(templates.filter(path => /\blookup "/.test(textOf(path)) && path !== 'templates/_cluster.tpl'));
  none(
    linesThat(templates, line =>
      /\{\{.*\b(rand\w+|now|date\w*|uuidv4|gen[A-Z]\w+|derivePassword|getHostByName|env|expandenv)\b/.test(line),
    ),
  );
});
test('best practice 32, 33: Chart.yaml has known fields only, and appVersion is a text', () => {
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
test('best practice 34: NOTES use the release and its namespace', () =>
  assert.match(textOf('templates/NOTES.txt'), 'helm test {{ .Release.Name }} -n {{ .Release.Namespace }}'));
test('best practice 35: keys, packages and environments are never packaged', () => {
  for (const line of ['environments/', '*.key', '*.pem', '*.tgz', '.git/'])
    assert.ok(textOf('.helmignore').split('\n').includes(line), line);
});
test('best practice 36: a draft-07 schema of closed objects, with words everywhere, that RE2 and both engines read', () => {
  assert.is(schema.$schema, 'http://json-schema.org/draft-07/schema#');
  assert.ok('global' in (schema.properties ?? {}));
  const free = [
    'global',
    'serving.config',
    'serving.config.*',
    'eventing.config',
    'eventing.config.*',
    'commonLabels',
    'commonAnnotations',
  ];
  none(schemaProblems(schema, '').filter(problem => !free.includes(problem.replace(/: is open$/, ''))));
});

test('best practice 38: environments hold only what differs from the defaults', () => {
  for (const name of ['dev', 'staging', 'prod']) {
    const own = parseAsHelm(readFileSync(caseNamed(name).file, 'utf8'));
    none(same(own, values, name));
  }
});
function same(own: unknown, usual: unknown, path: string): string[] {
  if (typeof own !== 'object' || own === null || Array.isArray(own))
    return JSON.stringify(own) === JSON.stringify(usual) ? [path] : [];
  return Object.entries(own).flatMap(([key, child]) =>
    same(child, (usual as Record<string, unknown> | undefined)?.[key], `${path}.${key}`),
  );
}

test('kube-linter: every Job passes every check that is on by default', () => {
  for (const c of cases) {
    const manifests = goldenManifests(c);
    const accounts = manifests
      .filter(m => m.object.kind === 'ServiceAccount')
      .map(m => (m.object.metadata as { name: string }).name);
    for (const { source, object } of manifests.filter(m => m.object.kind === 'Job'))
      assert.equal(failedChecks(object as unknown as Job, accounts), [], `${c.name}: ${source}`);
  }
  const sources = cases.flatMap(c => goldenManifests(c).filter(m => m.object.kind === 'Job')).map(m => m.source);
  assert.is(new Set(sources).size, 3);
});
test('kube-linter: a Job without care fails them', () => {
  const careless = {
    spec: {
      template: {
        spec: {
          hostNetwork: true,
          serviceAccountName: 'x',
          containers: [{ image: 'busybox', env: [{ name: 'SECRET', value: 'x' }] }],
        },
      },
    },
  };
  assert.is(failedChecks(careless).length, 13);
});

test.run();
