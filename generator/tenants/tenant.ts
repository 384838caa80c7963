/** One tenant of a list, and where its values stand. */
import { grammar } from '../../values-schema/field.ts';
import type { Finding } from '../findings.ts';
import { isMap, type Values } from '../values/maps.ts';
import type { ValuePath } from '../values/path.ts';

/** Where something stands: the file, the line where it has one, and the path as `tenants[1].namespaces[0]`. */
export type Place = Required<Pick<Finding, 'file' | 'path'>> & Pick<Finding, 'line'>;

export interface Tenant {
  /** As the tenant has it, so it may be none, or no text. */
  readonly name: unknown;
  /** Merged with what tenants share, and with the defaults of the chart. */
  readonly values: Values;
  /** Paths of values that have a finding of their own, as text. */
  readonly broken: ReadonlySet<string>;
  /** Where the tenant sets the value at this path, or else what contains it, at least the tenant itself. */
  readonly own: (path: ValuePath) => Place;
  /** The same, but in `defaults` where the tenant does not set the value. */
  readonly source: (path: ValuePath) => Place;
}

const label = new RegExp(grammar.dnsLabel.pattern, 'u');
/** Whether it can be the name of a namespace, or of a tenant. What cannot has a finding, and is compared with nothing. */
export const isLabel = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= grammar.dnsLabel.maxLength && label.test(text);

/** The namespaces that have a name, with their place in the list. */
export function namespacesOf({ values }: Tenant): { readonly name: string; readonly index: number }[] {
  const given: readonly unknown[] = Array.isArray(values.namespaces) ? values.namespaces : [];
  return given.flatMap((name, index) => (isLabel(name) ? [{ name, index }] : []));
}

/** The prefix of its namespaces; empty for none, and for one without its final `-`, which the chart refuses. */
export function prefixOf({ values: { namespacePrefix } }: Tenant): string {
  return typeof namespacePrefix === 'string' && isLabel(`${namespacePrefix}x`) && namespacePrefix.endsWith('-')
    ? namespacePrefix
    : '';
}

/** All that a name may begin with when a prefix ends with `-`: `a-`, `a-b-` of `a-b-c`. The name itself for a prefix. */
export function prefixesOf(name: string): string[] {
  return Array.from(name.matchAll(/-/g), ({ index }) => name.slice(0, index + 1));
}

/** The value at this path, where nothing is wrong with it. */
export function soundValue({ values, broken }: Tenant, path: readonly string[]): unknown {
  if (broken.has(path.join('.'))) return undefined;
  return path.reduce<unknown>((at, key) => (isMap(at) && Object.hasOwn(at, key) ? at[key] : undefined), values);
}

/** In a sentence. */
export const called = ({ name, own }: Tenant): string => (isLabel(name) ? `tenant ${name}` : own([]).path);
