/** Which mesh Knative is part of, or why that cannot be told. Nothing is guessed. */

import { releases } from '../../values-schema/index.ts';
import { type KubeObject, listAt, mapAt, minorOf, nameOf, namespaceOf, textAt, titleOf } from '../cluster/fields.ts';
import { cniNamespace, knativeNamespaces } from '../model/facts/names.ts';
import { alternatives, quoted } from '../values/show.ts';
import { idOf } from './compare.ts';
import { isOfChart, type There } from './distance.ts';
import { halves } from './halves.ts';
import { ownMappings } from './mappings.ts';
import { type Mesh, meshOf, type Told } from './mesh-of.ts';
import { type Observed, ofKind } from './observe.ts';
import type { Start } from './search.ts';
import { defaultValues, withValue } from './setting.ts';

export interface Recognised {
  readonly start: Start;
  readonly there: There;
}

/** The mesh and what is known beside it, or sentences that say why not. */
export function recognise(seen: Observed, told: Told): Recognised | readonly string[] {
  const problems = [...halves(seen)];
  const mesh = problems.length > 0 ? undefined : meshOf(seen, told);
  const release = releaseOf(seen, told);
  if (typeof mesh === 'string') problems.push(mesh);
  if (typeof release === 'string') problems.push(release);
  if (mesh === undefined || typeof mesh === 'string' || typeof release === 'string') return problems;
  return { start: startOf(seen, mesh, release), there: thereOf(seen, mesh, told) };
}

/** Undefined where only the fields tell. */
function releaseOf(
  { serverless }: Observed,
  told: Told,
): string | undefined | { readonly release: string; from: string } {
  const isKnown = (release: string) => (releases as readonly string[]).includes(release);
  if (told.serverlessRelease !== undefined)
    return isKnown(told.serverlessRelease)
      ? { release: told.serverlessRelease, from: '--serverless-release' }
      : `--serverless-release ${quoted(told.serverlessRelease)} is no release that the chart knows; write ${alternatives(releases)}.`;
  if (serverless === undefined) return undefined;
  const release = minorOf(serverless);
  if (isKnown(release)) return { release, from: `ClusterServiceVersion serverless-operator.v${serverless}` };
  return `OpenShift Serverless ${quoted(serverless)} is installed, of which the chart knows nothing; it knows ${releases[0]} to ${releases.at(-1)}.`;
}

function startOf(seen: Observed, mesh: Mesh, release: Exclude<ReturnType<typeof releaseOf>, string>): Start {
  const usual = mesh.generation === 'v2' ? 'basic' : 'default';
  const named =
    mesh.controlPlane === undefined ? nameInMonitors(seen, mesh) : { name: nameOf(mesh.controlPlane), from: mesh.from };
  const name = named?.name ?? usual;
  const members = mesh.generation === 'v3' ? injected(seen, mesh, name) : [];
  const given: readonly (readonly [path: string, value: unknown, from: string])[] = [
    ['mesh.generation', mesh.generation, mesh.from],
    ['mesh.namespace', mesh.namespace, mesh.from],
    // Of another team's control plane, other fields that name it tell, too.
    ...(named === undefined ? [] : [['mesh.controlPlane.name', name === usual ? '' : name, named.from] as const]),
    ...(release === undefined ? [] : [['serverless.release', release.release, release.from] as const]),
    ...(seen.appsDomain === undefined
      ? []
      : [['cluster.appsDomain', seen.appsDomain, 'Ingress cluster spec.domain'] as const]),
    ...(members.length === 0 ? [] : [['mesh.members', members, 'labels of these namespaces'] as const]),
  ];
  return {
    values: given.reduce((all, [path, value]) => withValue(all, path, value), defaultValues),
    from: new Map(given.map(([path, , from]) => [path, from])),
  };
}

/**
 * Monitors tell meshes apart by `mesh_id`, which is the name of the control plane and its namespace. Undefined where no
 * monitor of the chart says it, or where they disagree.
 */
function nameInMonitors({ objects }: Observed, { namespace }: Mesh): { name: string; from: string } | undefined {
  const found = ofKind(objects, 'PodMonitor', 'ServiceMonitor')
    .filter(isOfChart)
    .flatMap(monitor => {
      const ends = [...listAt(monitor, 'spec', 'podMetricsEndpoints'), ...listAt(monitor, 'spec', 'endpoints')];
      const id = ends.flatMap(end => listAt(end, 'relabelings')).find(r => textAt(r, 'targetLabel') === 'mesh_id');
      const text = textAt(id, 'replacement');
      const name = text.endsWith(`-${namespace}`) ? text.slice(0, -namespace.length - 1) : '';
      return name === '' ? [] : [{ name, from: `${titleOf(monitor)} mesh_id` }];
    });
  return new Set(found.map(f => f.name)).size === 1 ? found[0] : undefined;
}

/** With Service Mesh 3 a label of the namespace makes its pods part of the mesh. */
function injected({ namespaces }: Observed, { namespace }: Mesh, revision: string): string[] {
  const others: readonly string[] = [...knativeNamespaces, cniNamespace, namespace];
  return namespaces
    .filter(o => {
      const labels = mapAt(o, 'metadata', 'labels');
      return labels['istio-injection'] === 'enabled' || labels['istio.io/rev'] === revision;
    })
    .map(nameOf)
    .filter(name => !others.includes(name) && !/^(openshift|kube)-/.test(name));
}

/** Objects of the other meshes are not there. */
function thereOf(seen: Observed, mesh: Mesh, told: Told): There {
  const { objects, inFolder } = seen;
  const credential = ofKind(objects, 'Gateway')
    .filter(o => nameOf(o) === 'knative-ingress-gateway')
    .map(o => textAt(o, 'spec', 'servers', 0, 'tls', 'credentialName'))[0];
  const certificates = ofKind(objects, 'Certificate').filter(
    o => textAt(o, 'spec', 'secretName') === credential && nameOf(o) === credential,
  );
  const name = mesh.controlPlane === undefined ? 'default' : nameOf(mesh.controlPlane);
  const members = inFolder && seen.namespaces.length === 0 ? undefined : injected(seen, mesh, name);
  const mappings = ownMappings(objects, mesh, members, told.release);
  const own = [...(mesh.controlPlane === undefined ? [] : [mesh.controlPlane]), ...certificates, ...mappings];
  const isOther = (o: KubeObject) =>
    (o.kind === 'ServiceMeshMemberRoll' && namespaceOf(o) !== mesh.namespace) ||
    (o.kind === 'ServiceMeshMember' && textAt(o, 'spec', 'controlPlaneRef', 'namespace') !== mesh.namespace) ||
    (['IstioCNI', 'PeerAuthentication'].includes(String(o.kind)) && mesh.generation === 'v2');
  return {
    objects: new Map(objects.filter(o => !isOther(o)).map(o => [idOf(o), o])),
    inFolder,
    recognised: new Set(own.map(idOf)),
  };
}
