/** Commands that several steps have, with the user's names. */
import { compareVersions, nameOf, namespaceOf, resourceOf } from '../cluster/fields.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import { controlPlaneVersions, knativeEventing, knativeServing, knativeServingIngress } from '../model/facts/names.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { serverlessMeshTenant } from '../model/serverless-mesh-tenant/index.ts';
import type { Rendered } from '../render/order.ts';
import { shellQuote } from '../shell.ts';
import type { Migration } from './migration.ts';

/** Service Mesh 2 calls what belongs to a control plane after it: istiod-basic. */
export const controlPlane = ({ before }: Migration): string => before.mesh.controlPlane.name || 'basic';
export const meshNamespace = ({ before }: Migration): string => before.mesh.namespace;
/** Of the gateway, with Service Mesh 3. */
export const gatewayNamespaceOf3 = knativeServingIngress;
/** With these values the release has a mesh of its own; otherwise a mesh team runs it. */
export const ownMesh = ({ before }: Migration): boolean => before.mesh.controlPlane.create;
/** The namespaces that both meshes must not inject at once. */
export const meshNamespaces = ({ after }: Migration): readonly string[] => [
  knativeServing,
  knativeEventing,
  ...after.mesh.members,
];

/** Settings that Service Mesh 2 needs before it is left, beyond the values files of now. */
export type Prepared = 'release' | 'version' | 'policies';
const order: readonly Prepared[] = ['release', 'version', 'policies'];
/** What can be left for Service Mesh 3. */
const lastVersion = 'v2.6';

export const liftsRelease = ({ before, after }: Migration): boolean =>
  before.serverless.release !== after.serverless.release;
/** Control planes go from one version to the next. Where the values name none, the live one has to be looked at. */
export function versionsAhead({ before }: Migration): readonly string[] {
  const { version } = before.mesh.controlPlane;
  return version === '' ? [lastVersion] : controlPlaneVersions.filter(v => compareVersions(v, version) > 0);
}
export const managesPolicies = ({ before }: Migration): boolean => before.mesh.controlPlane.manageNetworkPolicy;
const setOf: Readonly<Record<Prepared, (m: Migration) => readonly string[]>> = {
  release: m => (liftsRelease(m) ? [`serverless.release=${m.after.serverless.release}`] : []),
  version: m =>
    ownMesh(m)
      ? versionsAhead(m)
          .slice(-1)
          .map(v => `mesh.controlPlane.version=${v}`)
      : [],
  policies: m => (managesPolicies(m) ? ['mesh.controlPlane.manageNetworkPolicy=false'] : []),
};
/** All settings up to this one. A later setting of the same value wins, as with helm. */
const settings = (m: Migration, upTo: Prepared): readonly string[] =>
  order.slice(0, order.indexOf(upTo) + 1).flatMap(p => setOf[p](m));

const named = ({ release }: Migration) => `${release.name} -n ${release.namespace}`;
const timeout = (m: Migration) => `--timeout ${m.before.jobs.timeoutSeconds}s`;
const withFiles = (files: readonly string[]) => files.map(file => ` -f ${shellQuote(file)}`).join('');
const withSettings = (all: readonly string[]) => all.map(s => ` --set ${s}`).join('');

/** helm upgrade that stays with Service Mesh 2, with the preparations up to `upTo` and further settings. */
export const stayOn2 = (m: Migration, upTo: Prepared, ...further: readonly string[]): string =>
  `helm upgrade ${m.release.name} ${shellQuote(m.chart)} -n ${m.release.namespace}${withFiles(m.files)}${withSettings([...settings(m, upTo), ...further])} ${timeout(m)}`;

export const moveTo3 = (m: Migration, command: 'upgrade' | 'install', ...set: readonly string[]): string =>
  `helm ${command} ${m.release.name} ${shellQuote(m.chart)} -n ${m.release.namespace} -f ${shellQuote(m.newFile)}${withSettings(set)} ${timeout(m)}`;
/** Where nothing is installed any more. */
export const installOn2 = (m: Migration): string => stayOn2(m, 'release').replace(/^helm upgrade/, 'helm install');

/** Uninstalls although Knative is in use: its objects stay. `allow` is the upgrade that permits it. */
export const uninstall = (m: Migration, allow: string): readonly string[] => [
  ...(m.before.jobs.enabled && !m.before.uninstall.allowInUse ? [allow] : knativeFirst(m)),
  `helm uninstall ${named(m)} ${timeout(m)}`,
];

/** Without the Jobs nobody deletes what needs the finalizers of the operators. */
const knativeFirst = ({ before: { jobs, kafka, serving, eventing } }: Migration): readonly string[] =>
  jobs.enabled
    ? []
    : [
        ...(kafka.enabled ? ['oc delete knativekafka/knative-kafka -n knative-eventing'] : []),
        ...(serving.enabled ? ['oc delete knativeserving/knative-serving -n knative-serving'] : []),
        ...(eventing.enabled ? ['oc delete knativeeventing/knative-eventing -n knative-eventing'] : []),
      ];
