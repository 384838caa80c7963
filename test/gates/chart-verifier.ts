/** chart-verifier's checks of the profiles partner, redhat and community (v1.3) and developer-console (v1.0). */
import { parseAsHelm } from '../support/helm-yaml.ts';
import type { Check, Gate } from './gate.ts';
import { linesThat, metadataOf, pathsOf, type Subject, templatesOf, textOf } from './subject.ts';
import { rendering, withAnnotation, withField, withFile, without } from './violations.ts';

const missing = (path: string) => (s: Subject) => (s.files.has(path) ? [] : [`${path}: is missing`]);

const checks: readonly Check[] = [
  {
    id: 'v1.0/is-helm-v3',
    rule: 'apiVersion of Chart.yaml is v2',
    find: s => (metadataOf(s).apiVersion === 'v2' ? [] : ['Chart.yaml: apiVersion is not v2']),
    violation: withField('apiVersion', 'v1'),
    found: 'Chart.yaml: apiVersion is not v2',
  },
  {
    id: 'v1.0/has-readme',
    rule: 'there is a README.md',
    find: missing('README.md'),
    violation: without('README.md'),
    found: 'README.md: is missing',
  },
  {
    id: 'v1.0/contains-test',
    rule: 'a file below templates/tests/ ends in .yaml',
    find: s => (pathsOf(s, /^templates\/tests\/.*\.yaml$/).length > 0 ? [] : ['templates/tests: has no .yaml']),
    violation: s => ({ ...s, files: new Map([...s.files].filter(([path]) => !path.startsWith('templates/tests/'))) }),
    found: 'templates/tests: has no .yaml',
  },
  {
    id: 'v1.0/contains-values',
    rule: 'values.yaml holds values',
    find: s =>
      Object.keys((parseAsHelm(textOf(s, 'values.yaml')) as object | null) ?? {}).length > 0
        ? []
        : ['values.yaml: holds no value'],
    violation: withFile('values.yaml', '# none\n'),
    found: 'values.yaml: holds no value',
  },
  {
    id: 'v1.0/contains-values-schema',
    rule: 'values.schema.json is not empty',
    find: s => (textOf(s, 'values.schema.json').trim() === '' ? ['values.schema.json: is empty'] : []),
    violation: withFile('values.schema.json', '\n'),
    found: 'values.schema.json: is empty',
  },
  {
    id: 'v1.1/has-kubeversion',
    rule: 'kubeVersion is a range without ||, with a version of OpenShift in it; ours has no upper end',
    find: s => {
      const { kubeVersion } = metadataOf(s);
      return /^>=1\.\d+\.\d+-0$/.test(String(kubeVersion)) ? [] : [`Chart.yaml: kubeVersion ${kubeVersion}`];
    },
    violation: withField('kubeVersion', '>=1.24.0-0 || 1.20.0'),
    found: 'Chart.yaml: kubeVersion >=1.24.0-0 || 1.20.0',
  },
  {
    id: 'v1.0/not-contains-crds',
    rule: 'no crds/, and no line that begins with kind: CustomResourceDefinition, in templates or files of the root',
    find: s => [
      ...pathsOf(s, /^crds\//).map(path => `${path}: is in crds/`),
      ...linesThat(s, pathsOf(s, /^(templates\/.*|[^/]+)\.ya?ml$/), line =>
        line.trimStart().startsWith('kind: CustomResourceDefinition'),
      ),
    ],
    violation: withFile('templates/x.yaml', 'spec:\n  kind: CustomResourceDefinition\n'),
    found: 'templates/x.yaml:2: kind: CustomResourceDefinition',
  },
  {
    id: 'v1.0/not-contain-csi-objects',
    rule: 'no line of a template begins with kind: CSIDriver',
    find: s => linesThat(s, templatesOf(s), line => line.startsWith('kind: CSIDriver')),
    violation: withFile('templates/x.yaml', 'kind: CSIDriver\n'),
    found: 'templates/x.yaml:1: kind: CSIDriver',
  },
  {
    id: 'v1.1/images-are-certified',
    rule: 'every rendered image is of registry.redhat.io, with a version; the catalogue itself is not asked',
    find: s =>
      s.renders.flatMap(render =>
        [...render.text.matchAll(/\s+image:\s+(\S.*)/g)]
          .map(match => match[1]!)
          .filter(image => !/^"registry\.redhat\.io\/[^:@]+:v?\d+\.\d+"$/.test(image))
          .map(image => `image ${image}`),
      ),
    violation: rendering('kind: Pod\nspec:\n  containers:\n    - name: x\n      image: busybox\n'),
    found: 'image busybox',
  },
  {
    id: 'v1.0/required-annotations-present',
    rule: 'annotation charts.openshift.io/name, the name that people read',
    find: s =>
      /^Serverless Mesh\b/.test(metadataOf(s).annotations?.['charts.openshift.io/name'] ?? '')
        ? []
        : ['Chart.yaml: annotation charts.openshift.io/name is missing'],
    violation: withAnnotation('charts.openshift.io/name', undefined),
    found: 'Chart.yaml: annotation charts.openshift.io/name is missing',
  },
  {
    id: 'v1.0/has-notes',
    rule: 'there is a templates/NOTES.txt (optional in all profiles)',
    find: missing('templates/NOTES.txt'),
    violation: without('templates/NOTES.txt'),
    found: 'templates/NOTES.txt: is missing',
  },
];

export const chartVerifier: Gate = {
  id: 'chart-verifier',
  title: 'chart-verifier, written from its rules',
  source: 'https://github.com/redhat-certification/chart-verifier/tree/main/internal/chartverifier/checks',
  looked: `The packages, and every golden render. The checks of the profiles partner and redhat (mandatory and optional), community and
developer-console that need neither Helm nor a cluster nor a key. v1.0/helm-lint is the gate [helm-lint](#helm-lint); v1.0/chart-testing (install
and \`helm test\` on a cluster) is done by \`npm run test:cluster\`; v1.0/signature-is-valid by the tests of \`package --sign\`.`,
  checks,
};
