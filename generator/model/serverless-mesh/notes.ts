/** NOTES.txt: what was installed for these values, and the next steps that fit them. */

import { and, eq, not, or } from '../../gotmpl/functions.ts';
import { fmt, when } from '../../gotmpl/index.ts';
import type { TextLine } from '../chart.ts';
import { onReleases } from '../facts/releases.ts';
import { caName, makesIssuer } from './certificates/cert-manager.ts';
import { waitJob } from './jobs/jobs.ts';
import { ingressWanted } from './network-policies/policy.ts';
import { readiness, sidecars, uninstallByHand } from './notes/by-hand.ts';
import { domains, filtering } from './notes/domains.ts';
import { existingControlPlane, existingIstio, existingRoll } from './notes/existing.ts';
import { egress, networkPolicies, ownPolicies } from './notes/network.ts';
import {
  gatewayNamespace,
  gatewaysWanted,
  istio,
  labelsMembers,
  plainLocalGateway,
  registryOnly,
  release,
  rollWanted,
  singleMembers,
  v,
  v2,
  v3,
  verifyNamespace,
  verifyWanted,
} from './values.ts';

const control = v.mesh.controlPlane;

const jobs: readonly TextLine[] = [
  '',
  fmt`The Job ${waitJob} in ${v.mesh.namespace} waits until everything is ready, and replaces pods that started before their`,
  fmt`namespace was in the mesh. It runs after install, upgrade and rollback: give helm --timeout ${v.jobs.timeoutSeconds}s, and never --atomic`,
  '(with Helm 4 --rollback-on-failure).',
  'Where it failed, it says what it waited for:',
  fmt`  oc logs -n ${v.mesh.namespace} job/${waitJob}`,
  '',
  'Uninstall while the operators run: a Job deletes the Knative resources first, and waits for their finalizers.',
  fmt`  helm uninstall ${release.Name} -n ${release.Namespace} --timeout ${v.jobs.timeoutSeconds}s`,
  when(and(not(v.uninstall.allowInUse), or(v.serving.enabled, v.eventing.enabled)), [
    'It refuses while there are Knative Services or Brokers, unless uninstall.allowInUse is true.',
  ]),
];

const serviceMesh3: readonly TextLine[] = [
  '',
  'OpenShift Serverless with Service Mesh 3 is a Technology Preview: Red Hat does not support it in production.',
  when(not(ingressWanted), ['No operator makes NetworkPolicies now. Those that your cluster needs are yours.']),
  when(v.mesh.members, [
    when(v.jobs.enabled, [
      'The Job labels the namespaces of mesh.members, so that Istio injects pods that start in them.',
    ]),
    'Pods in the namespaces of mesh.members that run already have no proxy: start them again.',
  ]),
  when(and(gatewaysWanted, plainLocalGateway), [
    'The local gateway takes plain text, and a NetworkPolicy admits Knative and the namespaces of mesh.members only. So every pod in',
    'them can call cluster-local URLs, in the mesh or not. With gateway.local.tls mutual only pods in the mesh can.',
  ]),
];

const certificate: readonly TextLine[] = [
  when(eq(v.gateway.tls.source, 'existing'), [
    '',
    fmt`The ingress gateway serves the certificate of Secret ${v.gateway.tls.secretName} in ${gatewayNamespace}. Create it, if you have not yet:`,
    fmt`  oc create -n ${gatewayNamespace} secret tls ${v.gateway.tls.secretName} --cert=wildcard.crt --key=wildcard.key`,
    'The certificate needs the wildcard of your domain as a subject alternative name; serverless-mesh certificates makes one.',
  ]),
  when(eq(v.gateway.tls.source, 'inline'), [
    '',
    'The private key of the ingress gateway is a value of this release, so it also stays in the Secret in which Helm keeps it.',
  ]),
  when(makesIssuer, [
    '',
    'The chart made the root that signs the wildcard certificate. Your clients must trust it; this prints its public part:',
    fmt`  oc get -n ${gatewayNamespace} secret ${caName} -o jsonpath='{.data.ca\\.crt}' | base64 -d`,
  ]),
  when(eq(v.gateway.tls.source, 'clusterIngress'), [
    '',
    fmt`The ingress gateway serves a copy of the router's certificate, Secret ${v.gateway.tls.clusterIngress.secretName} in openshift-ingress. When`,
    fmt`that is renewed, run helm upgrade: its Job copies it again to Secret ${v.gateway.tls.secretName} in ${gatewayNamespace}.`,
  ]),
];

const isolation: readonly TextLine[] = [
  '',
  'Isolation by AuthorizationPolicies is a Technology Preview of OpenShift Serverless. Denied is now, unless a policy allows it:',
  when(v.serving.enabled, [
    '  every call to knative-serving, through which cluster-local URLs of Knative Services lead',
  ]),
  when(v.eventing.enabled, ['  every call to knative-eventing, such as an event for a Broker or a channel']),
  'The policies of this release allow only what Knative itself needs: each team needs a release of the chart',
  'serverless-mesh-tenant with its namespaces.',
  when(gatewaysWanted, [
    'External URLs are not isolated: with them, each team can call the Knative Services of every other one.',
  ]),
  when(and(gatewaysWanted, plainLocalGateway), [
    'Nor are calls of pods without a proxy through the local gateway, which takes plain text: set gateway.local.tls to mutual.',
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
    when(not(v.verify.caCertificate), [
      'The test trusts public CAs only. Where another one signed the wildcard certificate, set verify.caCertificate to its certificate first.',
    ]),
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
  // https://github.com/openshift-knative/serverless-operator serving/metadata-webhook/pkg/defaults/ksvc_defaults.go.
  'Those that call others as soon as they start, when their proxy may not be there yet, also need:',
  `  spec.template.metadata.annotations proxy.istio.io/config: '{ "holdApplicationUntilProxyStarts": true }'`,
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
      or(control.create, rollWanted, singleMembers, labelsMembers, v.serving.enabled, v.eventing.enabled),
    ),
    readiness,
  ),
  when(and(not(v.jobs.enabled), istio, or(v.serving.enabled, v.eventing.enabled)), sidecars),
  when(and(not(v.jobs.enabled), or(v.serving.enabled, v.eventing.enabled)), uninstallByHand),
  when(v3, serviceMesh3),
  when(and(v3, not(control.create)), existingIstio),
  when(and(v2, istio, not(control.create)), existingControlPlane),
  when(and(v2, istio, not(v.mesh.memberRoll.create), not(v.mesh.serviceMeshMembers.create)), existingRoll),
  when(gatewaysWanted, certificate),
  ...filtering,
  when(v.domainMappings, domains),
  ...networkPolicies,
  ...ownPolicies,
  when(registryOnly, egress),
  when(not(istio), kourier),
  when(v.isolation.enabled, isolation),
  when(gatewaysWanted, yours),
  ...verification,
];