export const helmTest = (m: Migration): string => `helm test ${named(m)} --timeout 15m`;

/** `serverless-mesh COMMAND` for a release in the cluster. */
export const onCluster = (m: Migration, command: string, files: readonly string[]): string =>
  `serverless-mesh ${command}${withFiles(files)} --release-name ${m.release.name} --namespace ${m.release.namespace}`;

/** Prints the objects of the release for Service Mesh 3 that come from these templates. */
export const templateOnly = (m: Migration, objects: readonly Rendered[], ...set: readonly string[]): string => {
  const only = objects.map(({ source }) => ` --show-only ${source.slice(serverlessMesh.name.length + 1)}`).join('');
  return `helm template ${m.release.name} ${shellQuote(m.chart)} -n ${m.release.namespace} -f ${shellQuote(m.newFile)}${withSettings(set)}${only}`;
};

/** One command for each namespace: `oc VERB -n NAMESPACE KIND/NAME... REST`. */
export function onObjects(verb: string, objects: readonly Manifest[], rest: string): string[] {
  const places = [...new Set(objects.map(namespaceOf))];
  return places.map(place => {
    const names = objects.filter(o => namespaceOf(o) === place).map(o => `${resourceOf(o)}/${nameOf(o)}`);
    return `oc ${verb}${place ? ` -n ${place}` : ''} ${names.join(' ')} ${rest}`;
  });
}

/** Pods whose proxy is not of Istio default; nothing where all are. */
export const oldProxies = (namespace: string, selector: string): string =>
  `oc get pods -n ${namespace} ${selector} --field-selector=status.phase=Running -o jsonpath='{range .items[*]}{.metadata.name}{" "}{.metadata.annotations.sidecar\\.istio\\.io/status}{"\\n"}{end}' | grep -v '"revision":"default"'`;
export const injected = '-l sidecar.istio.io/inject=true';

/** The same commands in each of these namespaces, as $namespace. */
export const inEach = (namespaces: readonly string[], ...commands: readonly string[]): string =>
  [
    `for namespace in ${namespaces.join(' ')}; do`,
    ...commands.map(c => `  ${c.replaceAll('\n', '\n  ')}`),
    'done',
  ].join('\n');

export const mergePatch = (patch: object): string => `--type merge -p '${JSON.stringify(patch)}'`;
export const apply = (object: object): string => `echo '${JSON.stringify(object)}' | oc apply -f -`;
export const nothing = { say: 'Nothing was changed.', commands: [] } as const;

/** AuthorizationPolicies of the releases of tenants, of this chart and them, and all others. */
const { name: tenantName, version: tenantVersion } = serverlessMeshTenant;
export const ofTenants = `-l app.kubernetes.io/name=${tenantName}`;
export const ofCharts = `-l 'app.kubernetes.io/name in (${serverlessMesh.name},${tenantName})'`;
export const ofUsers = `-l 'app.kubernetes.io/name notin (${serverlessMesh.name},${tenantName})'`;
/** AuthorizationPolicies that name this namespace, or a service account in it; nothing where there are none. */
export const policiesThatName = (namespace: string, selector: string): string =>
  `oc get authorizationpolicies.security.istio.io -A${selector && ` ${selector}`} -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} {.spec}{"\\n"}{end}' | grep -e '"${namespace}"' -e 'ns/${namespace}/'`;
/** The chart of the tenants, which stands beside this one. */
export const tenantChart = ({ chart }: Migration): string => {
  const beside = chart.replace(/serverless-mesh(?=[^/]*$)/, tenantName);
  return shellQuote(beside === chart ? `dist/${tenantName}-${tenantVersion}.tgz` : beside);
};

/** Only Service Mesh 2 injects into these namespaces, although Istio default is there; or only Istio does. */
export const toWebhookOf2 = (m: Migration, namespaces: readonly string[]): string =>
  `oc label namespace ${namespaces.join(' ')} istio.io/rev=${controlPlane(m)} istio-injection- maistra.io/ignore-namespace- --overwrite`;
export const toWebhookOf3 = (namespaces: readonly string[]): string =>
  `oc label namespace ${namespaces.join(' ')} maistra.io/ignore-namespace=true istio.io/rev- --overwrite`;
/** Applies what was saved, over what has changed since. */
export const restore = (file: string): string => `grep -v ' resourceVersion: ' ${file} | oc apply -f -`;

/** Routes that the Serverless operator made for Knative Services, and the file in which they are kept. */
export const routesLabel = '-l serving.knative.openshift.io/ingressName';
export const routesFile = 'knative-routes-before.yaml';
