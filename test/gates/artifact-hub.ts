/** What Artifact Hub's `ah lint` calls an error or marks with an exclamation mark, for a chart. */
import { load } from 'js-yaml';
import type { Check, Gate } from './gate.ts';
import { published } from './published.ts';
import { metadataOf, type Subject, textOf } from './subject.ts';
import { withAnnotation, withField, withFile, without } from './violations.ts';

const prefix = 'artifacthub.io/';
const annotation = (s: Subject, name: string) => metadataOf(s).annotations?.[prefix + name];
const invalid = (name: string) => `annotation ${prefix}${name} is not valid`;

/** Of an annotation that holds YAML. */
function parsed(s: Subject, name: string): unknown {
  try {
    return load(annotation(s, name) ?? '');
  } catch {
    return undefined;
  }
}
type Item = Readonly<Record<string, unknown>>;
const isAddress = (value: unknown) => /^https?:\/\/[^\s/]+(\/\S*)?$/.test(String(value));
const isList = (value: unknown, each: (item: Item) => boolean) =>
  Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'object' && item && each(item));

/** Annotation -> whether its text is valid, and a text that is not. */
const categories = [
  ...['ai-machine-learning', 'database', 'integration-delivery', 'monitoring-logging', 'networking'],
  ...['security', 'storage', 'streaming-messaging', 'skip-prediction'],
];
const kinds = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];
const links = (value: unknown) => isList(value, link => Boolean(link.name) && isAddress(link.url));
const validity: Readonly<Record<string, readonly [valid: (value: unknown) => boolean, bad: string]>> = {
  category: [value => categories.includes(String(value)), 'network'],
  changes: [
    value =>
      isList(
        value,
        c => kinds.includes(String(c.kind)) && Boolean(c.description) && (c.links === undefined || links(c.links)),
      ),
    '- kind: improved\n  description: x\n',
  ],
  images: [
    value => isList(value, i => /^[^\s@:]+(:\d+)?\/?[^\s:]*(:|@)\S+$/.test(String(i.image))),
    '- image: nginx\n',
  ],
  links: [links, '- name: x\n'],
  // An SPDX identifier, or an expression of some.
  license: [value => /^[A-Za-z0-9][\w.+-]*( (AND|OR|WITH) [A-Za-z0-9][\w.+-]*)*$/.test(String(value)), 'See LICENSE'],
  signKey: [
    value => typeof value === 'object' && value !== null && isAddress((value as Item).url),
    'fingerprint: 0123\n',
  ],
  screenshots: [value => isList(value, s => Boolean(s.title) && isAddress(s.url)), '- title: x\n'],
  recommendations: [value => isList(value, r => isAddress(r.url)), '- name: x\n'],
  maintainers: [value => isList(value, m => Boolean(m.name) && /@/.test(String(m.email))), '- name: x\n'],
  operator: [value => value === true || value === false, 'no operator'],
  prerelease: [value => typeof value === 'boolean', 'soon'],
  containsSecurityUpdates: [value => typeof value === 'boolean', 'some'],
};

const errors: readonly Check[] = [
  ...Object.entries(validity).map(([name, [valid, bad]]) => ({
    id: `annotation ${name}`,
    rule: `${prefix}${name}, where it is given, is valid`,
    find: (s: Subject) => (annotation(s, name) === undefined || valid(parsed(s, name)) ? [] : [invalid(name)]),
    violation: withAnnotation(prefix + name, bad),
    found: invalid(name),
  })),
  {
    id: 'annotations are texts',
    rule: 'every annotation is a text',
    find: s =>
      Object.entries(metadataOf(s).annotations ?? {})
        .filter(([, value]) => typeof value !== 'string')
        .map(([name]) => `annotation ${name} is no text`),
    violation: withField('annotations', { 'artifacthub.io/prerelease': true }),
    found: 'annotation artifacthub.io/prerelease is no text',
  },
];

