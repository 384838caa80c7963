import { crdFolders, crdLookup } from './crd-files.ts';
import { celRules, type OpenApiSchema, strictSchema } from './crd-schema.ts';
import { type Checked, compileSchema, type Problem } from './json-schema.ts';
import { findModel, modelProblems } from './model-packages.ts';
import { metadataProblems } from './object-meta.ts';

/** One thing that is wrong with one rendered object. */
export interface Finding extends Problem {
  /** `Kind namespace/name`. */
  readonly object: string;
}

export interface Report {
  readonly findings: readonly Finding[];
  /** What nobody could check, each once: CEL rules, free-form content, a replacement schema. Say it, do not fail. */
  readonly unchecked: readonly string[];
}

/** Any rendered object; what is missing becomes a finding. */
export type Rendered = Readonly<Record<string, unknown>>;

export type Validator = (objects: readonly Rendered[]) => Report;

type KindCheck = (object: Rendered) => { readonly problems: readonly Problem[]; readonly unchecked: readonly string[] };

/** Where a kind's schema comes from; undefined for a kind that it does not know. */
type SchemaSource = (apiVersion: string, kind: string) => KindCheck | undefined;

const compiled = new WeakMap<OpenApiSchema, (data: unknown) => Checked>();

/** `Kind namespace/name: path: what is wrong`. */
export function findingLine({ object, path, message }: Finding): string {
  return path === '' ? `${object}: ${message}` : `${object}: ${path}: ${message}`;
}

/** The folders below shared/crds that belong together: a cluster has one generation of the mesh, and one Istio. */
export function foldersFor(generation: 'v2' | 'v3'): string[] {
  const mesh = generation === 'v2' ? ['service-mesh-2', 'istio-1.20'] : ['service-mesh-3', 'istio-1.28'];
  const others = ['serverless', 'cert-manager', 'olm', 'openshift', 'prometheus-operator'];
  return [...mesh, ...others].filter(folder => crdFolders().includes(folder));
}

/** Checks custom resources against the real CRDs in these folders; anything else is a finding "no schema". */
export function crdValidator(folders: readonly string[]): Validator {
  return validator([crdSource(folders)]);
}

/** Checks Kubernetes' own kinds against its published schema; anything else is a finding "no schema". */
export function coreValidator(): Validator {
  return validator([packageSource('kubernetes-models')]);
}

/**
 * Checks everything that a chart renders: CRDs first, then Kubernetes' own kinds, then (where shared/crds is absent)
 * the published types of Istio and Knative, which the report mentions.
 */
export function strictValidator(folders: readonly string[]): Validator {
  const replacements = ['@kubernetes-models/istio', '@kubernetes-models/knative'];
  return validator([crdSource(folders), packageSource('kubernetes-models'), ...replacements.map(packageSource)]);
}

function validator(sources: readonly SchemaSource[]): Validator {
  const checks = new Map<string, KindCheck>();
  return objects => {
    const reports = objects.map(object => checkObject(object, sources, checks));
    return {
      findings: reports.flatMap(report => report.findings),
      unchecked: [...new Set(reports.flatMap(report => report.unchecked))],
    };
  };
}

function checkObject(object: Rendered, sources: readonly SchemaSource[], checks: Map<string, KindCheck>): Report {
  const { apiVersion, kind } = object;
  const found = (problems: readonly Problem[]) => problems.map(problem => ({ object: nameOf(object), ...problem }));
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return { findings: found([{ path: '', message: 'no apiVersion or no kind' }]), unchecked: [] };
  }
  const id = `${apiVersion} ${kind}`;
  const check = checks.get(id) ?? sources.map(source => source(apiVersion, kind)).find(Boolean) ?? noSchema(id);
  checks.set(id, check);
  const { problems, unchecked } = check(object);
  return {
    findings: found([...metadataProblems(object.metadata), ...statusProblems(object), ...problems]),
    unchecked: unchecked.map(note => `${id}: ${note}`),
  };
}

function noSchema(id: string): KindCheck {
  return () => ({ problems: [{ path: '', message: `no schema for ${id}` }], unchecked: [] });
}

function crdSource(folders: readonly string[]): SchemaSource {
  const lookup = crdLookup(folders);
  return (apiVersion, kind) => {
    const crd = lookup(apiVersion, kind);
    if (crd === undefined) return undefined;
    const { scope, schema } = crd;
    const check = compiled.get(schema) ?? compileSchema(strictSchema(withoutStatus(schema)));
    compiled.set(schema, check);
    const rules = celRules(withoutStatus(schema));
    const always = rules > 0 ? [`${rules} CEL rules are not run`] : [];
    return object => {
      const { problems, freeForm } = check(object);
      return {
        problems: [...scopeProblems(scope, object), ...problems],
        unchecked: [...always, ...freeForm.map(path => `${path} is free-form`)],
      };
    };
  };
}

function packageSource(packageName: string): SchemaSource {
  const unchecked =
    packageName === 'kubernetes-models' ? [] : [`no CRD here, checked against the npm package ${packageName} instead`];
  return (apiVersion, kind) => {
    const model = findModel(packageName, apiVersion, kind);
    if (model === undefined) return undefined;
    return ({ metadata, status, ...rest }) => ({ problems: modelProblems(model, rest), unchecked });
  };
}

/**
 * The schema of what a chart renders: status is not its business, metadata is checked by itself for all kinds, and not
 * every CRD lists apiVersion and kind.
 */
function withoutStatus(schema: OpenApiSchema): OpenApiSchema {
  const { status, metadata, ...properties } = schema.properties ?? {};
  return { ...schema, properties: { ...properties, apiVersion: {}, kind: {}, metadata: {}, status: {} } };
}

function statusProblems(object: Rendered): Problem[] {
  return object.status === undefined ? [] : [{ path: 'status', message: 'belongs to the controller' }];
}

function scopeProblems(scope: 'Cluster' | 'Namespaced', object: Rendered): Problem[] {
  const { namespace } = (object.metadata ?? {}) as { namespace?: unknown };
  if (scope === 'Namespaced' || namespace === undefined) return [];
  return [{ path: 'metadata.namespace', message: 'the kind is cluster-scoped' }];
}

function nameOf({ kind, metadata }: Rendered): string {
  const { namespace, name, generateName } = (metadata ?? {}) as Record<string, unknown>;
  const full = [namespace, name ?? generateName ?? '?'].filter(part => part !== undefined).join('/');
  return `${kind ?? '?'} ${full}`;
}
