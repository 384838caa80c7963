/** What stands in a cluster or a folder of all that the chart could make. Secrets are not read. */
import { installed } from '../checks/operators.ts';
import { type KubeObject, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import type { Installation } from '../installation/installation.ts';
import { knativeServingIngress } from '../model/facts/names.ts';
import { serverlessOperatorNamespace } from '../model/facts/operators.ts';
import { idOf } from './compare.ts';
import { known } from './templates.ts';

export interface Observed {
  readonly objects: readonly KubeObject[];
  readonly namespaces: readonly KubeObject[];
  /** Of the operator of OpenShift Serverless, as 1.37.2; undefined where nobody says. */
  readonly serverless: string | undefined;
  readonly appsDomain: string | undefined;
  readonly inFolder: boolean;
  /** What the installation did not show, one sentence each. */
  readonly unseen: readonly string[];
}

/** Of these a cluster has many that are no business of ours: they are asked for by name. */
const common = /^(v1|apps\/v1|autoscaling\/v2|policy\/v1|rbac\.authorization\.k8s\.io\/v1)\//;
const kinds = [...new Set(known.map(k => `${k.apiVersion}/${k.kind}`))];
const byName = known.filter(k => common.test(`${k.apiVersion}/${k.kind}`) && k.name !== undefined);

export async function observe({ cluster, from }: Installation, meshNamespaces: readonly string[]): Promise<Observed> {
  const unseen = new Set<string>();
  const see = async <T>(what: string, ask: () => Promise<T>, nothing: T): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unseen)) throw error;
      unseen.add(`${what}: ${error.message}; ${error.remedy}.`);
      return nothing;
    }
  };
  const all = (kind: string) =>
    see(kind, async () => ((await cluster.serves(kind)) ? await cluster.list(kind) : []), [] as readonly KubeObject[]);
  const one = (kind: string, name: string, namespace?: string) =>
    see(
      kind,
      async () => ((await cluster.serves(kind)) ? await cluster.get(kind, name, namespace) : undefined),
      undefined,
    );
  const listed = (await Promise.all(kinds.filter(kind => !common.test(kind)).map(all))).flat();
  const places = [...new Set([...meshNamespaces, ...controlPlaneNamespaces(listed), knativeServingIngress])];
  const named = await Promise.all(
    byName.flatMap(k =>
      (k.namespace === undefined ? places : [k.namespace]).map(place =>
        one(`${k.apiVersion}/${k.kind}`, k.name!, place),
      ),
    ),
  );
  const csv = await see(
    'ClusterServiceVersion',
    async () => {
      const kind = 'operators.coreos.com/v1alpha1/ClusterServiceVersion';
      if (!(await cluster.serves(kind))) return undefined;
      return installed(cluster, 'serverless-operator.v', [serverlessOperatorNamespace, 'openshift-operators']);
    },
    undefined,
  );
  const ingress = await one('config.openshift.io/v1/Ingress', 'cluster');
  const objects = [...listed, ...named.filter(o => o !== undefined)];
  return {
    objects: [...new Map(objects.map(o => [idOf(o), o])).values()],
    namespaces: await all('v1/Namespace'),
    serverless: textAt(csv, 'spec', 'version') || undefined,
    appsDomain: textAt(ingress, 'spec', 'domain') || undefined,
    inFolder: from === 'folder',
    unseen: [...unseen],
  };
}

export const ofKind = (objects: readonly KubeObject[], ...wanted: readonly string[]): readonly KubeObject[] =>
  objects.filter(o => wanted.includes(String(o.kind)));

/** An Istio says in which namespace its control plane is; a ServiceMeshControlPlane is there itself. */
export const meshNamespaceOf = (controlPlane: KubeObject): string =>
  controlPlane.kind === 'Istio' ? textAt(controlPlane, 'spec', 'namespace') : namespaceOf(controlPlane);

const controlPlaneNamespaces = (objects: readonly KubeObject[]) =>
  [
    ...ofKind(objects, 'ServiceMeshControlPlane', 'Istio').map(meshNamespaceOf),
    ...ofKind(objects, 'ServiceMeshMemberRoll').map(namespaceOf),
    ...ofKind(objects, 'ServiceMeshMember').map(o => textAt(o, 'spec', 'controlPlaneRef', 'namespace')),
    gatewayAddress(objects)?.namespace ?? '',
  ].filter(Boolean);

/** Where KnativeServing sends requests from outside: `istio-ingressgateway.istio-system.svc.cluster.local`. */
export function gatewayAddress(objects: readonly KubeObject[]): { service: string; namespace: string } | undefined {
  const [serving] = ofKind(objects, 'KnativeServing');
  const key = 'gateway.knative-serving.knative-ingress-gateway';
  const [service = '', namespace = ''] = textAt(serving, 'spec', 'config', 'istio', key).split('.');
  return namespace === '' ? undefined : { service, namespace };
}
export const titled = (objects: readonly KubeObject[]): string =>
  objects.map(o => `${o.kind} ${[namespaceOf(o), nameOf(o)].filter(Boolean).join('/')}`).join(', ');
