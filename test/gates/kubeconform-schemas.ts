/** Schemas for kubeconform, one file for each kind, closed: of the real CRDs, and of Kubernetes' own OpenAPI. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crdLookup } from '../support/crd-files.ts';
import { type JsonSchema, type OpenApiSchema, strictSchema } from '../support/crd-schema.ts';
import { foldersFor } from '../support/strict.ts';

interface OpenApi {
  readonly definitions: Readonly<Record<string, Definition>>;
}
type Definition = OpenApiSchema & {
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
};
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
/** Where kubeconform finds the file of a kind; of a core kind the group is its version. */
export const schemaFile = '{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';
const fileOf = ({ apiVersion, kind }: Kind) => {
  const parts = apiVersion.split('/');
  return `${parts[0]}/${kind.toLowerCase()}_${parts.at(-1)}.json`;
};

/** Writes a file for each kind below `folder`; none for a kind that has no schema anywhere. */
export function writeSchemas(folder: string, generation: 'v2' | 'v3', kinds: readonly Kind[], openApi: string): void {
  const { definitions } = JSON.parse(readFileSync(openApi, 'utf8')) as OpenApi;
  const crds = crdLookup(foldersFor(generation));
  for (const kind of kinds) {
    const crd = crds(kind.apiVersion, kind.kind);
    const schema = crd === undefined ? ownKind(definitions, kind) : customKind(definitions, crd.schema);
    if (schema === undefined) continue;
    const path = join(folder, fileOf(kind));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(schema));
  }
}

function ownKind(definitions: OpenApi['definitions'], { apiVersion, kind }: Kind): JsonSchema | undefined {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const isIt = (d: Definition) =>
    d['x-kubernetes-group-version-kind']?.some(k => k.group === group && k.version === version && k.kind === kind);
  const name = Object.keys(definitions).find(key => isIt(definitions[key]!));
  return name === undefined
    ? undefined
    : { $ref: `#/definitions/${name}`, definitions: reachable(definitions, [name]) };
}

/** As the API server takes it, but no field that the CRD does not know; metadata is Kubernetes' own; no status. */
function customKind(definitions: OpenApi['definitions'], crd: OpenApiSchema): JsonSchema {
  const { status, metadata, ...properties } = crd.properties ?? {};
  const { properties: own, ...rest } = strictSchema({ ...crd, properties });
  const text = { type: 'string' };
  return {
    ...rest,
    properties: { ...(own as object), apiVersion: text, kind: text, metadata: { $ref: `#/definitions/${objectMeta}` } },
    definitions: reachable(definitions, [objectMeta]),
  };
}

/** Those definitions, and all that they refer to. */
function reachable(definitions: OpenApi['definitions'], names: readonly string[]): JsonSchema {
  const found = new Map<string, unknown>();
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    const closed = name === quantity ? { type: ['string', 'number'] } : close(definitions[name]);
    found.set(name, closed);
    for (const [, other] of JSON.stringify(closed).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) queue.push(other!);
  }
  return Object.fromEntries(found);
}

/** An object that lists its fields takes no others; a port is a number or a name. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as Record<string, unknown>;
  if (schema.format === 'int-or-string') return { type: ['string', 'integer'] };
  const copy = Object.fromEntries(Object.entries(schema).map(([key, child]) => [key, close(child)]));
  return typeof schema.properties === 'object' && !('$ref' in schema) && schema.type === 'object'
    ? { ...copy, additionalProperties: false }
    : copy;
}
