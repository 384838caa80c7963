/** What happens to running pods when the release writes a field, and what it cannot write. */
import type { Remaining } from './remains.ts';

interface Row {
  readonly object: RegExp;
  readonly field: RegExp;
  readonly effect: string;
}

/** The first row that fits counts. Source: what each operator makes of the field; domain facts are cited in the model. */
const effects: readonly Row[] = [
  {
    object: /^KnativeServing /,
    field: /^spec\.(workloads|deployments)/,
    effect: 'the operator rolls activator and autoscaler; a new activator takes over before the old one stops',
  },
  {
    object: /^Knative(Eventing|Kafka) /,
    field: /^spec\.(workloads|deployments)/,
    effect: 'the operator rolls the workloads of Eventing and Kafka; brokers keep the events meanwhile',
  },
  {
    object: /^ServiceMeshControlPlane /,
    field: /^spec\.gateways\.ingress/,
    effect: 'the control plane rolls the pods of the ingress gateway; new ones serve before old ones drain',
  },
  {
    object: /^(ServiceMeshControlPlane|Istio) /,
    field: /^spec\.(proxy|techPreview|security|values)/,
    effect: 'istiod takes it up; proxies that run keep what they have until their pods restart',
  },
  {
    object: /^Deployment /,
    field: /^spec\.template/,
    effect: 'Kubernetes rolls the pods of the ingress gateway; new ones serve before old ones drain',
  },
  {
    object: /^ServiceMeshMember/,
    field: /^spec/,
    effect: 'namespaces join or leave the mesh; pods there need a restart',
  },
  { object: /^Knative/, field: /^spec\.config/, effect: 'Knative takes up its configuration without a restart' },
  {
    object:
      /^(Gateway|ServiceEntry|DestinationRule|PeerAuthentication|EnvoyFilter|AuthorizationPolicy|NetworkPolicy|Service) /,
    field: /^spec/,
    effect: 'takes effect at once, without a restart',
  },
];

const immutable: readonly Omit<Row, 'effect'>[] = [
  { object: /^Deployment /, field: /^spec\.selector\b/ },
  { object: /^(Istio|IstioCNI) /, field: /^spec\.namespace$/ },
  { object: /^ServiceMeshMember /, field: /^spec\.controlPlaneRef\b/ },
  { object: /^(Cluster)?RoleBinding /, field: /^roleRef\b/ },
  { object: /^Service /, field: /^spec\.clusterIPs?\b/ },
];

const fits = (row: Omit<Row, 'effect'>, { object, field }: Remaining) =>
  row.object.test(object) && row.field.test(field);
const isWritten = ({ meaning }: Remaining) => meaning !== 'kept';

/** One sentence for each kind of consequence, with the objects. */
export function effectsOf(fields: readonly Remaining[]): string[] {
  const byEffect = new Map<string, Set<string>>();
  for (const f of fields.filter(isWritten)) {
    const row = effects.find(r => fits(r, f));
    if (row === undefined) continue;
    byEffect.set(row.effect, (byEffect.get(row.effect) ?? new Set()).add(f.object));
  }
  return [...byEffect].map(([effect, objects]) => `${[...objects].join(', ')}: ${effect}.`);
}

/** Fields that Kubernetes refuses to change: taking over would need a new object, and so an interruption. */
export const immutableOf = (fields: readonly Remaining[]): string[] =>
  fields
    .filter(f => f.meaning !== 'kept' && immutable.some(r => fits(r, f)))
    .map(
      f =>
        `${f.object} ${f.field} cannot change in an object that exists, and the release would write another value: the object cannot be taken over; delete it in a maintenance window first, or leave it out of the release.`,
    );
