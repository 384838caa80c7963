/** Whether Istio will inject where the chart wants it, with Service Mesh 3: the labels of the namespaces decide. */
import type { Cluster } from '../../cluster/cluster.ts';
import { listAt, mapAt, textAt } from '../../cluster/fields.ts';
import { knativeEventing, knativeServing } from '../../model/facts/names.ts';
import { type Check, type Finding, part, type Said } from '../check.ts';
import { tagKind } from '../istio-settings.ts';
import { controlPlaneName, gatewayNamespace, hasGateways, isV3, namespacesInMesh, type Plan } from '../plan.ts';

const source = 'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/';

export const gatewayPlace: Check = {
  id: 'gateway-namespace',
  title: 'the namespace of the ingress gateway of Service Mesh 3 exists',
  looksAt: 'Namespace knative-serving-ingress',
  source:
    'github.com/openshift-knative/serverless-operator knative-operator/pkg/controller/knativeserving (makes it at its start)',
  concerns: plan => isV3(plan) && hasGateways(plan),
  run: async function* (cluster, plan) {
    const namespace = gatewayNamespace(plan);
    if ((await cluster.get('v1/Namespace', namespace)) !== undefined) return;
    yield {
      finding: `namespace ${namespace} does not exist, which the operator of OpenShift Serverless makes`,
      remedy: 'see whether that operator runs: oc get pods -n openshift-serverless',
    };
  },
};

/** Pods in them talk to the API server, so that not all may have a proxy. */
const chosenPods: readonly string[] = [knativeServing, knativeEventing];

export const injectionLabels: Check = {
  id: 'injection-labels',
  title: 'no label of a namespace of the mesh keeps Istio out, or gives its pods to another Istio',
  looksAt: 'Namespaces of Knative and of mesh.members, and IstioRevisionTags and IstioRevisions that their labels name',
  source,
  concerns: plan => isV3(plan) && namespacesInMesh(plan).length > 0,
  run: async function* (cluster, plan) {
    for (const namespace of namespacesInMesh(plan))
      yield* part(`labels of namespace ${namespace}`, async function* (): AsyncIterable<Said> {
        const labels = mapAt(await cluster.get('v1/Namespace', namespace), 'metadata', 'labels');
        yield* labelFindings(cluster, plan, namespace, labels);
      });
  },
};

async function* labelFindings(
  cluster: Cluster,
  plan: Plan,
  namespace: string,
  labels: Readonly<Record<string, unknown>>,
): AsyncIterable<Finding> {
  const { 'istio-injection': injection, 'istio.io/rev': revision } = labels;
  const [name, title] = [controlPlaneName(plan), `namespace ${namespace}`];
  const remedy = `oc label namespace ${namespace} istio-injection-`;
  if (injection === 'disabled') yield { finding: `${title} has the label istio-injection=disabled`, remedy };
  if (injection === 'enabled' && name !== 'default')
    yield {
      finding: `${title} has the label istio-injection=enabled, which gives its pods to the default Istio and not to ${name}`,
      remedy,
    };
  const isOurs = revision !== undefined && (await leadsTo(cluster, name, String(revision)));
  if (revision !== undefined && !isOurs)
    yield {
      finding: `${title} has the label istio.io/rev=${revision}, which gives its pods to another Istio than ${name}`,
      remedy: `oc label namespace ${namespace} istio.io/rev-`,
    };
  const injectsAll = injection === undefined ? isOurs : injection === 'enabled' && name === 'default';
  if (injectsAll && chosenPods.includes(namespace))
    yield {
      finding: `${title} is labelled for injection, also of its pods that talk to the API server`,
      remedy: `oc label namespace ${namespace} istio-injection- istio.io/rev-`,
    };
}

/** What a label names is an Istio, a tag for one, or a revision of one. */
async function leadsTo(cluster: Cluster, istio: string, revision: string): Promise<boolean> {
  if (revision === istio) return true;
  if ((await cluster.serves(tagKind)) && nameOfTarget(await cluster.get(tagKind, revision)) === istio) return true;
  const kind = 'sailoperator.io/v1/IstioRevision';
  if (!(await cluster.serves(kind))) return false;
  return listAt(await cluster.get(kind, revision), 'metadata', 'ownerReferences').some(
    owner => textAt(owner, 'kind') === 'Istio' && textAt(owner, 'name') === istio,
  );
}
const nameOfTarget = (tag: unknown): string => textAt(tag, 'spec', 'targetRef', 'name');