const field = (name: string) => (s: Subject) => {
  const value = metadataOf(s)[name];
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
};
const given = (name: string) => (s: Subject) => annotation(s, name) !== undefined;
const noField = (name: string) => withField(name, undefined);
const noAnnotation = (name: string) => withAnnotation(prefix + name, undefined);
const both = (a: Check['violation'], b: Check['violation']) => (s: Subject) => b(a(s));
const hasImages = (s: Subject) => s.renders.some(render => /^\s+(?:-\s+)?image:\s+\S+/m.test(render.text));

/** What is marked when it is not provided -> whether it is, and the chart without it. */
const warned: Readonly<Record<string, readonly [provided: (s: Subject) => boolean, bare: Check['violation']]>> = {
  'app version': [field('appVersion'), noField('appVersion')],
  description: [field('description'), noField('description')],
  keywords: [field('keywords'), noField('keywords')],
  license: [s => s.files.has('LICENSE') || given('license')(s), both(noAnnotation('license'), without('LICENSE'))],
  'logo URL': [field('icon'), noField('icon')],
  'home URL': [field('home'), noField('home')],
  readme: [s => textOf(s, 'README.md').trim() !== '', withFile('README.md', '\n')],
  links: [s => field('sources')(s) || given('links')(s), both(noField('sources'), noAnnotation('links'))],
  maintainers: [
    s =>
      given('maintainers')(s) ||
      ((metadataOf(s).maintainers as Item[] | undefined) ?? []).some(maintainer => Boolean(maintainer.email)),
    both(noAnnotation('maintainers'), withField('maintainers', [{ name: 'x' }])),
  ],
  'containers images': [s => given('images')(s) || !hasImages(s), noAnnotation('images')],
  changes: [given('changes'), noAnnotation('changes')],
  recommendations: [given('recommendations'), noAnnotation('recommendations')],
  screenshots: [given('screenshots'), noAnnotation('screenshots')],
  'sign key': [given('signKey'), noAnnotation('signKey')],
  'values schema': [s => textOf(s, 'values.schema.json').trim() !== '', without('values.schema.json')],
  // A chart with "operator" in its name is taken for an operator, unless it says that it is none.
  'operator capabilities': [
    s => annotation(s, 'operator') === 'false' || !/operator/i.test(s.name) || given('operatorCapabilities')(s),
    noAnnotation('operator'),
  ],
  category: [given('category'), noAnnotation('category')],
};
const onlyFor: Readonly<Record<string, readonly string[]>> = {
  'operator capabilities': ['serverless-mesh-operators'],
  'containers images': ['serverless-mesh'],
};

const warnings: readonly Check[] = Object.entries(warned).map(([name, [provided, bare]]) => ({
  id: name,
  rule: `${name}: provided`,
  ...(onlyFor[name] && { charts: onlyFor[name] }),
  find: (s: Subject) => (provided(s) ? [] : [`${name}: not provided`]),
  violation: bare,
  found: `${name}: not provided`,
}));

export const artifactHub: Gate = {
  id: 'artifact-hub',
  title: "Artifact Hub's ah lint, written from its rules",
  source: 'https://github.com/artifacthub/hub/blob/master/cmd/ah/lint.go',
  looked: `The packages, with the fields and annotations of an example publisher, as test/gates/published.ts writes them. Not asked for: display name and provider, which
\`ah lint\` marks for every chart, because it reads them from no field of a chart (internal/tracker/source/helm/helm.go). Ours are
the annotations \`charts.openshift.io/name\` and \`/provider\`.`,
  checks: [...errors, ...warnings],
  prepare: published,
};
/** The same on the charts as they are in the repository. */
export const artifactHubWithoutPublisher: Gate = {
  ...artifactHub,
  id: 'artifact-hub-without-publisher',
  title: "Artifact Hub's ah lint, for a chart without a publisher",
  looked: 'The packages as they are.',
  prepare: s => s,
};
