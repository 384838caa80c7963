/** Knative Serving and Eventing, as their operator takes them. */
import { type EffectRow, eventing, knativeKafka, listed, serving } from './row.ts';

const all = [serving, eventing, knativeKafka];
/** The pods of the data plane wait in line; those that are restarted alone are named. */
const overrides = 'knative.dev/operator pkg/reconciler/common/workload_override.go, vendored in serverless-operator';
const inject = /^spec\.workloads\.\d+\.(labels|annotations)\.sidecar\.istio\.io\/inject$/;
const istioController = 'serverless-operator pkg/istio/eventingistio/istio.go';

export const knativeRows: readonly EffectRow[] = [
  {
    id: 'knative-removed',
    severity: 'interrupts',
    kinds: all,
    change: 'removed',
    what: () => 'its operator deletes all that it installed, except CRDs: nothing of it serves any more',
    source:
      'knative.dev/operator pkg/reconciler/common/install.go (Uninstall); domain fact P25: the operator must still run',
  },
  {
    id: 'ingress-class',
    severity: 'interrupts',
    kinds: [serving],
    change: 'changed',
    field: /^spec\.ingress\.(istio|kourier)\.enabled$/,
    what: () =>
      'another ingress takes over all Knative Services: until their Routes are admitted again, requests from outside fail',
    source: 'serverless-operator openshift-knative-operator/pkg/serving/ingress.go',
  },
  {
    id: 'routes-move',
    severity: 'interrupts',
    kinds: [serving],
    change: 'changed',
    field: /^spec\.config\.istio\./,
    what: () =>
      'the Routes of all Knative Services move to the Service that it names; a stale Route keeps the host (HostAlreadyClaimed) until somebody deletes it',
    source:
      'serverless-operator serving/ingress/pkg/reconciler/ingress/resources/route.go, hack/migrate-mesh-routes.sh',
  },
  {
    id: 'workload-leaves-mesh',
    severity: 'membership',
    kinds: all,
    change: 'changed',
    field: inject,
    when: s => s.leaves.some(l => l.before === 'true' && l.after !== 'true'),
    what: s =>
      `${listed(namesOf(s.leaves.filter(l => l.before === 'true' && l.after !== 'true')))} lose their proxy: strict mTLS refuses calls to and from them`,
    source: 'base document 1.4.3; https://github.com/knative/serving/issues/14089',
  },
  {
    id: 'workload-joins-mesh',
    severity: 'membership',
    kinds: all,
    change: 'changed',
    field: inject,
    when: s => s.leaves.some(l => l.after === 'true' && l.before !== 'true'),
    what: s =>
      `${listed(namesOf(s.leaves.filter(l => l.after === 'true' && l.before !== 'true')))} get a proxy, if their namespace is in the mesh by then`,
    source: 'base document 1.4.3; https://github.com/knative/serving/issues/14089',
  },
  {
    id: 'operator-network-policies',
    severity: 'traffic',
    kinds: [serving, eventing],
    change: 'changed',
    field: /^metadata\.annotations\.serverless\.openshift\.io\/disable-istio-net-policies-generation$/,
    what: s =>
      `the operator ${s.leaves.some(l => l.after === 'true') ? 'deletes' : 'creates'} the NetworkPolicies that admit the API server to webhooks, and monitoring: without them, a namespace that is closed lets neither in`,
    source:
      'serverless-operator pull requests 2470 and 2493; openshift-docs modules/serverless-ossm-disabling-network-policies.adoc',
  },
  {
    id: 'channel-destination-rules',
    severity: 'traffic',
    kinds: [eventing],
    change: 'changed',
    field: /^spec\.config\.(config-)?features\.istio$/,
    what: () =>
      'eventing-istio-controller starts or stops, and with it the DestinationRules of channels, which callers in the mesh need',
    source: istioController,
  },
  {
    id: 'secret-filtering',
    severity: 'certificate',
    kinds: [serving],
    change: 'changed',
    field:
      /^metadata\.annotations\.serverless\.openshift\.io\/enable-secret-informer-filtering$|^spec\.workloads\.\d+\.env\..*ENABLE_SECRET|^spec\.workloads\.\d+\.(name$|env\.)/,
    when: s =>
      s.items.includes('net-istio-controller') || s.leaves.some(l => l.path.endsWith('secret-informer-filtering')),
    what: () =>
      'net-istio-controller sees other Secrets: with filtering, DomainMappings lose certificates whose Secret lacks the label networking.internal.knative.dev/certificate-uid',
    source: 'openshift-docs modules/serverless-ossm-secret-filtering-net-istio.adoc',
  },
  {
    id: 'knative-domain',
    severity: 'address',
    kinds: [serving],
    change: 'changed',
    field: /^spec\.config\.(domain(\.|$)|network\.(domain-?template|domainTemplate))/,
    what: () => 'all Knative Services get other URLs, which the certificate of the gateway must cover',
    source: 'openshift-docs modules/serverless-rn-1-32-0.adoc; https://knative.dev/docs/serving/using-a-custom-domain/',
  },
  {
    id: 'restarts-workloads',
    severity: 'restart',
    kinds: all,
    change: 'changed',
    field: /^spec\.(workloads|deployments)\.\d+\.(?!replicas$)/,
    what: s => `restarts ${listed(s.items.filter(isWorkload(s)))}: the operator writes it into pod templates`,
    source: overrides,
  },
  {
    id: 'restarts-activator',
    severity: 'restart',
    kinds: [serving],
    change: 'changed',
    field: /^spec\.config\.defaults\.max-revision-timeout-seconds$/,
    what: () => 'restarts activator, whose grace period follows the longest timeout',
    source: 'release notes of Serverless 1.35 (openshift-docs modules/serverless-rn-1-35-0.adoc)',
  },
  {
    id: 'scales-workloads',
    severity: 'scale',
    kinds: all,
    change: 'changed',
    field: /^spec\.(high-availability\.|workloads\.\d+\.replicas$)/,
    what: s => `${s.items.length === 0 ? 'its workloads get' : `${listed(s.items)} gets`} another number of pods`,
    source: overrides,
  },
  {
    id: 'knative-settings',
    severity: 'live',
    kinds: [serving, eventing],
    change: 'changed',
    field:
      /^spec\.config\.(?!istio\.|domain(\.|$)|(config-)?features\.istio$|network\.domain|defaults\.max-revision-timeout-seconds$)/,
    what: () => 'Knative reads its ConfigMaps while it runs: new requests and revisions follow',
    source: 'knative.dev/pkg configmap/informer',
  },
];

const namesOf = (leaves: readonly { readonly items: readonly string[] }[]) => [
  ...new Set(leaves.flatMap(l => l.items.slice(0, 1))),
];
/** Not the names of their containers and variables. */
const isWorkload = (s: { readonly leaves: readonly { readonly items: readonly string[] }[] }) => (name: string) =>
  namesOf(s.leaves).includes(name);
