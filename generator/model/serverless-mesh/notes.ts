/** NOTES.txt: what was installed for these values, and the next steps that fit them. */

import { and, eq, not, or } from '../../gotmpl/functions.ts';
import { each, fmt, when } from '../../gotmpl/index.ts';
import type { TextLine } from '../chart.ts';
import { onReleases } from '../facts/releases.ts';
import { waitJob } from './jobs/jobs.ts';
import {
  controlPlaneName,
  gatewaysWanted,
  istio,
  release,
  rollWanted,
  v,
  verifyNamespace,
  verifyWanted,
} from './values.ts';

const control = v.mesh.controlPlane;

const jobs: readonly TextLine[] = [
  '',
  fmt`The Job ${waitJob} in ${v.mesh.namespace} waits until everything is ready, and replaces pods that started before their`,
  fmt`namespace was in the mesh. It runs after install, upgrade and rollback: give helm --timeout ${v.jobs.timeoutSeconds}s, and never --atomic.`,
  'Where it failed, it says what it waited for:',
  fmt`  oc logs -n ${v.mesh.namespace} job/${waitJob}`,
  '',
  'Uninstall while the operators run: a Job deletes the Knative resources first, and waits for their finalizers.',
  fmt`  helm uninstall ${release.Name} -n ${release.Namespace} --timeout ${v.jobs.timeoutSeconds}s`,
  when(and(not(v.uninstall.allowInUse), or(v.serving.enabled, v.eventing.enabled)), [
    'It refuses while there are Knative Services or Brokers, unless uninstall.allowInUse is true.',
  ]),
];

const uninstallByHand: readonly TextLine[] = [
  '',
  'Before helm uninstall, while the operators run, delete the Knative resources in this order, and wait for each:',
  when(v.kafka.enabled, ['  oc delete -n knative-eventing knativekafka knative-kafka']),
  when(v.serving.enabled, ['  oc delete -n knative-serving knativeserving knative-serving']),
  when(v.eventing.enabled, ['  oc delete -n knative-eventing knativeeventing knative-eventing']),
];

