/** What the chart makes of the values: the checks compare the cluster with it, so there is no second model. */

import type { Values } from '../../values-schema/index.ts';
import { kindOf, mapAt, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import { knativeEventing, knativeServing } from '../model/facts/names.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { settings } from '../model/serverless-mesh/jobs/jobs.ts';
import { evaluateChart, type ReleaseInfo } from '../render/evaluate-chart.ts';

export interface Plan {
  readonly values: Values;
  readonly release: ReleaseInfo;
  /** The objects of the release; hooks, such as helm test, are not among them. */
  readonly objects: readonly Manifest[];
  readonly hooks: readonly Manifest[];
  /** What the Jobs wait for, also where they are off: namespaces and workloads, by the names that jobs/settings.ts gives. */
  readonly waits: Readonly<Record<string, string>>;
  /** The control plane that the document describes, also where it is somebody else's: with Service Mesh 3 an Istio. */
  readonly controlPlane: Manifest;
}

export function planFor(values: Values, release: ReleaseInfo): Plan {
  const rendered = (given: Values) =>
    evaluateChart(serverlessMesh, given as unknown as Record<string, unknown>, release).map(r => r.object);
  const isHook = (object: Manifest) => mapAt(object, 'metadata', 'annotations')['helm.sh/hook'] !== undefined;
  const all = rendered(values);
  const control = { ...values.mesh.controlPlane, create: true };
  const complete = rendered({
    ...values,
    jobs: { ...values.jobs, enabled: true },
    mesh: { ...values.mesh, controlPlane: control },
  });
  const controlPlane = complete.find(o => ['ServiceMeshControlPlane', 'Istio'].includes(String(o.kind)));
  const waits = complete.find(o => o.kind === 'ConfigMap' && nameOf(o) === settings);
  if (controlPlane === undefined || waits === undefined) throw new Error('the chart has no control plane or settings');
  return {
    values,
    release,
    objects: all.filter(o => !isHook(o)),
    hooks: all.filter(isHook),
    waits: mapAt(waits, 'data') as Record<string, string>,
    controlPlane,
  };
}

/** The planned object of a kind, as `Gateway`, or of a kind and a name. */
export const planned = ({ objects }: Plan, kind: string, name?: string): Manifest | undefined =>
  objects.find(o => o.kind === kind && (name === undefined || nameOf(o) === name));

export const isPlanned = (plan: Plan, object: unknown): boolean =>
  plan.objects.some(
    o => kindOf(o) === kindOf(object) && nameOf(o) === nameOf(object) && namespaceOf(o) === namespaceOf(object),
  );

/** Service Mesh 3; otherwise Service Mesh 2. */
export const isV3 = (plan: Plan): boolean => plan.values.mesh.generation === 'v3';
/** Requests come in through the mesh. */
export const hasGateways = (plan: Plan): boolean => planned(plan, 'Gateway') !== undefined;
export const words = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter(Boolean);
/** The namespaces that must be on the member roll of Service Mesh 2. */
export const membersOf = (plan: Plan): readonly string[] => words(plan.waits.MEMBERS);
/** The namespaces whose pods must be in the mesh. */
export function namespacesInMesh(plan: Plan): readonly string[] {
  if (!isV3(plan)) return membersOf(plan);
  const { SERVING_WORKLOADS, EVENTING_WORKLOADS, GATEWAY_NAMESPACE } = plan.waits;
  return [
    ...(SERVING_WORKLOADS === undefined ? [] : [knativeServing]),
    ...(EVENTING_WORKLOADS === undefined ? [] : [knativeEventing]),
    ...words(GATEWAY_NAMESPACE),
    ...plan.values.mesh.members,
  ];
}
export const meshNamespace = (plan: Plan): string => plan.values.mesh.namespace;
/** Where the pods of the ingress gateway are, and so their certificate and the routes. */
export const gatewayNamespace = (plan: Plan): string => plan.waits.GATEWAY_NAMESPACE ?? meshNamespace(plan);
/** Of the Deployment and the Service of the ingress gateway. */
export const gatewayName = (plan: Plan): string => plan.waits.GATEWAY ?? '';
export const controlPlaneName = (plan: Plan): string => textAt(plan.controlPlane, 'metadata', 'name');
