/** The mesh that Knative is part of. */
import { type KubeObject, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import { knativeGateway } from '../model/facts/names.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import { alternatives } from '../values/show.ts';
import { gatewayAddress, meshNamespaceOf, type Observed, ofKind, titled } from './observe.ts';
import { defaultValues, valueAt } from './setting.ts';

/** What the user says where the installation leaves it open. */
export interface Told {
  readonly meshNamespace?: string | undefined;
  readonly meshGeneration?: 'v2' | 'v3' | undefined;
  readonly serverlessRelease?: string | undefined;
  /** The one that takes over: what it has already is no one else's. */
  readonly release?: ReleaseInfo | undefined;
}

type Generation = 'v2' | 'v3';
export interface Mesh {
  readonly generation: Generation;
  readonly namespace: string;
  readonly controlPlane: KubeObject | undefined;
  readonly from: string;
}

/** The mesh that Knative is part of; or a sentence that says why it cannot be told. */
export function meshOf({ objects, inFolder }: Observed, told: Told): Mesh | string {
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