const readiness: readonly TextLine[] = [
  '',
  'Wait until everything is ready, in this order:',
  when(control.create, [
    fmt`  oc wait -n ${v.mesh.namespace} servicemeshcontrolplane/${controlPlaneName} --for=condition=Ready --timeout=10m`,
  ]),
  when(rollWanted, [
    fmt`  oc wait -n ${v.mesh.namespace} servicemeshmemberroll/default --for=condition=Ready --timeout=5m`,
  ]),
  when(v.mesh.serviceMeshMembers.create, ['  oc wait -A servicemeshmember --all --for=condition=Ready --timeout=5m']),
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

const sidecars: readonly TextLine[] = [
  '',
  'Pods that started before their namespace was a member of the mesh have no sidecar. Look for istio-proxy in',
  when(v.serving.enabled, [
    '  oc get pods -n knative-serving -l sidecar.istio.io/inject=true -o custom-columns=NAME:.metadata.name,CONTAINERS:.spec.containers[*].name',
  ]),
  when(v.eventing.enabled, [
    '  oc get pods -n knative-eventing -l sidecar.istio.io/inject=true -o custom-columns=NAME:.metadata.name,CONTAINERS:.spec.containers[*].name',
  ]),
  'and delete those that lack it: they come back with one.',
];

const existingControlPlane: readonly TextLine[] = [
  '',
  fmt`The control plane in ${v.mesh.namespace} is yours and was not touched. It must have these settings:`,
  '  spec.security.dataPlane.mtls: true',
  fmt`  spec.security.manageNetworkPolicy: ${control.manageNetworkPolicy}`,
  fmt`  spec.techPreview.meshConfig.defaultConfig.terminationDrainDuration: ${control.terminationDrainDuration}`,
  '  spec.gateways.ingress.service.metadata.labels.knative: ingressgateway',
  '  spec.proxy.networking.trafficControl.inbound.excludedPorts:',
  each(control.excludedInboundPorts, 'port', port => [fmt`  - ${port}`]),
];

const existingRoll: readonly TextLine[] = [
  '',
  fmt`The member roll in ${v.mesh.namespace} is yours and was not touched. It must list knative-serving, knative-eventing`,
  'and your namespaces.',
];

const certificate: readonly TextLine[] = [
  when(eq(v.gateway.tls.source, 'existing'), [
    '',
    fmt`The ingress gateway serves the certificate of Secret ${v.gateway.tls.secretName} in ${v.mesh.namespace}. Create it, if you have not yet:`,
    fmt`  oc create -n ${v.mesh.namespace} secret tls ${v.gateway.tls.secretName} --cert=wildcard.crt --key=wildcard.key`,
    'The certificate needs the wildcard of your domain as a subject alternative name; serverless-mesh certificates makes one.',
  ]),
  when(eq(v.gateway.tls.source, 'inline'), [
    '',
    'The private key of the ingress gateway is a value of this release, so it also stays in the Secret in which Helm keeps it.',
  ]),
];

const filtering: readonly TextLine[] = [
  when(
    and(
      gatewaysWanted,
      or(
        eq(v.serving.secretInformerFiltering, 'enabled'),
        and(
          eq(v.serving.secretInformerFiltering, 'operatorDefault'),
          onReleases(r => r.secretFiltering === 'environment'),
        ),
      ),
    ),
    [
      '',
      'Secret filtering is on: Secrets that Knative Serving uses, such as those of domain mappings, need the label',
      '  networking.internal.knative.dev/certificate-uid: "<id>"',
    ],
  ),
];

const networkPolicies: readonly TextLine[] = [
  when(and(istio, not(control.manageNetworkPolicy)), [
    '',
    'Neither Service Mesh nor Serverless makes NetworkPolicies now. Those that your cluster needs are yours.',
  ]),
];

const kourier: readonly TextLine[] = [
  '',
  'With Kourier, Knative itself is outside the mesh: the mesh holds your namespaces only, and does not enforce mTLS.',
];

const verification: readonly TextLine[] = [
  when(verifyWanted, [
    '',
    fmt`Verify: this creates a Knative Service in ${verifyNamespace} and calls it over its URL.`,
    fmt`  helm test ${release.Name} -n ${release.Namespace} --timeout 15m`,
  ]),
  when(and(gatewaysWanted, not(verifyWanted)), [
    '',
    'There is no helm test: it needs cluster.appsDomain, a namespace of at most 51 characters in mesh.members or',
    'verify.namespace, and the default URLs of Knative (no domain or domain-template in serving.config).',
  ]),
];

const yours: readonly TextLine[] = [
  '',
  'Your Knative Services, in namespaces of the mesh, need:',
  '  metadata.annotations               serving.knative.openshift.io/enablePassthrough: "true"',
  '  spec.template.metadata.labels      sidecar.istio.io/inject: "true"',
  '  spec.template.metadata.annotations sidecar.istio.io/rewriteAppHTTPProbers: "true"',
];

export const notes: readonly TextLine[] = [
  fmt`OpenShift Serverless ${v.serverless.release} with OpenShift Service Mesh, release ${release.Name}.`,
  when(
    onReleases(r => !r.released),
    ['Serverless v1.38 is not released yet: what the chart knows of it comes from its source.'],
  ),
  when(v.jobs.enabled, jobs),
  when(
    and(
      not(v.jobs.enabled),
      or(control.create, rollWanted, v.mesh.serviceMeshMembers.create, v.serving.enabled, v.eventing.enabled),
    ),
    readiness,
  ),
  when(and(not(v.jobs.enabled), istio, or(v.serving.enabled, v.eventing.enabled)), sidecars),
  when(and(not(v.jobs.enabled), or(v.serving.enabled, v.eventing.enabled)), uninstallByHand),
  when(and(istio, not(control.create)), existingControlPlane),
  when(and(istio, not(v.mesh.memberRoll.create), not(v.mesh.serviceMeshMembers.create)), existingRoll),
  when(gatewaysWanted, certificate),
  ...filtering,
  ...networkPolicies,
  when(not(istio), kourier),
  when(gatewaysWanted, yours),
  ...verification,
];
