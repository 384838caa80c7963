/** What is in the cluster. Every question is asked once; whatever is not answered throws `Unseen`. */
import type { Answer, Api, Asking, Waits } from './api.ts';
import { type KubeObject, listAt, textAt } from './fields.ts';
import { told } from './secrets.ts';
import { Unseen } from './unseen.ts';

export interface ListOptions {
  /** All namespaces without it. */
  readonly namespace?: string;
  /** As Kubernetes writes selectors, `a=b,c=d`. */
  readonly labels?: string;
}
export interface Cluster {
  /** As `v1.34.4`. */
  version(): Promise<string>;
  /** Whether the API server knows a kind, as `maistra.io/v2/ServiceMeshControlPlane`. */
  serves(kind: string): Promise<boolean>;
  /** Undefined where there is no such object. A kind that the server does not know is `Unseen`. */
  get(kind: string, name: string, namespace?: string): Promise<KubeObject | undefined>;
  /** Whether there is such an object. Nothing of it but its metadata leaves the server. */
  has(kind: string, name: string, namespace?: string): Promise<boolean>;
  list(kind: string, options?: ListOptions): Promise<readonly KubeObject[]>;
  /** The last lines that a container wrote. */
  log(namespace: string, pod: string, container: string): Promise<string>;
  /** The path of a kind, for those who change something. */
  pathOf(kind: string, namespace?: string, name?: string): Promise<string>;
}

interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}
const page = 500;

export function readCluster(api: Api): Cluster {
  const asked = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const known = asked.get(key) ?? ask();
    asked.set(key, known);
    return known as Promise<T>;
  };
  const waits: Waits = { inVain: 0 };
  const ask = (path: string, what: string) => once(path, () => patiently(api, path, what, { waits }));

  /** The first answer of all: where it is none, or the user is not known, nothing else is asked. */
  const reachable = () =>
    once('reachable', async () => {
      const answer = await api.request('GET', '/version');
      if (answer.status === 401) throw refusal(answer, 'the version of the cluster');
      return answer;
    });
  const read = async (path: string, what: string): Promise<Answer> => {
    await reachable();
    return ask(path, what);
  };
  const resource = async (kind: string): Promise<Resource | undefined> => {
    const [version, name] = split(kind);
    const path = version.includes('/') ? `/apis/${version}` : `/api/${version}`;
    const answer = await read(path, `the kinds of ${version}`);
    if (answer.status === 404) return undefined;
    const found = listAt(jsonOf(answer), 'resources').find(
      r => textAt(r, 'kind') === name && !textAt(r, 'name').includes('/'),
    );
    return found === undefined
      ? undefined
      : { name: textAt(found, 'name'), namespaced: textAt(found, 'namespaced') === 'true' };
  };
  const pathOf = async (kind: string, namespace?: string, name?: string): Promise<string> => {
    const found = await resource(kind);
    const [version, word] = split(kind);
    if (found === undefined)
      throw new Unseen(
        `the cluster has no API ${version} ${word}`,
        'install the operator that brings it, then look again',
      );
    const place = found.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    const last = name === undefined ? '' : `/${encodeURIComponent(name)}`;
    return `${version.includes('/') ? '/apis' : '/api'}/${version}${place}/${found.name}${last}`;
  };

  return {
    pathOf,
    version: async () => {
      const answer = await reachable();
      if (answer.status !== 200) throw refusal(answer, 'the version of the cluster');
      return textAt(jsonOf(answer), 'gitVersion');
    },
    serves: async kind => (await resource(kind)) !== undefined,
    get: async (kind, name, namespace) => {
      const answer = await read(await pathOf(kind, namespace, name), `${split(kind)[1]} ${name}`);
      return answer.status === 404 ? undefined : { ...identity(kind), ...(jsonOf(answer) as KubeObject) };
    },
    has: async (kind, name, namespace) => {
      const path = await pathOf(kind, namespace, name);
      const asking = { waits, metadataOnly: true };
      const answer = await once(`metadata of ${path}`, () => patiently(api, path, `${split(kind)[1]} ${name}`, asking));
      return answer.status === 200;
    },
    list: async (kind, { namespace, labels } = {}) => {
      const path = await pathOf(kind, namespace);
      const selector = labels === undefined ? '' : `&labelSelector=${encodeURIComponent(labels)}`;
      const items: KubeObject[] = [];
      for (let next = ''; ; ) {
        const rest = next === '' ? '' : `&continue=${encodeURIComponent(next)}`;
        const answer = await read(`${path}?limit=${page}${selector}${rest}`, `${split(kind)[1]} objects`);
        if (answer.status === 404) throw new Unseen(`the cluster has no list of ${split(kind)[1]}`, 'look again');
        const body = jsonOf(answer);
        // Items of a list carry no kind.
        for (const item of listAt(body, 'items')) items.push({ ...identity(kind), ...(item as KubeObject) });
        next = textAt(body, 'metadata', 'continue');
        if (next === '') return items;
      }
    },
    log: async (namespace, pod, container) => {
      const path = await pathOf('v1/Pod', namespace, pod);
      const answer = await read(
        `${path}/log?container=${container}&tailLines=2000&sinceSeconds=900`,
        `the log of ${pod}`,
      );
      if (answer.status === 404) throw new Unseen(`pod ${pod} is gone`, 'look again');
      return answer.text;
    },
  };
}

function split(kind: string): [string, string] {
  const slash = kind.lastIndexOf('/');
  return [kind.slice(0, slash), kind.slice(slash + 1)];
}

function identity(kind: string): KubeObject {
  const [apiVersion, name] = split(kind);
  return { apiVersion, kind: name };
}

/** The answer, if it is one: 200, or 404. A server that is busy is asked again, as it wishes. */
async function patiently(api: Api, path: string, what: string, asking: Asking): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await api.request('GET', path, undefined, asking);
    if (answer.status === 200 || answer.status === 404) return answer;
    const busy = [429, 503].includes(answer.status) && answer.retryAfter !== undefined && tries < 4;
    if (!busy) throw refusal(answer, what);
    await new Promise(resolve => setTimeout(resolve, Math.min(answer.retryAfter ?? 1, 5) * 1000));
  }
}

/** Why an answer is none. */
export function refusal(answer: Answer, what: string): Unseen {
  const { status } = answer;
  const said = messageOf(answer);
  const because = said === '' ? '' : `: ${said}`;
  if (status === 401)
    return new Unseen('the cluster does not accept the credentials (401)', 'log in again, as with oc login');
  if (status === 403) return new Unseen(`forbidden${because}`, `let this user read ${what}, or ask one who may`);
  if (status >= 300 && status < 400)
    return new Unseen(`the server redirects (${status})`, 'check the server in the kubeconfig');
  return new Unseen(`the server answers ${status} for ${what}${because}`, 'try again, or look at the API server');
}

/** What the server says of a failure, if it is the API server. */
export function messageOf(answer: Answer): string {
  try {
    return told(textAt(jsonOf(answer), 'message'));
  } catch {
    return '';
  }
}

export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unseen('the answer is not JSON', 'check that the server in the kubeconfig is a Kubernetes API server');
  }
}
