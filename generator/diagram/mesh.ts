/** What the rendered objects say of the mesh as a whole: how strict it is, which ports its proxies leave alone, who is in it. */
import { listAt, namespaceOf, textAt, titleOf } from '../cluster/fields.ts';
import { knativeNamespaces } from '../model/facts/names.ts';
import { type Found, one } from './found.ts';
import type { Protection } from './installation.ts';

/** What a proxy asks of its callers; `unknown`: a control plane that is not ours decides. */
export type Strictness = 'STRICT' | 'PERMISSIVE' | 'unknown';

export interface Mesh {
  readonly generation: 'v2' | 'v3';
  readonly namespace: string;
  readonly strictness: Strictness;
  /** Ports that are reached without the proxy; undefined: a control plane that is not ours says which. */
  readonly excluded?: readonly string[] | undefined;
  readonly members: readonly string[];
  /** The control plane, and what makes the mesh strict. */
  readonly sources: readonly string[];
}
interface MeshValues {
  readonly mesh: { readonly generation: 'v2' | 'v3'; readonly namespace: string; readonly members: readonly string[] };
}

export function meshOf(objects: Found, values: MeshValues): Mesh {
  const { generation, namespace, members } = values.mesh;
  const controlPlane = one(objects, generation === 'v2' ? 'ServiceMeshControlPlane' : 'Istio');
  if (controlPlane === undefined) {
    const sources = ['mesh.controlPlane.create: false'];
    return { generation, namespace, strictness: 'unknown', members: membersOf(objects, members), sources };
  }
  const strict = generation === 'v2' ? controlPlane : one(objects, 'PeerAuthentication', namespace);
  const isStrict =
    generation === 'v2'
      ? textAt(strict, 'spec', 'security', 'dataPlane', 'mtls') === 'true'
      : textAt(strict, 'spec', 'mtls', 'mode') === 'STRICT';
  return {
    generation,
    namespace: generation === 'v2' ? namespaceOf(controlPlane) : textAt(controlPlane, 'spec', 'namespace'),
    strictness: isStrict ? 'STRICT' : 'PERMISSIVE',
    excluded: excludedOf(controlPlane),
    members: membersOf(objects, members),
    sources: [...new Set([controlPlane, strict].filter(object => object !== undefined).map(titleOf))],
  };
}

const excludedOf = (controlPlane: unknown): readonly string[] => {
  const ports = listAt(controlPlane, 'spec', 'proxy', 'networking', 'trafficControl', 'inbound', 'excludedPorts');
  const text = textAt(controlPlane, 'spec', 'values', 'global', 'proxy', 'excludeInboundPorts');
  return [...ports.map(String), ...text.split(',').filter(port => port !== '')];
};

/** Namespaces of users. Service Mesh 3 has no object that lists them, so there the values say it. */
function membersOf(objects: Found, inValues: readonly string[]): readonly string[] {
  const roll = objects.filter(({ kind }) => kind === 'ServiceMeshMemberRoll');
  const single = objects.filter(({ kind }) => kind === 'ServiceMeshMember');
  if (roll.length + single.length === 0) return inValues;
  const listed = [...roll.flatMap(object => listAt(object, 'spec', 'members').map(String)), ...single.map(namespaceOf)];
  return listed.filter(namespace => !(knativeNamespaces as readonly string[]).includes(namespace));
}

/** What the pods with this `app` label ask of their callers: a PeerAuthentication of their own goes before the mesh's. */
export function strictnessOf(objects: Found, mesh: Mesh, namespace: string, app: string) {
  const own = objects.find(
    object =>
      object.kind === 'PeerAuthentication' &&
      namespaceOf(object) === namespace &&
      textAt(object, 'spec', 'selector', 'matchLabels', 'app') === app,
  );
  if (own === undefined) return { strictness: mesh.strictness, sources: mesh.sources };
  return { strictness: textAt(own, 'spec', 'mtls', 'mode') as Strictness, sources: [titleOf(own)] };
}

/** A connection between two parties, by whether each has a proxy of the mesh, and what that of the callee asks for. */
export function protectionOf(from: boolean, to: boolean, strictness: Strictness): Protection {
  if (!to) return 'plain';
  if (strictness === 'unknown') return 'as your mesh';
  if (from) return strictness === 'STRICT' ? 'mTLS' : 'mTLS or plain';
  return strictness === 'STRICT' ? 'refused' : 'plain';
}

/** A connection from outside the mesh to one port of pods with a proxy; `without` is what it is without the proxy. */
export function fromOutside(mesh: Mesh, port: string, without: 'plain' | 'TLS') {
  if (mesh.excluded === undefined) return { protection: 'as your mesh' as const };
  if (mesh.excluded.includes(port)) return { protection: without, remark: 'past the proxy' };
  return mesh.strictness === 'STRICT' ? { protection: 'refused' as const } : { protection: without };
}
