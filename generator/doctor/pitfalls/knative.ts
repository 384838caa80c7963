/** The resources of Knative Serving and Eventing. */
import { at, type KubeObject, listAt, mapAt, textAt } from '../../cluster/fields.ts';
import { eventingWorkloads, kafkaWorkloads, servingWorkloads, sidecar } from '../../model/facts/names.ts';
import { nearest } from '../../values/nearest.ts';
import {
  eventingInMesh,
  eventingOf,
  isMember,
  isNewKey,
  isOldKey,
  istioConfig,
  kafkaOf,
  servingOf,
  usesIstio,
} from '../mesh.ts';
import { type Found, isOn, labelsOf, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';

const operator = 'github.com/openshift-knative/serverless-operator';
const inject = 'sidecar.istio.io/inject';
const probes = 'sidecar.istio.io/rewriteAppHTTPProbers';

interface Workload {
  readonly list: 'workloads' | 'deployments';
  readonly index: number;
  readonly value: unknown;
}
const workloadsOf = (object: unknown, name?: string): Workload[] =>
  (['deployments', 'workloads'] as const).flatMap(list =>
    listAt(object, 'spec', list)
      .map((value, index) => ({ list, index, value }))
      .filter(w => name === undefined || textAt(w.value, 'name') === name),
  );
const injectOf = (object: unknown, name: string, where: 'labels' | 'annotations') =>
  workloadsOf(object, name)
    .map(w => mapAt(w.value, where)[inject])
    .findLast(v => v !== undefined);

function* uninjected(object: KubeObject | undefined, names: readonly string[]): Iterable<Found> {
  if (object === undefined) return;
  // An annotation in place of the label is told as such.
  const isOut = (name: string) => {
    const label = injectOf(object, name, 'labels');
    return label !== 'true' && (label !== undefined || injectOf(object, name, 'annotations') !== 'true');
  };
  const out = names.filter(isOut);
  if (out.length === 0) return;
  const items = out.map(name => ({ name, labels: sidecar.labels, annotations: sidecar.annotations }));
  const all = [...listAt(object, 'spec', 'workloads'), ...items];
  yield {
    object,
    field: `spec.workloads[].labels["${inject}"]`,
    what: `it is not "true" for ${out.join(', ')}`,
    remedy: patch(object, { spec: { workloads: all } }),
  };
}

/** The annotation alone: Service Mesh 2 takes it still. */
function* annotated(seen: Seen): Iterable<Found> {
  if (seen.mesh === undefined) return;
  for (const object of [usesIstio(servingOf(seen)) ? servingOf(seen) : undefined, eventingOf(seen), kafkaOf(seen)]) {
    if (object === undefined) continue;
    const only = workloadsOf(object).filter(
      w => mapAt(w.value, 'annotations')[inject] !== undefined && mapAt(w.value, 'labels')[inject] === undefined,
    );
    if (only.length === 0) continue;
    const lists = new Set(only.map(w => w.list));
    yield {
      object,
      field: `spec.${[...lists].join(' and spec.')}[].annotations["${inject}"]`,
      what: `${only.map(w => textAt(w.value, 'name')).join(', ')} ask for the proxy by annotation, and not by label`,
      remedy: `move ${inject}: "true" from annotations to labels of each of them`,
      severity: seen.mesh.generation === 'v3' ? 'breaks' : 'risk',
    };
  }
}

/** knative.dev/operator pkg/apis/operator/v1beta1 and pkg/apis/operator/base/common.go. */
const common =
  'config registry deployments workloads services podDisruptionBudgets high-availability namespace version manifests additionalManifests clusterProfileRef placement';
const known: Readonly<Record<string, readonly string[]>> = {
  KnativeServing: `${common} controller-custom-certs ingress security`.split(' '),
  KnativeKafka: 'broker source sink channel config high-availability logging workloads'.split(' '),
  KnativeEventing: `${common} defaultBrokerClass sinkBindingSelectionMode source`.split(' '),
};
const knownWorkload =
  'name labels annotations replicas nodeSelector topologySpreadConstraints tolerations affinity resources env readinessProbes livenessProbes startupProbes hostNetwork version volumeMounts'.split(
    ' ',
  );

function* unknownKeys(seen: Seen): Iterable<Found> {
  for (const object of [servingOf(seen), eventingOf(seen), kafkaOf(seen)]) {
    if (object === undefined) continue;
    yield* unknownIn(object, 'spec', mapAt(object, 'spec'), known[textAt(object, 'kind')] ?? []);
    for (const { list, value } of workloadsOf(object))
      yield* unknownIn(object, `spec.${list}[name=${textAt(value, 'name')}]`, mapAt({ value }, 'value'), knownWorkload);
  }
}

function* unknownIn(object: KubeObject, path: string, map: object, keys: readonly string[]): Iterable<Found> {
  for (const key of Object.keys(map).filter(k => !keys.includes(k))) {
    const meant = nearest(key, keys);
    yield {
      object,
      field: `${path}.${key}`,
      what: 'the operator has no such field, as far as is known',
      remedy: `${meant === undefined ? 'take it out' : `write ${meant}, if that was meant`}: the API never refuses it`,
    };
  }
}

function* mixedKeys(seen: Seen): Iterable<Found> {
  const object = servingOf(seen);
  const keys = Object.keys(istioConfig(object));
  const [old, now] = [keys.filter(isOldKey), keys.filter(isNewKey)];
  if (object === undefined || old.length === 0 || now.length === 0) return;
  yield {
    object,
    field: 'spec.config.istio',
    what: `it has keys of both formats: ${[...old, ...now].map(show).join(', ')}`,
    remedy: `keep one format: take out ${now.join(' and ')}`,
  };
}

function* otherIngress(seen: Seen): Iterable<Found> {
  const object = servingOf(seen);
  if (object === undefined) return;
  const kourier = isOn(object, 'spec', 'ingress', 'kourier', 'enabled');
  const network = {
    ...mapAt(object, 'spec', 'config', 'config-network'),
    ...mapAt(object, 'spec', 'config', 'network'),
  };
  const named = String(network['ingress-class'] ?? network['ingress.class'] ?? '');
  const off = patch(object, { spec: { ingress: { istio: { enabled: true }, kourier: { enabled: false } } } });
  if (usesIstio(object) && kourier)
    yield {
      object,
      field: 'spec.ingress.kourier.enabled',
      what: 'it is true beside spec.ingress.istio.enabled, and Kourier wins',
      remedy: off,
    };
  else if (usesIstio(object) && /kourier/.test(named))
    yield {
      object,
      field: 'spec.config.network["ingress-class"]',
      what: `it is ${show(named)}, though spec.ingress.istio.enabled is true`,
      remedy: 'take it out: the operator derives it',
    };
  else if (!usesIstio(object) && !kourier && Object.keys(istioConfig(object)).some(k => isOldKey(k) || isNewKey(k)))
    yield {
      object,
      field: 'spec.ingress.istio.enabled',
      what: `it is ${show(at(object, 'spec', 'ingress', 'istio', 'enabled'))}, though spec.config.istio names gateways`,
      remedy: off,
    };
}

function* kourierInMesh(seen: Seen): Iterable<Found> {
  const object = servingOf(seen);
  if (object === undefined || seen.mesh === undefined || usesIstio(object)) return;
  const inMesh = seen
    .all('KnativeService')
    .some(s => mapAt(s, 'spec', 'template', 'metadata', 'labels')[inject] === 'true');
  if (!isMember(seen, seen.mesh, 'knative-serving') && !inMesh) return;
  yield {
    object,
    field: 'spec.ingress',
    what: 'requests come in through Kourier, and Knative Services are in a mesh',
    remedy: 'let requests come in through the mesh: spec.ingress.istio.enabled: true, with its gateways',
  };
}

function* features(seen: Seen): Iterable<Found> {
  const object = eventingOf(seen);
  if (object === undefined || seen.mesh === undefined) return;
  const config = mapAt(object, 'spec', 'config');
  const istio = textAt(config, 'features', 'istio') || textAt(config, 'config-features', 'istio');
  if (istio.toLowerCase() === 'enabled') return;
  if (!eventingInMesh(seen, seen.mesh)) return;
  yield {
    object,
    field: 'spec.config.features.istio',
    what: `it is ${show(istio || undefined)}`,
    remedy: patch(object, { spec: { config: { features: { istio: 'enabled' } } } }),
  };
}

function* probeRewrites(seen: Seen): Iterable<Found> {
  if (seen.mesh?.generation !== 'v2') return;
  for (const object of [usesIstio(servingOf(seen)) ? servingOf(seen) : undefined, eventingOf(seen), kafkaOf(seen)]) {
    if (object === undefined) continue;
    const off = workloadsOf(object).filter(
      w =>
        [mapAt(w.value, 'labels')[inject], mapAt(w.value, 'annotations')[inject]].includes('true') &&
        mapAt(w.value, 'annotations')[probes] !== 'true',
    );
    if (off.length > 0)
      yield {
        object,
        field: `spec.workloads[].annotations["${probes}"]`,
        what: `it is not "true" for ${off.map(w => textAt(w.value, 'name')).join(', ')}`,
        remedy: `add ${probes}: "true" to annotations of each of them`,
      };
  }
}

function* monitoring(seen: Seen): Iterable<Found> {
  for (const object of seen.all('NetworkPolicy'))
    for (const [i, rule] of listAt(object, 'spec', 'ingress').entries())
      for (const [j, from] of listAt(rule, 'from').entries()) {
        const labels = mapAt(from, 'namespaceSelector', 'matchLabels');
        if (labels.name !== 'openshift-monitoring') continue;
        const monitoringNamespace = seen.find('Namespace', 'openshift-monitoring');
        if (monitoringNamespace !== undefined && labelsOf(monitoringNamespace).name === 'openshift-monitoring')
          continue;
        yield {
          object,
          field: `spec.ingress[${i}].from[${j}].namespaceSelector.matchLabels`,
          what: 'it selects name: openshift-monitoring, a label that the namespace need not have',
          remedy: 'write kubernetes.io/metadata.name: openshift-monitoring',
        };
      }
}

const eventingIn = (seen: Seen) => seen.mesh !== undefined && eventingInMesh(seen, seen.mesh);
const control = ['ServiceMeshControlPlane', 'Istio'] as const;

export const knative: readonly Row[] = [
  {
    id: 'P28',
    title: 'requests come in through the mesh',
    severity: 'breaks',
    consequence: 'Kourier stays the ingress, and the gateways of the mesh get no requests.',
    source: `https://github.com/openshift-knative/serverless-operator/pull/1378; ${operator} openshift-knative-operator/pkg/serving/ingress.go`,
    looksAt: ['KnativeServing'],
    look: otherIngress,
  },
  {
    id: 'P31',
    title: 'spec.config.istio is of one format',
    severity: 'breaks',
    consequence: 'The webhook of net-istio refuses config-istio, and Knative keeps the gateways of before, or none.',
    source: 'https://github.com/knative-extensions/net-istio/pull/1249',
    looksAt: ['KnativeServing'],
    look: mixedKeys,
  },
  {
    id: 'P9',
    title: 'activator and autoscaler are in the mesh, both',
    severity: 'breaks',
    consequence:
      'The activator never becomes Ready: its websocket to the autoscaler is reset, for one of them has no certificate of the mesh.',
    source: 'base document 1.4.3 step 3; https://github.com/knative/serving/issues/14089',
    looksAt: [...control, 'KnativeServing'],
    look: seen => uninjected(seen.mesh && usesIstio(servingOf(seen)) ? servingOf(seen) : undefined, servingWorkloads),
  },
  {
    id: 'S18',
    title: 'the data plane of Knative Eventing is in the mesh',
    severity: 'breaks',
    consequence: 'Events do not reach Services of the mesh, which refuses plain text.',
    source: 'base document 1.4.3 step 4',
    looksAt: [...control, 'KnativeEventing'],
    look: seen => uninjected(eventingIn(seen) ? eventingOf(seen) : undefined, eventingWorkloads),
  },
  {
    id: 'P20',
    title: 'the controller and the data plane of Knative Kafka are in the mesh',
    severity: 'breaks',
    consequence:
      'Brokers stay NotReady (ProbeStatus, 502), for the receivers refuse probes without the certificate of the mesh.',
    source: 'base document 1.4.3 step 5; https://github.com/knative-extensions/eventing-kafka-broker/issues/2107',
    looksAt: [...control, 'KnativeKafka'],
    look: seen => uninjected(eventingIn(seen) ? kafkaOf(seen) : undefined, kafkaWorkloads),
  },
  {
    id: 'E8',
    title: 'workloads of Knative ask for the proxy by label',
    severity: 'risk',
    consequence:
      'Later webhooks, and all of Service Mesh 3, select pods by the label only: the pods then have no proxy.',
    source:
      'https://github.com/knative-extensions/net-istio/pull/1369 (the snippets of the base document have the annotation)',
    looksAt: [...control, 'KnativeServing', 'KnativeEventing', 'KnativeKafka'],
    look: annotated,
  },
  {
    id: 'P17',
    title: 'probes of Knative pass the proxy',
    severity: 'risk',
    consequence:
      'Probes come from outside the mesh in plain text, and fail under strict mTLS, so that pods do not become Ready.',
    source: 'base document 1.4.3',
    looksAt: [...control, 'KnativeServing', 'KnativeEventing', 'KnativeKafka'],
    look: probeRewrites,
  },
  {
    id: 'P30',
    title: 'the resources of Knative have no field that their operator does not know',
    severity: 'risk',
    consequence: 'The API takes the field without an error, and nothing comes of it.',
    source: `${operator} olm-catalog/serverless-operator/manifests/operator_v1beta1_knativeserving_crd.yaml (x-kubernetes-preserve-unknown-fields); knative.dev/operator pkg/apis/operator/base/common.go`,
    looksAt: ['KnativeServing', 'KnativeEventing', 'KnativeKafka'],
    look: unknownKeys,
  },
  {
    id: 'E4',
    title: 'NetworkPolicies admit OpenShift monitoring by a label that it has',
    severity: 'risk',
    consequence: 'Prometheus reads no metrics of Knative where the namespace has no label name.',
    source: `${operator} openshift-knative-operator/pkg/serving/ingress.go`,
    looksAt: ['NetworkPolicy', 'Namespace'],
    look: monitoring,
  },
  {
    id: 'E10',
    title: 'no mesh behind Kourier',
    severity: 'note',
    consequence: 'Later releases of the document have dropped section 1.6: nobody looks after this any more.',
    source: 'github.com/openshift/openshift-docs integrations/serverless-ossm-setup.adoc',
    looksAt: [
      ...control,
      'KnativeServing',
      'KnativeService',
      'ServiceMeshMemberRoll',
      'ServiceMeshMember',
      'Namespace',
    ],
    look: kourierInMesh,
  },
  {
    id: 'P21',
    title: 'Knative Eventing knows of the mesh',
    severity: 'breaks',
    consequence:
      'Channels have no DestinationRule, and their addresses, which are ExternalName Services, fail in the mesh.',
    source: 'base document 1.4.3 step 4; https://github.com/knative/eventing/issues/6596',
    looksAt: [...control, 'KnativeEventing', 'ServiceMeshMemberRoll', 'ServiceMeshMember'],
    look: features,
  },
];
