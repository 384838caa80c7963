/** Knative that is there already: one of each is all that a cluster may have, and it moves to no other mesh. */
import { mapAt, nameOf, namespaceOf } from '../../cluster/fields.ts';
import { knativeEventing, knativeServing, knativeServingIngress } from '../../model/facts/names.ts';
import { type Check, part, type Said } from '../check.ts';
import { gatewayNamespace, isV3, meshNamespace, type Plan, planned } from '../plan.ts';

const knative = [
  ['operator.knative.dev/v1beta1/KnativeServing', knativeServing, 'knative-serving'],
  ['operator.knative.dev/v1beta1/KnativeEventing', knativeEventing, 'knative-eventing'],
  ['operator.serverless.openshift.io/v1alpha1/KnativeKafka', knativeEventing, 'knative-kafka'],
] as const;

export const otherKnative: Check = {
  id: 'other-knative',
  title: 'there is no other Knative, and none that belongs to another mesh',
  looksAt: 'KnativeServings, KnativeEventings and KnativeKafkas in all namespaces',
  source:
    'github.com/openshift-knative/serverless-operator, validating webhooks (one of each, in its namespace); base document 1.4 (moving to another mesh is unsupported)',
  run: async function* (cluster, plan) {
    for (const [kind, namespace, name] of knative) {
      const short = kind.replace(/.*\//, '');
      if (planned(plan, short) === undefined) continue;
      yield* part(short, async function* (): AsyncIterable<Said> {
        for (const object of await cluster.list(kind)) {
          if (namespaceOf(object) === namespace && nameOf(object) === name) {
            yield* elsewhere(object, plan);
            continue;
          }
          yield {
            finding: `${short} ${namespaceOf(object)}/${nameOf(object)} exists, and there may only be ${namespace}/${name}`,
            remedy: `oc delete ${short.toLowerCase()} -n ${namespaceOf(object)} ${nameOf(object)}, and wait until it is gone`,
          };
        }
      });
    }
  },
};

/** Which mesh a Knative Serving belongs to says the address of its gateways. */
function* elsewhere(serving: unknown, plan: Plan): Iterable<Said> {
  const ours = gatewayNamespace(plan);
  for (const [key, value] of Object.entries(mapAt(serving, 'spec', 'config', 'istio'))) {
    const [, namespace] = /^[^.]+\.([^.]+)\.svc\b/.exec(String(value)) ?? [];
    if (!/^(local-)?gateway\./.test(key) || namespace === undefined || namespace === ours) continue;
    const title = 'Knative Serving belongs to the mesh of';
    if (isV3(plan))
      yield {
        finding: `${title} Service Mesh 2 in ${namespace} (spec.config.istio), and mesh.generation is v3`,
        remedy: 'follow serverless-mesh migrate-plan, or set mesh.generation to v2',
      };
    else if (namespace === knativeServingIngress)
      yield {
        finding: `${title} Service Mesh 3 (spec.config.istio), and mesh.generation is v2`,
        remedy: 'set mesh.generation to v3; to move, uninstall and install again',
      };
    else
      yield {
        finding: `${title} ${namespace} (spec.config.istio), and mesh.namespace is ${meshNamespace(plan)}`,
        remedy: `set mesh.namespace to ${namespace}; to move, uninstall and install again`,
      };
    return;
  }
}
