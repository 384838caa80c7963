/** Kubernetes objects over REST: much faster than a kubectl each, and with the server's own words. */
import type { Answer, Rest, RestOptions } from './rest.ts';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Query parameters, e.g. `{ dryRun: 'All', fieldValidation: 'Strict' }`. */
export type Query = Readonly<Record<string, string | boolean>>;

export interface Objects {
  /** Server-side apply as field manager `test`, taking over what others own. */
  apply(object: KubeObject, query?: Query, options?: RestOptions): Promise<Answer>;
  create(object: KubeObject, query?: Query, options?: RestOptions): Promise<Answer>;
  get<T = Record<string, unknown>>(
    apiVersion: string,
    kind: string,
    name: string,
    namespace?: string,
  ): Promise<T | undefined>;
  list<T = Record<string, unknown>>(apiVersion: string, kind: string, namespace?: string): Promise<T[]>;
  remove(apiVersion: string, kind: string, name: string, namespace?: string): Promise<Answer>;
  /** Writes what the object's controller would. */
  setStatus(object: KubeObject, status: object): Promise<Answer>;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export function objectsOf(rest: Rest): Objects {
  const known = new Map<string, Promise<readonly Resource[]>>();

  /** Path of the collection. Throws for a kind that is not served. */
  async function collection(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!known.has(apiVersion)) known.set(apiVersion, resourcesAt(root));
    const resource = (await known.get(apiVersion))?.find(other => other.kind === kind && !other.name.includes('/'));
    if (resource === undefined) {
      // It may be served later: a definition may come in the meantime.
      known.delete(apiVersion);
      throw new Error(`the cluster serves no ${apiVersion} ${kind}`);
    }
    const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${root}${scope}/${resource.name}`;
  }

  async function resourcesAt(root: string): Promise<readonly Resource[]> {
    const { status, body } = await rest('GET', root);
    return status === 200 ? (body as { resources: Resource[] }).resources : [];
  }

  const of = ({ apiVersion, kind, metadata }: KubeObject) => collection(apiVersion, kind, metadata.namespace);
  return {
    apply: async (object, query = {}, options = {}) => {
      const path = `${await of(object)}/${object.metadata.name}${text({ fieldManager: 'test', force: true, ...query })}`;
      return rest('PATCH', path, { ...options, body: asGoSends(object), contentType: 'application/apply-patch+yaml' });
    },
    create: async (object, query = {}, options = {}) =>
      rest('POST', `${await of(object)}${text(query)}`, { ...options, body: object }),
    get: async (apiVersion, kind, name, namespace) => {
      const { status, body } = await rest('GET', `${await collection(apiVersion, kind, namespace)}/${name}`);
      if (status !== 200 && status !== 404) throw new Error(`get ${kind} ${name}: ${status} ${JSON.stringify(body)}`);
      return status === 200 ? (body as never) : undefined;
    },
    list: async (apiVersion, kind, namespace) => {
      const { status, body } = await rest('GET', await collection(apiVersion, kind, namespace));
      if (status !== 200) throw new Error(`list ${kind}: ${status} ${JSON.stringify(body)}`);
      return (body as { items: never[] }).items;
    },
    remove: async (apiVersion, kind, name, namespace) =>
      rest('DELETE', `${await collection(apiVersion, kind, namespace)}/${name}`),
    setStatus: async (object, status) =>
      rest('PATCH', `${await of(object)}/${object.metadata.name}/status`, {
        body: { status },
        contentType: 'application/merge-patch+json',
      }),
  };
}

/**
 * JSON as Helm 4 and kubectl write it. The API server reads an applied object as YAML, which refuses or folds some
 * characters that JSON allows: escaped are only those that Go escapes, so that what it would refuse from them, it refuses here.
 */
const asGoSends = (object: KubeObject) =>
  JSON.stringify(object).replace(/[\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16)}`);

function text(query: Query): string {
  const pairs = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]);
  return `?${new URLSearchParams(pairs)}`;
}
