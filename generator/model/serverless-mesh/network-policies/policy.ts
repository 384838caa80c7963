/** What the NetworkPolicies of Knative and the mesh are written with. */
import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicySpec';
import { choose, concat, eq, not, or, single } from '../../../gotmpl/functions.ts';
import {
  defineList,
  type Each,
  type Expr,
  each,
  fmt,
  type Ref,
  type Templated,
  type When,
  when,
} from '../../../gotmpl/index.ts';
import { knativeEventing, knativeServing, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { v, v3 } from '../values.ts';

const { metadata, resource } = inStage('membership');

export { resource };

/** Both are chosen by themselves: Service Mesh 2 makes policies for ingress only. */
export const ingressWanted = v.networkPolicies.ingress.create;
export const egressWanted = v.networkPolicies.egress.create;

/** Namespaces of Knative, which its operator makes in any case, of its gateways and of the control plane. */
const platform = concat(
  [knativeServing, knativeEventing],
  concat(choose(v3, [knativeServingIngress], []), single(fmt`${v.mesh.namespace}`)),
);
const all = concat(platform, v.mesh.members);
export const meshNamespaces = defineList(
  'serverless-mesh.meshNamespaces',
  'Namespaces of the mesh: those of Knative, its gateways and the control plane, and yours.',
  all,
);

type Spec = Templated<INetworkPolicySpec>;
export const policy = (name: string, namespace: string | Expr<string>, spec: Spec) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata({ name, namespace }),
  spec,
});

/** A control plane of somebody else stays as it is. */
const notForeign = (namespace: Ref<string>) => or(v.mesh.controlPlane.create, not(eq(namespace, v.mesh.namespace)));
const inEach = (namespaces: Expr<readonly string[]>, name: string, spec: Spec): Each<When> =>
  each(namespaces, 'namespace', namespace => when(notForeign(namespace), policy(name, namespace, spec)));
/** In each namespace of Knative, its gateways and the control plane; or also in yours. */
export const inPlatform = (name: string, spec: Spec) => inEach(platform, name, spec);
export const inAll = (name: string, spec: Spec) => inEach(all, name, spec);

export const tcp = (port: number) => ({ port, protocol: 'TCP' as const });
export const namespaceNamed = (...names: readonly string[]) => ({
  namespaceSelector: {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }],
  },
});
