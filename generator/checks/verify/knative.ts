/** Knative: ready, of the right version, with the settings that the release asked for. */
import { mapAt, minorOf, nameOf, textAt } from '../../cluster/fields.ts';
import { told } from '../../cluster/secrets.ts';
import { knativeEventing, knativeServing } from '../../model/facts/names.ts';
import { releaseFacts } from '../../model/facts/releases.ts';
import { type Check, part, type Said } from '../check.ts';
import { planned } from '../plan.ts';
import { existing, installAgain, readiness } from '../ready.ts';

interface Part {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly source: string;
}
const operator = 'github.com/openshift-knative/serverless-operator';
const parts: readonly Part[] = [
  {
    id: 'knative-serving',
    kind: 'operator.knative.dev/v1beta1/KnativeServing',
    name: 'knative-serving',
    namespace: knativeServing,
    source: `${operator} vendor/knative.dev/operator/pkg/apis/operator/v1beta1/knativeserving_lifecycle.go`,
  },
  {
    id: 'knative-eventing',
    kind: 'operator.knative.dev/v1beta1/KnativeEventing',
    name: 'knative-eventing',
    namespace: knativeEventing,
    source: `${operator} vendor/knative.dev/operator/pkg/apis/operator/v1beta1/knativeeventing_lifecycle.go`,
  },
  {
    id: 'knative-kafka',
    kind: 'operator.serverless.openshift.io/v1alpha1/KnativeKafka',
    name: 'knative-kafka',
    namespace: knativeEventing,
    source: `${operator} knative-operator/pkg/apis/operator/v1alpha1/knativekafka_lifecycle.go`,
  },
];

const readyCheck = ({ id, kind, name, namespace, source }: Part): Check => ({
  id,
  title: `${kind.replace(/.*\//, '')} is Ready, and of the version of serverless.release`,
  looksAt: `${kind.replace(/.*\//, '')} ${namespace}/${name}`,
  source: `base document 1.4.3; ${source}`,
  settles: true,
  concerns: plan => planned(plan, kind.replace(/.*\//, '')) !== undefined,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const found = yield* existing(cluster, kind, name, namespace, installAgain);
    if (found === undefined) return;
    yield* readiness(found);
    const version = minorOf(textAt(found, 'status', 'version')).slice(1);
    const { knative } = releaseFacts[plan.values.serverless.release];
    // KnativeKafka has the version of Kafka for Knative, which is another one.
    if (id !== 'knative-kafka' && version !== '' && version !== knative)
      yield {
        finding: `${nameOf(found)} has version ${version}, and Serverless ${plan.values.serverless.release} carries ${knative}`,
        remedy: 'set serverless.release to that of the installed operator, or wait for its upgrade',
      };
  },
});

export const knativeReady: readonly Check[] = parts.map(readyCheck);

/**
 * `spec.config` by the names of its ConfigMaps. Only where the operator made them so does the data plane see it: what
 * is misspelt in spec.config stays there, and does nothing.
 */
const configCheck = (namespace: string, kind: string): Check => ({
  id: `${namespace}-config`,
  title: `the ConfigMaps in ${namespace} hold what spec.config of ${kind} says`,
  looksAt: `ConfigMaps in ${namespace}`,
  source:
    'base document 1.4.3 and 1.5; knative.dev/operator pkg/reconciler/common/configmap.go (the prefix config- may be left out)',
  settles: true,
  concerns: plan => Object.keys(mapAt(planned(plan, kind), 'spec', 'config')).length > 0,
  run: async function* (cluster, plan) {
    for (const [name, wanted] of Object.entries(mapAt(planned(plan, kind), 'spec', 'config'))) {
      const full = name.startsWith('config-') ? name : `config-${name}`;
      yield* part(`ConfigMap ${full}`, async function* (): AsyncIterable<Said> {
        const map = yield* existing(
          cluster,
          'v1/ConfigMap',
          full,
          namespace,
          `correct the name ${name} in the values, or wait`,
        );
        if (map === undefined) return;
        for (const [key, value] of Object.entries(mapAt(wanted))) {
          const has = mapAt(map, 'data')[key];
          if (has !== value)
            yield {
              finding: `ConfigMap ${namespace}/${full}: ${key} is ${has === undefined ? 'not set' : told(has)}, and must be ${told(value)}`,
              remedy: `wait, or see oc describe ${kind.toLowerCase()} -n ${namespace}`,
            };
        }
      });
    }
  },
});

export const knativeConfig: readonly Check[] = [
  configCheck(knativeServing, 'KnativeServing'),
  configCheck(knativeEventing, 'KnativeEventing'),
];

/** Makes the DestinationRule of each channel; the operator runs it where features.istio is enabled. */
export const eventingIstio: Check = {
  id: 'eventing-istio',
  title: 'eventing-istio-controller runs, which lets the mesh reach channels',
  looksAt: `Deployment ${knativeEventing}/eventing-istio-controller`,
  source: `base document 1.4.3 step 3; ${operator} pkg/istio/eventingistio/istio.go`,
  settles: true,
  concerns: plan => planned(plan, 'KnativeEventing') !== undefined && plan.values.serving.ingress === 'istio',
  run: async function* (cluster): AsyncIterable<Said> {
    const name = 'eventing-istio-controller';
    const found = yield* existing(cluster, 'apps/v1/Deployment', name, knativeEventing, 'see the KnativeEventing');
    if (found === undefined) return;
    if (textAt(found, 'spec', 'replicas') === '0')
      yield {
        finding: `Deployment ${knativeEventing}/${name} has no replicas`,
        remedy: 'set config.features.istio of KnativeEventing to enabled',
      };
    else yield* readiness(found, 'Available');
  },
};
