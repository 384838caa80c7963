import { parseAsHelm } from '../support/helm-yaml.ts';
import type { Listing } from './listings.ts';

export type KubernetesObject = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
};
/** An object of the document, or a part of one that the text says to change. */
export interface DocumentObject {
  readonly listing: Listing;
  readonly object: KubernetesObject;
}
/** Example value by placeholder, as `<wildcard_certs>`. */
export type Placeholders = Readonly<Record<string, string>>;

/** `Gateway knative-serving/knative-local-gateway`; without a namespace, the name alone. */
export const idOf = ({ kind, metadata: { name, namespace } }: KubernetesObject): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

export const fill = (text: string, placeholders: Placeholders): string =>
  Object.entries(placeholders).reduce((filled, [name, value]) => filled.replaceAll(name, value), text);

/**
 * The objects in the YAML listings, in order. Throws for a placeholder that is not filled or not there, and for a
 * fragment that belongs to no object.
 */
export function objectsOf(listings: readonly Listing[], placeholders: Placeholders): DocumentObject[] {
  const yaml = listings.filter(({ kind }) => kind === 'yaml');
  const unused = Object.keys(placeholders).filter(name => !yaml.some(({ text }) => text.includes(name)));
  if (unused.length > 0) throw new Error(`the document has no ${unused.join(', ')}`);
  const found: DocumentObject[] = [];
  for (const listing of yaml) found.push(...documentsOf(listing, placeholders, found));
  return found;
}

function documentsOf(
  listing: Listing,
  placeholders: Placeholders,
  before: readonly DocumentObject[],
): DocumentObject[] {
  const text = fill(listing.text, placeholders);
  const [unfilled] = /<[\w-]+>|your-OpenShift-\w+/.exec(text) ?? [];
  if (unfilled !== undefined) throw new Error(`line ${listing.line}: no value for ${unfilled}`);
  // The document writes `...` for what it leaves out; to YAML it is the end of a document.
  const documents = text
    .replace(/^\.\.\.$/gm, '')
    .split(/^---$/m)
    .map(parseAsHelm);
  return documents.map(document => ({ listing, object: whole(document, listing, before) }));
}

function whole(document: unknown, listing: Listing, before: readonly DocumentObject[]): KubernetesObject {
  if (typeof document !== 'object' || document === null) throw new Error(`line ${listing.line}: no map`);
  if (isObject(document)) return document;
  if ('apiVersion' in document || 'kind' in document) throw new Error(`line ${listing.line}: half an object`);
  const { apiVersion, kind, metadata } = namedIn(listing, before);
  return { apiVersion, kind, metadata, ...document };
}

const isObject = (document: object): document is KubernetesObject =>
  'apiVersion' in document && 'kind' in document && 'metadata' in document;

/** The object that the sentence before a fragment names: "Service Mesh control plane in the istio-system namespace". */
function namedIn({ lead, line }: Listing, before: readonly DocumentObject[]): KubernetesObject {
  const isNamed = ({ kind, metadata }: KubernetesObject) =>
    lead.toLowerCase().includes(wordsOf(kind)) && lead.includes(`${metadata.namespace} namespace`);
  // "Service Mesh control plane" also has the word for a Service: the longest name is meant.
  const named = before.map(({ object }) => object).filter(isNamed);
  const longest = Math.max(...named.map(({ kind }) => kind.length));
  const meant = named.filter(({ kind }) => kind.length === longest);
  if (meant.length !== 1) throw new Error(`line ${line}: ${meant.length} objects are meant by: ${lead}`);
  return meant[0]!;
}

/** `service mesh control plane` for ServiceMeshControlPlane. */
const wordsOf = (kind: string) => kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
