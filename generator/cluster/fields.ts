/** Reads objects of the API, whose shape nobody guarantees. */

export interface KubeObject {
  readonly [key: string]: unknown;
}

/** What stands at a path; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[key];
  }
  return here ?? undefined;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? `${found}` : '';
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function mapAt(value: unknown, ...path: readonly (string | number)[]): Readonly<Record<string, unknown>> {
  const found = at(value, ...path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as KubeObject) : {};
}

export const nameOf = (object: unknown): string => textAt(object, 'metadata', 'name');
export const namespaceOf = (object: unknown): string => textAt(object, 'metadata', 'namespace');

/** `Gateway knative-serving/knative-ingress-gateway`. */
export const titleOf = (object: unknown): string =>
  `${textAt(object, 'kind')} ${[namespaceOf(object), nameOf(object)].filter(Boolean).join('/')}`;

/** `apiVersion/Kind`, as the cluster is asked for it. */
export const kindOf = (object: unknown): string => `${textAt(object, 'apiVersion')}/${textAt(object, 'kind')}`;

/** The word for oc, with the group where it would mean another kind without: `service.serving.knative.dev`. */
export function resourceOf(object: unknown): string {
  const kind = textAt(object, 'kind').toLowerCase();
  const [group, version] = textAt(object, 'apiVersion').split('/');
  return ['service', 'gateway', 'certificate'].includes(kind) && version !== undefined ? `${kind}.${group}` : kind;
}

export const conditionOf = (object: unknown, type: string): unknown =>
  listAt(object, 'status', 'conditions').find(c => textAt(c, 'type') === type);

/** `v1.37` of `1.37.2`. */
export const minorOf = (version: string): string => {
  const [, minor] = /^v?(\d+\.\d+)/.exec(version) ?? [];
  return minor === undefined ? '' : `v${minor}`;
};

/** Compares `v1.9` and `v1.10` as numbers: below 0 where a comes first. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map(v => v.replace(/^v/, '').split('.').map(Number));
  return (x?.[0] ?? 0) - (y?.[0] ?? 0) || (x?.[1] ?? 0) - (y?.[1] ?? 0);
}
