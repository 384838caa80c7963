/** Best practices of the files of a chart: metadata, values, schema, what is packed. */
import { releaseFacts } from '../../generator/model/facts/releases.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import type { Check } from './gate.ts';
import { type JsonSchema, schemaProblems } from './schema-rules.ts';
import { linesThat, metadataOf, pathsOf, type Subject, templatesOf, textOf } from './subject.ts';
import { replaced, withField, withFile, withProperty } from './violations.ts';

/** `a.b` of every value, with the line that sets it. */
function valuePaths(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return path === '' ? [] : [path];
  const below = Object.entries(value).flatMap(([key, child]) =>
    valuePaths(child, path === '' ? key : `${path}.${key}`),
  );
  return below.length === 0 ? [path] : below;
}
/** Keys below these are not ours. */
const usersMaps = /^(serving\.config|eventing\.config|commonLabels|commonAnnotations|gateway\.resources|global)\./;
const ownPaths = (s: Subject) =>
  valuePaths(parseAsHelm(textOf(s, 'values.yaml')), '').filter(path => !usersMaps.test(path));

const undocumented = (s: Subject) =>
  ownPaths(s).filter(
    path =>
      !new RegExp(`^ *# ${path} -- \\S.*\\n( *# .*\\n)* *${path.split('.').at(-1)}:`, 'm').test(
        textOf(s, 'values.yaml'),
      ),
  );

const knownFields = [
  ...['apiVersion', 'name', 'description', 'type', 'version', 'appVersion', 'kubeVersion', 'keywords', 'annotations'],
  ...['home', 'sources', 'maintainers', 'icon', 'dependencies', 'deprecated'],
];
const openMaps = [
  'global',
  'serving.config',
  'serving.config.*',
  'eventing.config',
  'eventing.config.*',
  'placement.nodeSelector',
  'commonLabels',
  'commonAnnotations',
];

export const filesChecks: readonly Check[] = [
  {
    id: '1 name',
    rule: "the chart's name is that of its folder, and a DNS-1123 label",
    find: s =>
      metadataOf(s).name === s.name && /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(s.name) ? [] : ['Chart.yaml: name'],
    violation: withField('name', 'Mesh'),
    found: 'Chart.yaml: name',
  },
  {
    id: '2 version',
    rule: 'the version is strict SemVer 2',
    find: s => {
      const { version } = metadataOf(s);
      return /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(String(version))
        ? []
        : [`Chart.yaml: version ${version}`];
    },
    violation: withField('version', '1.0'),
    found: 'Chart.yaml: version 1.0',
  },
  {
    id: '3 text',
    rule: 'no space at an end of line, no tab, no carriage return, one newline at the end',
    find: s => [
      ...linesThat(s, pathsOf(s), line => /[ \t\r]$|\t/.test(line)),
      ...pathsOf(s)
        .filter(path => !/[^\n]\n$/.test(textOf(s, path)))
        .map(path => `${path}: its end`),
    ],
    violation: withFile('templates/x.yaml', 'a: \n'),
    found: 'templates/x.yaml:1: a:',
  },
  {
    id: '5 names of values',
    rule: 'values are camelCase, beginning with a small letter',
    find: s =>
      ownPaths(s)
        .filter(path => !/^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)*$/.test(path))
        .map(path => `values.yaml: ${path}`),
    violation: withFile('values.yaml', 'a-b: 1\n'),
    found: 'values.yaml: a-b',
  },
  {
    id: '9 comments of values',
    rule: 'every value has a comment that begins with its name',
    find: s => undocumented(s).map(path => `values.yaml: ${path}`),
    violation: withFile('values.yaml', '# other -- Text.\nport: 1\n'),
    found: 'values.yaml: port',
  },
  {
    id: '10, 11 names of templates',
    rule: 'template files are lower-case words with dashes, .yaml or .tpl',
    find: s =>
      templatesOf(s).filter(path => !/^templates\/([a-z-]+\/)?(_?[a-z]+(-[a-z]+)*\.(yaml|tpl)|NOTES\.txt)$/.test(path)),
    violation: withFile('templates/fooBar.yml', 'a: 1\n'),
    found: 'templates/fooBar.yml',
  },
  {
    id: '22 dependencies',
    rule: 'no dependency, so no range, address or condition of one',
    find: s => ('dependencies' in metadataOf(s) ? ['Chart.yaml: dependencies'] : []),
    violation: withField('dependencies', []),
    found: 'Chart.yaml: dependencies',
  },
  {
    id: '32 known fields',
    rule: 'Chart.yaml has only fields that Helm knows',
    find: s =>
      Object.keys(metadataOf(s))
        .filter(key => !knownFields.includes(key))
        .map(key => `Chart.yaml: ${key}`),
    violation: withField('licence', 'x'),
    found: 'Chart.yaml: licence',
  },
  {
    id: '33 appVersion',
    rule: 'appVersion is a text in quotes, and a release that is out',
    find: s => {
      const version = /^appVersion: "(\d+\.\d+)"$/m.exec(textOf(s, 'Chart.yaml'))?.[1];
      return releaseFacts[`v${version}` as 'v1.37']?.released ? [] : ['Chart.yaml: appVersion'];
    },
    violation: replaced('Chart.yaml', /^appVersion: "(.*)"$/m, 'appVersion: $1'),
    found: 'Chart.yaml: appVersion',
  },
  {
    id: '34 NOTES',
    rule: 'NOTES use the release and its namespace',
    find: s =>
      textOf(s, 'templates/NOTES.txt').includes('{{ .Release.Name }} -n {{ .Release.Namespace }}')
        ? []
        : ['templates/NOTES.txt'],
    violation: withFile('templates/NOTES.txt', 'Installed.\n'),
    found: 'templates/NOTES.txt',
  },
  {
    id: '34 NOTES and the test',
    rule: 'NOTES say how to run the test',
    charts: [serverlessMesh.name],
    find: s =>
      textOf(s, 'templates/NOTES.txt').includes('helm test {{ .Release.Name }} -n {{ .Release.Namespace }}')
        ? []
        : ['templates/NOTES.txt'],
    violation: replaced('templates/NOTES.txt', 'helm test', 'helm  test'),
    found: 'templates/NOTES.txt',
  },
  {
    id: '35 .helmignore',
    rule: 'keys, packages, environments and version control are never packed',
    find: s =>
      ['environments/', '*.key', '*.pem', '*.tgz', '.git/']
        .filter(line => !textOf(s, '.helmignore').split('\n').includes(line))
        .map(line => `.helmignore: has no ${line}`),
    violation: replaced('.helmignore', '*.key\n', ''),
    found: '.helmignore: has no *.key',
  },
  {
    id: '36 schema',
    rule: 'a draft-07 schema of closed objects with words and defaults everywhere, in what RE2 and both engines of Helm read alike',
    find: s => {
      const schema = JSON.parse(textOf(s, 'values.schema.json') || '{}') as JsonSchema;
      return [
        ...(schema.$schema === 'http://json-schema.org/draft-07/schema#' ? [] : ['$schema: is another']),
        ...('global' in (schema.properties ?? {}) ? [] : ['global: is missing']),
        ...schemaProblems(schema, '').filter(problem => !openMaps.includes(problem.replace(/: is open$/, ''))),
      ];
    },
    violation: withProperty('x', { type: 'string', title: 'X', description: 'X', default: '', pattern: '(?!a)' }),
    found: 'x: RE2 cannot read (?!a)',
  },
];
