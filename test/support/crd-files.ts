import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import type { OpenApiSchema } from './crd-schema.ts';

/** One version of one kind, as its CRD says. */
export interface CrdVersion {
  readonly scope: 'Cluster' | 'Namespaced';
  readonly schema: OpenApiSchema;
}

/** Looks up a CRD by `group/version` and kind; undefined if no file has it, or no longer serves it. */
export type CrdLookup = (apiVersion: string, kind: string) => CrdVersion | undefined;

interface Crd {
  readonly spec: {
    readonly group: string;
    readonly scope: CrdVersion['scope'];
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: OpenApiSchema };
    }[];
  };
}

const sharedDir = process.env.SHARED_DIR ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const crdsDir = join(sharedDir, 'crds');
const parsed = new Map<string, Crd>();

/** The folders of CRDs that are there, e.g. `serverless`, `istio-1.20`; empty where the checkout stands alone. */
export function crdFolders(): string[] {
  return existsSync(crdsDir) ? readdirSync(crdsDir).sort() : [];
}

/**
 * The CRDs of some folders. Files are megabytes, so a document is parsed only when its kind is asked for, once per
 * process. Throws if a folder is not there.
 */
export function crdLookup(folders: readonly string[]): CrdLookup {
  const documents = folders.flatMap(folder => documentsIn(join(crdsDir, folder)));
  return (apiVersion, kind) => {
    const [group = '', version] = apiVersion.split('/');
    const candidates = documents.filter(text => text.includes(`group: ${group}\n`) && text.includes(`kind: ${kind}\n`));
    const crd = candidates.map(parseCrd).find(({ spec }) => spec.group === group && spec.names.kind === kind);
    const found = crd?.spec.versions.find(({ name, served }) => name === version && served);
    return crd && found && { scope: crd.spec.scope, schema: found.schema.openAPIV3Schema };
  };
}

function documentsIn(folder: string): string[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'));
  return files.flatMap(file => readFileSync(join(folder, file), 'utf8').split(/^---.*\n/m));
}

function parseCrd(text: string): Crd {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const crd = load(withoutQuotedDescriptions(text)) as Crd;
  parsed.set(text, crd);
  return crd;
}

/**
 * js-yaml refuses a quoted text whose next line is not indented deeper, as YAML 1.2 says; Go's parser reads it, and
 * the KnativeKafka CRD has some. We need no descriptions.
 */
function withoutQuotedDescriptions(text: string): string {
  return text.replace(/^( *(?:- )?description: )(?:'(?:[^']|'')*'|"(?:[^"\\]|\\[\s\S])*")$/gm, '$1""');
}
