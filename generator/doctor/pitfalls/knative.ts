/** The resources of Knative Serving and Eventing. */

import { at, type KubeObject, listAt, mapAt, namespaceOf, textAt } from '../../cluster/fields.ts';
import { ofMesh } from '../kinds.ts';
import {
  eventingInMesh,
  eventingOf,
  isMember,
  isNewKey,
  isOldKey,
  istioConfig,
  servingOf,
  usesIstio,
} from '../mesh.ts';
import { type Found, isOn, labelsOf, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';

const operator = 'github.com/openshift-knative/serverless-operator';
const inject = 'sidecar.istio.io/inject';

const hasGateways = (seen: Seen, serving: KubeObject) =>
  Object.keys(istioConfig(serving)).some(k => isOldKey(k) || isNewKey(k)) ||
  seen.find('Gateway', 'knative-ingress-gateway', namespaceOf(serving)) !== undefined;

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
  else if (!usesIstio(object) && !kourier && hasGateways(seen, object))
    yield {
      object,
      field: 'spec.ingress.istio.enabled',
      what: `it is ${show(at(object, 'spec', 'ingress', 'istio', 'enabled'))}, though there are gateways for it: the operator then takes Kourier`,
      remedy: off,
    };
}

function* kourierInMesh(seen: Seen): Iterable<Found> {
  const object = servingOf(seen);
  if (object === undefined || seen.mesh === undefined || usesIstio(object)) return;
  // Kourier by mistake: P28.
  if (!isOn(object, 'spec', 'ingress', 'kourier', 'enabled') && hasGateways(seen, object)) return;
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

export const knative: readonly Row[] = [
  {
    id: 'P28',
    title: 'requests come in through the mesh',
    severity: 'breaks',
    consequence: 'Kourier stays the ingress, and the gateways of the mesh get no requests.',
    source: `https://github.com/openshift-knative/serverless-operator/pull/1378; ${operator} openshift-knative-operator/pkg/serving/ingress.go`,
    looksAt: ['KnativeServing', 'Gateway'],
    look: otherIngress,
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
      ...ofMesh,
      'Gateway',
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
    looksAt: [...ofMesh, 'KnativeEventing', 'ServiceMeshMemberRoll', 'ServiceMeshMember'],
    look: features,
  },
];
