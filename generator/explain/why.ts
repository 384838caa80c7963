/** What the documentation says of a field, where the chart differs from it, and why. */
import { namespaceOf, textAt } from '../cluster/fields.ts';
import { errata } from '../errata.ts';
import type { FieldPath } from '../gotmpl/trace.ts';
import { decisions } from '../model/facts/service-mesh-3.ts';
import { fieldPath } from '../values/path.ts';

export interface Why {
  /** In words or YAML: what stands in the documentation. */
  readonly documentation: string;
  readonly why: string;
  readonly source?: string;
}

interface Row extends Why {
  readonly object: string;
  readonly path: string;
  /** Of Service Mesh 3 only. */
  readonly v3?: true;
}
const rows: readonly Row[] = [
  ...errata.map(({ object, path, document, why, source }) => ({ object, path, documentation: document, why, source })),
  ...decisions.map(({ object, path, documentation, tests, why }) => ({
    object,
    path,
    documentation: `${documentation}; the tests of the operator: ${tests}`,
    why,
    v3: true as const,
  })),
];

export interface Mesh {
  readonly generation: string;
  /** Where the rows write istio-system. */
  readonly namespace: string;
}

/** What is decided about a field, or a whole object without a path. */
export function whyOf(object: unknown, mesh: Mesh, path?: FieldPath): readonly Why[] {
  const names = titles(object, mesh.namespace);
  return rows
    .filter(row => row.v3 === undefined || mesh.generation === 'v3')
    .filter(row => row.object.split(', ').some(title => names.includes(title)) && isAbout(row.path, object, path))
    .map(({ documentation, why, source }) => ({ documentation, why, ...(source === undefined ? {} : { source }) }));
}

/** A row about a field, by what the document has there or by what the chart has. */
export interface Documented extends Why {
  readonly side: 'document' | 'chart';
  /** YAML, as in the list of differences; undefined for Service Mesh 3, where words say it. */
  readonly document: string | undefined;
  /** The rest of the path, below the field of the row. */
  readonly rest: FieldPath;
}

/** The rows about a field that the chart renders, or that only the document has: `spec.deployments`. */
export function documentedFor(object: unknown, mesh: Mesh, path: FieldPath): readonly Documented[] {
  const names = titles(object, mesh.namespace);
  return rows
    .filter(row => row.v3 === undefined || mesh.generation === 'v3')
    .filter(row => row.object.split(', ').some(title => names.includes(title)))
    .flatMap(row => {
      const [from, to = from] = row.path.split(' -> ');
      const sides = [['chart', to!] as const, ['document', from!] as const];
      return sides.flatMap(([side, wanted]) => {
        const length = path.findIndex((_, i) => isAt(wanted, object, path.slice(0, i + 1))) + 1;
        const document = row.v3 ? undefined : row.documentation;
        return length === 0 ? [] : [{ ...row, side, document, rest: path.slice(length) }];
      });
    });
}

function isAt(row: string, object: unknown, path: FieldPath): boolean {
  const [field, wanted] = [asText(object, path), row.replaceAll('[*]', '[#]')];
  return field === wanted || field.replace(/\[\d+\]/g, '[#]') === wanted;
}

/** As rows may call an object: with the names of the documentation. */
function titles(object: unknown, meshNamespace: string): readonly string[] {
  const [kind, name] = [textAt(object, 'kind'), textAt(object, 'metadata', 'name')];
  const namespace = namespaceOf(object);
  if (namespace === '') return [`${kind} ${name}`, `${kind} ${name === meshNamespace ? 'istio-system' : name}`];
  const place = namespace === meshNamespace ? 'istio-system' : namespace;
  const placeholders = ['<service_name>', '<bootstrap_servers_without_port>'];
  return [name, ...placeholders].flatMap(n => [`${kind} ${place}/${n}`, `${kind} <namespace>/${n}`]);
}

function isAbout(row: string, object: unknown, path: FieldPath | undefined): boolean {
  if (path === undefined || row === 'whole object') return path === undefined && row === 'whole object';
  const moved = row.split(' -> ').at(-1)!;
  const [field, wanted] = [asText(object, path), moved.replaceAll('[*]', '[#]')];
  const generic = field.replace(/\[\d+\]/g, '[#]');
  return [field, generic].some(
    text => text === wanted || text.startsWith(`${wanted}.`) || text.startsWith(`${wanted}[`),
  );
}

/** The path as rows write it; where they find an item by a number in it, that way. */
function asText(object: unknown, path: FieldPath): string {
  let here: unknown = object;
  return path
    .map((step, i) => {
      here = (here as Record<string | number, unknown> | undefined)?.[step];
      const number = typeof step === 'number' ? textAt(here, 'number') : '';
      return number === '' || textAt(object, 'kind') !== 'ServiceEntry'
        ? fieldPath(path.slice(0, i + 1)).slice(fieldPath(path.slice(0, i)).length)
        : `[number=${number}]`;
    })
    .join('');
}
