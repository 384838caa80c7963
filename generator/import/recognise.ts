/** Which mesh Knative is part of, or why that cannot be told. Nothing is guessed. */

import { releases } from '../../values-schema/index.ts';
import { type KubeObject, mapAt, minorOf, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import {
  cniNamespace,
  knativeEventing,
  knativeGateway,
  knativeNamespaces,
  knativeServing,
} from '../model/facts/names.ts';
import { alternatives, quoted } from '../values/show.ts';
import { idOf } from './compare.ts';
import type { There } from './distance.ts';
import { gatewayAddress, meshNamespaceOf, type Observed, ofKind, titled } from './observe.ts';
import type { Start } from './search.ts';
import { defaultValues, valueAt, withValue } from './setting.ts';

/** What the user says where the installation leaves it open. */
export interface Told {
  readonly meshNamespace?: string | undefined;
  readonly meshGeneration?: 'v2' | 'v3' | undefined;
  readonly serverlessRelease?: string | undefined;
}

export interface Recognised {
  readonly start: Start;
  readonly there: There;
}

type Generation = 'v2' | 'v3';
interface Mesh {
  readonly generation: Generation;
  readonly namespace: string;
  readonly controlPlane: KubeObject | undefined;
  readonly from: string;
}

/** The mesh and what is known beside it, or sentences that say why not. */
export function recognise(seen: Observed, told: Told): Recognised | readonly string[] {
  const problems = [...halves(seen)];
  const mesh = problems.length > 0 ? undefined : meshOf(seen, told);
  const release = releaseOf(seen, told);
  if (typeof mesh === 'string') problems.push(mesh);
  if (typeof release === 'string') problems.push(release);
  if (mesh === undefined || typeof mesh === 'string' || typeof release === 'string') return problems;
  return { start: startOf(seen, mesh, release), there: thereOf(seen, mesh) };
}

/** What must be together. */
function* halves({ objects }: Observed): Iterable<string> {
  const [serving, eventing] = [ofKind(objects, 'KnativeServing'), ofKind(objects, 'KnativeEventing')];
  const planes = ofKind(objects, 'ServiceMeshControlPlane', 'Istio');
  if (serving.length + eventing.length === 0) {
    const rest = planes.length === 0 ? '' : `, only ${titled(planes)}`;
    yield `there is neither a KnativeServing nor a KnativeEventing${rest}: no installation to import; install the chart serverless-mesh instead.`;
    return;
  }
  for (const [all, place] of [
    [serving, knativeServing],
    [eventing, knativeEventing],
  ] as const)
    for (const o of all.filter(x => namespaceOf(x) !== place))
      yield `${titled([o])} ${namespaceOf(o) === '' ? 'has no namespace' : `is in ${namespaceOf(o)}`}, but the operator accepts it in ${place} only; put it there, then import again.`;
  const isIstio = serving.some(o => textAt(o, 'spec', 'ingress', 'istio', 'enabled') === 'true');
  const lacks = ['knative-ingress-gateway', 'knative-local-gateway'].filter(
    name => !ofKind(objects, 'Gateway').some(o => nameOf(o) === name && namespaceOf(o) === knativeServing),
  );
  if (isIstio && lacks.length > 0)
    yield `KnativeServing uses Istio, but Gateway ${lacks.join(' and ')} is not in knative-serving: half an installation; apply what is missing (base document 1.4.2, step 4), then import again.`;
  if (ofKind(objects, 'KnativeKafka').length > 0 && eventing.length === 0)
    yield 'there is a KnativeKafka, but no KnativeEventing, which it needs: half an installation; apply it, then import again.';
}

function meshOf({ objects, inFolder }: Observed, told: Told): Mesh | string {
  const planes = ofKind(objects, 'ServiceMeshControlPlane', 'Istio')
    .map(plane => ({
      plane,
      generation: plane.kind === 'Istio' ? ('v3' as const) : ('v2' as const),
      namespace: meshNamespaceOf(plane),
    }))
    .filter(p => told.meshGeneration === undefined || p.generation === told.meshGeneration)
    .filter(p => told.meshNamespace === undefined || p.namespace === told.meshNamespace);
  if (planes.length > 1) return ambiguous(planes, gatewayAddress(objects)?.namespace);
  const [found] = planes;
  if (found !== undefined)
    return {
      generation: found.generation,
      namespace: found.namespace,
      controlPlane: found.plane,
      from: titled([found.plane]),
    };
  return withoutControlPlane(objects, inFolder, told);
}

function ambiguous(
  planes: readonly { plane: KubeObject; generation: Generation; namespace: string }[],
  named: string | undefined,
): string {
  const hint = named === undefined ? '' : ` KnativeServing names ${named}.`;
  const differ = (all: readonly string[]) => (new Set(all).size > 1 ? alternatives([...new Set(all)]) : '');
  const [places, generations] = [differ(planes.map(p => p.namespace)), differ(planes.map(p => p.generation))];
  const options = [places && `--mesh-namespace ${places}`, generations && `--mesh-generation ${generations}`].filter(
    Boolean,
  );
  const what =
    options.length === 0
      ? 'remove all but one, for a namespace can have one'
      : `say which with ${options.join(', or ')}`;
  return `there are ${planes.length} control planes, ${titled(planes.map(p => p.plane))}; ${what}.${hint}`;
}

/** Somebody else's control plane, which a folder need not have: what belongs to it says where it is. */
function withoutControlPlane(objects: readonly KubeObject[], inFolder: boolean, told: Told): Mesh | string {
  const address = gatewayAddress(objects);
  const rolls = ofKind(objects, 'ServiceMeshMemberRoll').filter(o => nameOf(o) === 'default');
  const members = ofKind(objects, 'ServiceMeshMember');
  const gateway = objects.find(o => o.kind === 'Deployment' && nameOf(o) === knativeGateway);
  const isOf3 = gateway !== undefined || address?.service === knativeGateway;
  const generation = told.meshGeneration ?? (isOf3 ? 'v3' : 'v2');
  const places = [
    ...rolls.map(o => [namespaceOf(o), titled([o])] as const),
    ...members.map(o => [textAt(o, 'spec', 'controlPlaneRef', 'namespace'), titled([o])] as const),
    ...(address !== undefined && !isOf3 ? [[address.namespace, 'KnativeServing spec.config.istio'] as const] : []),
  ];
  const names = [...new Set(places.map(([name]) => name))].filter(
    n => told.meshNamespace === undefined || n === told.meshNamespace,
  );
  const needsMesh = address !== undefined || rolls.length + members.length > 0;
  if (!inFolder && needsMesh)
    return `there is no control plane${told.meshNamespace === undefined ? '' : ` in ${told.meshNamespace}`}, although Knative is part of a mesh: half an installation, or one that this user may not see; look at oc get servicemeshcontrolplane,istio -A.`;
  if (names.length > 1)
    return `the namespace of the control plane is ${alternatives(names)}; say which with --mesh-namespace.`;
  const namespace = told.meshNamespace ?? names[0];
  if (namespace === undefined && needsMesh)
    return 'the folder does not say in which namespace the control plane is; name it with --mesh-namespace.';
  const from = told.meshNamespace === undefined ? (places[0]?.[1] ?? 'the default') : '--mesh-namespace';
  return {
    generation,
    namespace: namespace ?? (valueAt(defaultValues, 'mesh.namespace') as string),
    controlPlane: undefined,
    from,
  };
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
  const name = mesh.controlPlane === undefined ? usual : nameOf(mesh.controlPlane);
  const members = mesh.generation === 'v3' ? injected(seen, mesh, name) : [];
  const given: readonly (readonly [path: string, value: unknown, from: string])[] = [
    ['mesh.generation', mesh.generation, mesh.from],
    ['mesh.namespace', mesh.namespace, mesh.from],
    // Of another team's control plane, fields that name it tell.
    ...(mesh.controlPlane === undefined
      ? []
      : [['mesh.controlPlane.name', name === usual ? '' : name, mesh.from] as const]),
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
function thereOf({ objects, inFolder }: Observed, mesh: Mesh): There {
  const credential = ofKind(objects, 'Gateway')
    .filter(o => nameOf(o) === 'knative-ingress-gateway')
    .map(o => textAt(o, 'spec', 'servers', 0, 'tls', 'credentialName'))[0];
  const certificates = ofKind(objects, 'Certificate').filter(
    o => textAt(o, 'spec', 'secretName') === credential && nameOf(o) === credential,
  );
  const own = [...(mesh.controlPlane === undefined ? [] : [mesh.controlPlane]), ...certificates];
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
