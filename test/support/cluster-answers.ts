export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface ClusterContent {
  readonly objects?: readonly ClusterObject[];
  /** Further kinds that the cluster serves, as `apiVersion/Kind`; the kinds of `objects` are served anyway. */
  readonly kinds?: readonly string[];
  /** Paths that answer 403, e.g. `/apis/networking.istio.io/v1beta1/gateways`. */
  readonly forbidden?: readonly string[];
  /** Kubernetes version, `1.30` if not given. */
  readonly version?: string;
}

export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body: object;
}

const rbac = 'rbac.authorization.k8s.io/v1';
const builtIn = [
  ...['v1/Namespace', 'v1/Secret', 'v1/ConfigMap', 'v1/Service', 'v1/ServiceAccount', 'v1/Pod', 'apps/v1/Deployment'],
  ...['batch/v1/Job', 'policy/v1/PodDisruptionBudget', 'autoscaling/v2/HorizontalPodAutoscaler'],
  ...['networking.k8s.io/v1/NetworkPolicy', `${rbac}/Role`, `${rbac}/RoleBinding`, `${rbac}/ClusterRole`],
  `${rbac}/ClusterRoleBinding`,
];
const clusterKinds = [
  'Namespace',
  'ClusterDomainClaim',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterVersion',
  'Istio',
  'IstioCNI',
  'Node',
];

/** What the API server says to a GET. */
export function answer(path: string, kinds: readonly Kind[], content: ClusterContent): Answer {
  if (content.forbidden?.includes(path)) return failure(403, path);
  if (path === '/version') return { status: 200, body: versionInfo(content.version ?? '1.30') };
  const body = discovery(path, kinds) ?? objectsAt(path, kinds, content.objects ?? []);
  return body === undefined ? failure(404, path) : { status: 200, body };
}

function discovery(path: string, kinds: readonly Kind[]): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupList(kinds) };
  const apiVersion = path.replace(/^\/apis?\//, '');
  const served = kinds.filter(kind => kind.apiVersion === apiVersion);
  if (served.length === 0) return undefined;
  const resources = served.map(({ plural, kind, namespaced }) => ({
    name: plural,
    singularName: kind.toLowerCase(),
    namespaced,
    kind,
    verbs: ['get', 'list', 'create', 'patch', 'delete'],
  }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources };
}

function groupList(kinds: readonly Kind[]): object[] {
  const groups = new Map<string, Set<string>>();
  for (const { apiVersion } of kinds) {
    const [group = '', version] = apiVersion.split('/');
    if (version !== undefined) groups.set(group, (groups.get(group) ?? new Set()).add(version));
  }
  return [...groups].map(([name, names]) => {
    const versions = [...names].map(version => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions, preferredVersion: versions[0] };
  });
}

/** The object at a path, or the list; undefined where there is none. */
function objectsAt(path: string, kinds: readonly Kind[], objects: readonly ClusterObject[]): object | undefined {
  for (const kind of kinds) {
    const base = kind.apiVersion === 'v1' ? '/api/v1' : `/apis/${kind.apiVersion}`;
    const pattern = new RegExp(`^${base}(?:/namespaces/([^/]+))?/${kind.plural}(?:/([^/]+))?$`);
    const match = pattern.exec(path);
    if (match === null) continue;
    const [, namespace, name] = match;
    const items = objects.filter(
      ({ apiVersion, kind: ofKind, metadata }) =>
        apiVersion === kind.apiVersion &&
        ofKind === kind.kind &&
        (namespace === undefined || metadata.namespace === namespace),
    );
    if (name !== undefined) return items.find(({ metadata }) => metadata.name === name);
    return { apiVersion: kind.apiVersion, kind: `${kind.kind}List`, metadata: { resourceVersion: '1' }, items };
  }
  return undefined;
}

/** The kinds that the cluster serves. */
export function servedKinds({ objects = [], kinds = [] }: ClusterContent): Kind[] {
  const all = new Set([...builtIn, ...kinds, ...objects.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)]);
  const unscoped = objects.filter(({ metadata }) => metadata.namespace === undefined).map(({ kind }) => kind);
  return [...all].map(name => {
    const [, apiVersion = '', kind = ''] = /^(.*)\/([^/]+)$/.exec(name) ?? [];
    return { apiVersion, kind, plural: pluralOf(kind), namespaced: ![...clusterKinds, ...unscoped].includes(kind) };
  });
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, 'ies');
  return /(?:s|x|ch)$/.test(name) ? `${name}es` : `${name}s`;
}

function versionInfo(version: string): object {
  const [major, minor] = version.split('.');
  return { major, minor, gitVersion: `v${version}.0`, platform: 'linux/amd64' };
}

/** A Kubernetes Status. */
export function failure(code: number, path: string): Answer {
  const reasons: Record<number, string> = { 403: 'Forbidden', 404: 'NotFound', 405: 'MethodNotAllowed' };
  const message = `${path}: ${reasons[code]}`;
  const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: reasons[code], code, message };
  return { status: code, body };
}
