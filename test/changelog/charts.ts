/** A small chart with a published version, and later versions of it. */
import { Ajv } from 'ajv';
import type { TSchema } from 'typebox';
import { type Example, type Refusals, recordOf, ruleRefusals } from '../../generator/changelog/record.ts';
import { publicSchema } from '../../generator/emit/schema-json.ts';
import { valuesYaml } from '../../generator/emit/values-yaml.ts';
import { chartLabel } from '../../generator/gotmpl/functions.ts';
import { fail, fmt, type Path, refs, type Schema, when } from '../../generator/gotmpl/index.ts';
import type { Chart, Resource, Rule } from '../../generator/model/chart.ts';
import { chart as info } from '../../generator/model/release.ts';
import { choice, flag, integer, list, map, section, text } from '../../values-schema/field.ts';

const words = (title: string) => ({ title, description: `${title}.` });
const port = { pattern: '^[a-z]+$', maxLength: 63 };

/** The groups of the values of 0.1.0. */
export const published = {
  mesh: section(words('Mesh'), {
    generation: choice(['v2', 'v3', 'v4'], { ...words('Generation'), default: 'v2' }),
    namespace: text({ ...words('Namespace'), default: 'istio-system', pattern: '^[-a-z]+$', maxLength: 63 }),
    members: list(text({ ...words('Member'), maxLength: 63 }), { ...words('Members'), default: [], maxItems: 10 }),
  }),
  kafka: section(words('Kafka'), {
    enabled: flag({ ...words('Enabled'), default: false }),
    partitions: integer({ ...words('Partitions'), default: 10, minimum: 1, maximum: 100 }),
    listeners: list(section(words('Listener'), { name: text({ ...words('Name'), ...port }) }), {
      ...words('Listeners'),
      default: [],
      maxItems: 5,
    }),
  }),
  labels: map({ maxLength: 63 }, text({ ...words('Label'), maxLength: 63 }), { ...words('Labels'), default: {} }),
};
export type Groups = Readonly<Record<string, TSchema>>;

export const gateway = (port = 443, name = 'ingress'): Resource => ({
  ...{ doc: 'A gateway.', source: 'a page', stage: 'gateways' },
  documents: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace: 'a', labels: { 'helm.sh/chart': chartLabel(info.Name, info.Version) } },
    spec: { servers: [{ port }] },
  },
});
const Kafka = section(words('x'), { kafka: published.kafka });
const v = refs<{ kafka: { enabled: boolean } }>(Kafka);
const topic: Resource = {
  ...{ doc: 'A topic.', source: 'a page', stage: 'kafka' },
  documents: when(v.kafka.enabled, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'topic' } }),
};
export const noKafka: Rule = {
  path: v.kafka.enabled as Path,
  refuse: when(v.kafka.enabled, fail`is on; switch it off`),
};

export interface Later {
  readonly version?: string;
  readonly groups?: Groups;
  readonly resources?: Readonly<Record<string, Resource>>;
  readonly rules?: readonly Rule[];
}
export const chartOf = ({ version = '0.1.0', groups = published, ...more }: Later = {}): Chart => ({
  ...{ name: 'one', version, appVersion: '1', description: 'One', kubeVersion: '', keywords: [], annotations: {} },
  ...{ valuesSource: 'x/', helpers: [], statics: {}, notes: [fmt`Done.`], rules: [] },
  values: section(words('Values'), groups),
  resources: { 'gateways/ingress': gateway(), 'kafka/topic': topic },
  ...more,
});

/** The default values, and those of somebody with Kafka. */
export const examples: readonly Example[] = [
  { name: 'default values', values: {} },
  { name: 'prod', values: { kafka: { enabled: true }, mesh: { members: ['a'] } } },
];

/** As validate refuses values of a chart that the tool knows. */
export const refusals: Refusals = (chart, values) => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  if (ajv.validate(publicSchema(chart.values) as object, values)) return ruleRefusals(chart, values);
  return (ajv.errors ?? []).map(e => {
    const { additionalProperty } = e.params as { additionalProperty?: string };
    return `${[...e.instancePath.split('/').slice(1), ...(additionalProperty ? [additionalProperty] : [])].join('.')}: ${e.message}`;
  });
};

/** The record of a chart with these examples. */
export function record(chart: Chart, those = examples) {
  const yaml = valuesYaml(chart.values as unknown as Schema, chart.name, chart.valuesSource);
  const files = new Map([
    ['values.yaml', yaml],
    ['Chart.yaml', JSON.stringify([chart.version, chart.rules.length, Object.entries(chart.resources)])],
  ]);
  return recordOf(chart, files, those, refusals);
}

/** The groups with another value at `a.b`, or none there. */
export function withValue(path: string, value: TSchema | undefined, groups: Groups = published): Groups {
  const [group = '', key = ''] = path.split('.');
  const { title, description, properties } = groups[group] as unknown as {
    title: string;
    description: string;
    properties: Record<string, TSchema>;
  };
  const { [key]: _, ...rest } = properties;
  return {
    ...groups,
    [group]: section({ title, description }, value === undefined ? rest : { ...properties, [key]: value }),
  };
}

/** A copy of the value at `a.b` with other keywords. */
export function valueAt(path: string, keywords: object = {}, groups: Groups = published): TSchema {
  const [group = '', key = ''] = path.split('.');
  const { properties } = groups[group] as unknown as { properties: Record<string, TSchema> };
  return { ...properties[key]!, ...keywords } as TSchema;
}
