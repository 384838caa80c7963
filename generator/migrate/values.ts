/** The values file for Service Mesh 3: the user's own overrides, with what must change. */
import { type Release, releases } from '../../values-schema/index.ts';
import { releaseFacts } from '../model/facts/releases.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { mapYaml } from '../render/manifests.ts';
import { isMap, type Values } from '../values/maps.ts';
import { mayTell } from '../values/private-key.ts';
import { namedPaths, schemaAt, type ValuesSchema } from '../values/schema-path.ts';

/** One value that is not as it was, and why. */
export interface Change {
  readonly path: string;
  /** What it is now; absent where it is left out. */
  readonly value?: unknown;
  readonly why: string;
}

export interface NewValues {
  readonly values: Values;
  readonly changes: readonly Change[];
}

/** The first release that knows Service Mesh 3. */
export const firstRelease: Release = releases.find(r => releaseFacts[r].serviceMesh3 !== 'no') ?? 'v1.37';

const onlyWith2 = 'is for Service Mesh 2 only';
/** Left out wherever the user has them. */
const dropped: readonly (readonly [path: string, why: string])[] = [
  ['mesh.memberRoll', onlyWith2],
  ['mesh.serviceMeshMembers', onlyWith2],
  ['mesh.controlPlane.manageNetworkPolicy', `${onlyWith2}; the operator of Service Mesh 3 makes no NetworkPolicies`],
  ['mesh.controlPlane.addons', `${onlyWith2}; Service Mesh 3 installs none`],
  ['mesh.controlPlane.identity', `${onlyWith2}; Service Mesh 3 always uses ThirdParty`],
  [
    'mesh.controlPlane.version',
    'named a version of Service Mesh 2; without it you get the version that the chart is tested with',
  ],
  ['mesh.controlPlane.allowUnknownVersion', 'was for the version of Service Mesh 2'],
];

/** Service Mesh 2 calls its Deployment istiod-basic after the control plane, as Service Mesh 3 does after the revision. */
const ownName =
  'named the ServiceMeshControlPlane; an Istio of that name would have an istiod of the same name in the same namespace, so it is called default';
const foreignName =
  'named the ServiceMeshControlPlane; write the name of the Istio resource here, where it is not default';

/** What the overrides of `before` become. `merged` is `before` with the chart's defaults. */
export function valuesFor3(before: Values, merged: Values): NewValues {
  const values = structuredClone(before);
  const changes: Change[] = [];
  const set = (path: string, value: unknown, why: string) => {
    setAt(values, path.split('.'), value);
    changes.push({ path, value, why });
  };
  set('mesh.generation', 'v3', 'Service Mesh 3');
  if (releaseFacts[valueAt(merged, 'serverless.release') as Release].serviceMesh3 === 'no')
    set('serverless.release', firstRelease, 'the first release that knows Service Mesh 3');
  const name = valueAt(merged, 'mesh.controlPlane.create') === true ? ownName : foreignName;
  for (const [path, why] of [...dropped, ['mesh.controlPlane.name', name] as const])
    if (removeAt(values, path.split('.'))) changes.push({ path, why });
  if (valueAt(merged, 'serving.enabled') === true && (valueAt(before, 'gateway.local.tls') ?? '') === '')
    set('gateway.local.tls', 'mutual', 'as it was with Service Mesh 2; the documentation of Service Mesh 3 has plain');
  const members = valueAt(merged, 'mesh.members') as readonly string[];
  const verifyNamespace = valueAt(merged, 'verify.namespace') as string;
  if (verifyNamespace !== '' && !members.includes(verifyNamespace))
    set('mesh.members', [...members, verifyNamespace], `verify.namespace ${verifyNamespace} must be among them`);
  return { values, changes };
}

const secretPaths = namedPaths(serverlessMesh.values as unknown as ValuesSchema).filter(
  path => schemaAt(serverlessMesh.values as unknown as ValuesSchema, path)?.secret === true,
);

/** The values without private keys, wherever they stand, and the paths of those that are missing. */
export function withoutSecrets(values: Values): { values: Values; missing: readonly string[] } {
  const shown = structuredClone(values);
  const paths = [...secretPaths, ...keyPaths(values, [])].filter(path => removeAt(shown, path));
  // What stands as the key of a map may be one, too.
  const missing = paths.map(path => path.filter(mayTell).join('.'));
  return { values: shown, missing: [...new Set(missing)] };
}

function* keyPaths(values: Values, path: readonly string[]): Iterable<readonly string[]> {
  for (const [key, value] of Object.entries(values)) {
    const here = [...path, key];
    if (mayTell(key) && isMap(value)) yield* keyPaths(value, here);
    else if (!mayTell(key) || !mayTell(value)) yield here;
  }
}

/** The file: what changed as comments, then the values. */
export function valuesFile(values: Values, changes: readonly Change[], from: readonly string[]): string {
  const files = from.map(file => JSON.stringify(file).slice(1, -1)).join(', ');
  const lines = [
    `Values for Service Mesh 3, made by serverless-mesh migrate-plan from ${files || 'the defaults'}.`,
    'Comments of those files are not here. What changed:',
    ...changes.map(({ path, value, why }) =>
      value === undefined ? `- ${path} is left out: it ${why}` : `- ${path} is ${textOf(value)}: ${why}`,
    ),
  ];
  return `${lines.map(line => `# ${line}\n`).join('')}${mapYaml(values)}`;
}

const textOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value));

function valueAt(values: Values, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), values);
}

/** Where something stands in the way that is no map, such as a null, a map takes its place. */
function setAt(values: Values, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    values[key] = value;
    return;
  }
  const below = isMap(values[key]) ? values[key] : {};
  values[key] = below;
  setAt(below, rest, value);
}

/** Removes a key, and maps that are empty without it. Whether there was one. */
function removeAt(values: Values, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(values, key)) return false;
  if (rest.length === 0) {
    delete values[key];
    return true;
  }
  const below = values[key];
  if (!isMap(below) || !removeAt(below, rest)) return false;
  if (Object.keys(below).length === 0) delete values[key];
  return true;
}
