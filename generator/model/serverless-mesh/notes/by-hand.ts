/** NOTES where jobs.enabled is false: what the Jobs would have done. */
import { and, join, not } from '../../../gotmpl/functions.ts';
import { each, fmt, when } from '../../../gotmpl/index.ts';
import type { TextLine } from '../../chart.ts';
import {
  controlPlaneName,
  gatewaysWanted,
  istioName,
  labelsMembers,
  makesCni,
  namedRevision,
  rollWanted,
  singleMembers,
  v,
  v2,
  v3,
} from '../values.ts';

const control = v.mesh.controlPlane;

/** Of the pods that ask for a proxy, all containers: newer versions of Istio have the proxy among the init containers. */
const withProxies =
  '-l sidecar.istio.io/inject=true -o custom-columns=NAME:.metadata.name,CONTAINERS:.spec.containers[*].name,INIT:.spec.initContainers[*].name';

export const readiness: readonly TextLine[] = [
  when(v2, ['', 'Wait until everything is ready, in this order:']),
  when(v3, ['', 'Wait until everything is ready, and do by hand what the Jobs would have done, in this order:']),
  when(and(v2, control.create), [
    fmt`  oc wait -n ${v.mesh.namespace} servicemeshcontrolplane/${controlPlaneName} --for=condition=Ready --timeout=10m`,
  ]),
  when(and(v3, control.create), [fmt`  oc wait istio/${istioName} --for=condition=Ready --timeout=10m`]),
  when(makesCni, ['  oc wait istiocni/default --for=condition=Ready --timeout=10m']),
  when(and(labelsMembers, not(namedRevision)), [
    fmt`  oc label namespace ${join(v.mesh.members, ' ')} istio-injection=enabled`,
  ]),
  when(and(labelsMembers, namedRevision), [
    fmt`  oc label namespace ${join(v.mesh.members, ' ')} istio.io/rev=${v.mesh.controlPlane.name}`,
  ]),
  when(and(v3, gatewaysWanted), [
    '  oc rollout restart -n knative-serving-ingress deployment/knative-istio-ingressgateway',
    '  oc rollout status -n knative-serving-ingress deployment/knative-istio-ingressgateway --timeout=5m',
  ]),
  when(rollWanted, [
    fmt`  oc wait -n ${v.mesh.namespace} servicemeshmemberroll/default --for=condition=Ready --timeout=5m`,
  ]),
  when(singleMembers, ['  oc wait -A servicemeshmember --all --for=condition=Ready --timeout=5m']),
  when(v.serving.enabled, [
    '  oc wait -n knative-serving knativeserving/knative-serving --for=condition=Ready --timeout=15m',
  ]),
  when(v.eventing.enabled, [
    '  oc wait -n knative-eventing knativeeventing/knative-eventing --for=condition=Ready --timeout=15m',
  ]),
  when(v.kafka.enabled, [
    '  oc wait -n knative-eventing knativekafka/knative-kafka --for=condition=Ready --timeout=15m',
  ]),
];

export const sidecars: readonly TextLine[] = [
  '',
  'Pods that started before their namespace was a member of the mesh have no sidecar. Look for istio-proxy, among the',
  'containers or, with newer versions of Istio, the init containers, in',
  when(v.serving.enabled, [`  oc get pods -n knative-serving ${withProxies}`]),
  when(v.eventing.enabled, [`  oc get pods -n knative-eventing ${withProxies}`]),
  'and delete those that lack it: they come back with one.',
];

export const uninstallByHand: readonly TextLine[] = [
  '',
  'Before helm uninstall, while the operators run, delete the Knative resources in this order, and wait for each:',
  // Their finalizers need Knative Serving.
  each(v.domainMappings, 'mapping', mapping => [
    fmt`  oc delete -n ${mapping.namespace} domainmapping.serving.knative.dev ${mapping.host}`,
  ]),
  when(v.kafka.enabled, ['  oc delete -n knative-eventing knativekafka knative-kafka']),
  when(v.serving.enabled, ['  oc delete -n knative-serving knativeserving knative-serving']),
  when(v.eventing.enabled, ['  oc delete -n knative-eventing knativeeventing knative-eventing']),
];
