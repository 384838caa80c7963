/** chart-testing's schema of Chart.yaml. */
import type { Check, Gate } from './gate.ts';
import { published } from './published.ts';
import { metadataOf, type Subject } from './subject.ts';
import { withField } from './violations.ts';

const isText = (value: unknown) => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isMapOfTexts = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.values(value).every(isText);
const isMaintainers = (value: unknown) =>
  Array.isArray(value) &&
  value.every(
    item => isMapOfTexts(item) && 'name' in item && Object.keys(item).every(key => /^(name|email|url)$/.test(key)),
  );

const required = ['name', 'home', 'version', 'apiVersion', 'description'];
const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...Object.fromEntries(
    [...required, 'icon', 'engine', 'condition', 'tags', 'kubeVersion', 'type'].map(field => [field, isText]),
  ),
  appVersion: value => isText(value) || typeof value === 'number',
  keywords: isTexts,
  sources: isTexts,
  maintainers: isMaintainers,
  deprecated: value => typeof value === 'boolean',
  annotations: isMapOfTexts,
};

function missing(s: Subject): string[] {
  const metadata = metadataOf(s);
  return required.filter(field => !(field in metadata)).map(field => `Chart.yaml: ${field} is missing`);
}

function mistyped(s: Subject): string[] {
  const entries = Object.entries(metadataOf(s)).filter(([field, value]) => types[field]?.(value) === false);
  return entries.map(([field]) => `Chart.yaml: ${field} has another type`);
}

function unknown(s: Subject): string[] {
  const fields = Object.keys(metadataOf(s)).filter(field => !(field in types));
  return fields.map(field => `Chart.yaml: ${field} is unknown`);
}

const checks: readonly Check[] = [
  {
    id: 'required fields',
    rule: `Chart.yaml has ${required.join(', ')}`,
    find: missing,
    violation: withField('description', undefined),
    found: 'Chart.yaml: description is missing',
  },
  {
    id: 'types of fields',
    rule: 'each field has its type: texts, lists of texts, maintainers of name, email and url',
    find: mistyped,
    violation: withField('maintainers', [{ email: 'a@example.com' }]),
    found: 'Chart.yaml: maintainers has another type',
  },
  {
    id: 'unknown fields',
    rule: 'no other field',
    find: unknown,
    violation: withField('keyword', []),
    found: 'Chart.yaml: keyword is unknown',
  },
];

const source = 'https://github.com/helm/chart-testing/blob/main/etc/chart_schema.yaml';
export const chartSchema: Gate = {
  id: 'chart-testing',
  title: "chart-testing's schema of Chart.yaml, written from its rules",
  source,
  looked: 'Chart.yaml of the packages, with the fields of an example publisher (test/gates/published.ts).',
  checks,
  prepare: published,
};
/** The same on the charts as they are in the repository. */
export const chartSchemaWithoutPublisher: Gate = {
  ...chartSchema,
  id: 'chart-testing-without-publisher',
  title: "chart-testing's schema of Chart.yaml, for a chart without a publisher",
  looked: 'Chart.yaml as it is in charts/.',
  prepare: s => s,
};
