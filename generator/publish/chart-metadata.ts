/** What a Chart.yaml says, as Helm's own programs write it down. */
import { CORE_SCHEMA, load } from 'js-yaml';
import { GeneratorError } from '../errors.ts';
import { isMap } from '../values/maps.ts';

/** The fields of Chart.yaml by their names there. */
export type Metadata = Readonly<Record<string, unknown>> & { readonly name: string; readonly version: string };

/**
 * In the order in which Helm writes them.
 * Source: https://github.com/helm/helm/blob/main/pkg/chart/v2/metadata.go
 */
const fields = [
  'name',
  'home',
  'sources',
  'version',
  'description',
  'keywords',
  'maintainers',
  'icon',
  'apiVersion',
  'condition',
  'tags',
  'appVersion',
  'deprecated',
  'annotations',
  'kubeVersion',
  'dependencies',
  'type',
];

/** Throws a GeneratorError for a text that is no Chart.yaml of a chart with a name and a version. */
export function readMetadata(text: string, where: string): Metadata {
  let read: unknown;
  try {
    read = load(text, { schema: CORE_SCHEMA });
  } catch {
    throw new GeneratorError(`${where}: Chart.yaml cannot be read as YAML; pack the chart again.`);
  }
  if (!isMap(read) || typeof read.name !== 'string' || typeof read.version !== 'string')
    throw new GeneratorError(`${where}: Chart.yaml has no name or no version; pack the chart again.`);
  const known = fields.filter(field => !isEmpty(read[field])).map(field => [field, read[field]]);
  const { annotations } = read;
  return {
    ...(Object.fromEntries(known) as Metadata),
    ...(isMap(annotations) && !isEmpty(annotations) ? { annotations: sortedByKey(annotations) } : {}),
  };
}

/** What Go leaves out of a document when a field says omitempty. */
function isEmpty(value: unknown): boolean {
  if (isMap(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '' || value === false || (value as unknown[]).length === 0;
}

/** A map with its keys as Go sorts them. */
export function sortedByKey<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
