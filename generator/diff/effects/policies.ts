/** What may talk to what. */
import { listAt, mapAt, textAt } from '../../cluster/fields.ts';
import type { EffectRow, Seen } from './row.ts';

const authorization = ['AuthorizationPolicy.security.istio.io'];
const network = ['NetworkPolicy.networking.k8s.io'];
const peers = ['PeerAuthentication.security.istio.io'];
const destination = ['DestinationRule.networking.istio.io'];
const entries = ['ServiceEntry.networking.istio.io'];
const filters = ['EnvoyFilter.networking.istio.io'];
const severity = 'traffic' as const;
const istioPolicies = 'https://istio.io/latest/docs/concepts/security/#authorization-policies';
const istioPeers = 'https://istio.io/latest/docs/reference/config/security/peer_authentication/';
const kubernetes = 'https://kubernetes.io/docs/concepts/services-networking/network-policies/';
const istioEntries = 'https://istio.io/latest/docs/reference/config/networking/service-entry/';
const istioRules = 'https://istio.io/latest/docs/reference/config/networking/destination-rule/';
const idleTimeout = 'serverless-operator hack/lib/mesh_v3_resources/08_envoy_filter.yaml';

/** Pods of a policy: `pods of knative-serving`, or those that it selects. */
const pods = (s: Seen) => {
  const object = s.after ?? s.before;
  const labels = [
    ...Object.entries(mapAt(object, 'spec', 'selector', 'matchLabels')),
    ...Object.entries(mapAt(object, 'spec', 'podSelector', 'matchLabels')),
  ];
  return `${labels.length === 0 ? 'all pods' : `pods with ${labels.map(([k, v]) => `${k}=${String(v)}`).join(', ')}`} in ${s.namespace}`;
};
/** Without rules, or with DENY, it allows nothing. */
const denies = (object: unknown) =>
  textAt(object, 'spec', 'action') === 'DENY' || listAt(object, 'spec', 'rules').length === 0;

export const policyRows: readonly EffectRow[] = [
  {
    ...{ id: 'denial-added', severity, kinds: authorization, change: 'added' },
    when: s => denies(s.after),
    what: s => `closes ${pods(s)}: calls that no other policy allows get 403`,
    source: istioPolicies,
  },
  {
    ...{ id: 'denial-removed', severity, kinds: authorization, change: 'removed' },
    when: s => denies(s.before),
    what: s => `opens ${pods(s)} to every caller, where no other policy selects them`,
    source: istioPolicies,
  },
  {
    ...{ id: 'allowance-added', severity, kinds: authorization, change: 'added' },
    when: s => !denies(s.after),
    what: s =>
      `opens ${pods(s)} to the callers that it names; if no other policy selected them, it closes them to all others`,
    source: istioPolicies,
  },
  {
    ...{ id: 'allowance-removed', severity, kinds: authorization, change: 'removed' },
    when: s => !denies(s.before),
    what: s => `${pods(s)} refuse what it alone allowed; if no other policy selects them, they are open to all`,
    source: istioPolicies,
  },
  {
    ...{ id: 'authorization-changed', severity, kinds: authorization, change: 'changed' },
    field: /^spec\./,
    what: s => `other callers, or other calls, are allowed to ${pods(s)} at once`,
    source: istioPolicies,
  },
  {
    ...{ id: 'network-policy-added', severity, kinds: network, change: 'added' },
    what: s => `${pods(s)} admit only what it, or another NetworkPolicy, lists`,
    source: kubernetes,
  },
  {
    ...{ id: 'network-policy-removed', severity, kinds: network, change: 'removed' },
    what: s => `${pods(s)} lose what it alone admitted, or are open, if no other NetworkPolicy selects them`,
    source: kubernetes,
  },
  {
    ...{ id: 'network-policy-changed', severity, kinds: network, change: 'changed' },
    field: /^spec\./,
    what: s => `${pods(s)} admit other connections at once`,
    source: kubernetes,
  },
  {
    ...{ id: 'mtls-added', severity, kinds: peers, change: 'added' },
    what: s =>
      `mTLS is ${textAt(s.after, 'spec', 'mtls', 'mode')} for ${pods(s)}: STRICT refuses callers without a proxy`,
    source: istioPeers,
  },
  {
    ...{ id: 'mtls-removed', severity, kinds: peers, change: 'removed' },
    what: s => `${pods(s)} follow the mTLS mode of the namespace or the mesh again, and that is PERMISSIVE by default`,
    source: istioPeers,
  },
  {
    ...{ id: 'mtls-changed', severity, kinds: peers, change: 'changed' },
    field: /^spec\./,
    what: s =>
      `mTLS is ${textAt(s.after, 'spec', 'mtls', 'mode')} for ${pods(s)}: STRICT refuses callers without a proxy; restart activator and autoscaler where it concerns them`,
    source: `${istioPeers}; https://github.com/knative-extensions/net-istio/issues/1258`,
  },
  {
    ...{ id: 'destination-rule', severity, kinds: destination, change: 'any' },
    field: /^spec\./,
    what: s =>
      `proxies speak to ${textAt(s.after ?? s.before, 'spec', 'host')} in another way at once: with mTLS, TLS or plain text`,
    source: istioRules,
  },
  {
    ...{ id: 'service-entry', severity, kinds: entries, change: 'any' },
    field: /^spec\./,
    what: s =>
      `proxies in ${s.namespace} know ${s.after === undefined ? 'its hosts no more' : 'other hosts or ports outside the mesh'}: with REGISTRY_ONLY, connections to all others fail`,
    source: istioEntries,
  },
  {
    ...{ id: 'envoy-filter', severity, kinds: filters, change: 'any' },
    field: /^spec\./,
    what: () => 'listeners of proxies are made anew; without it, requests that are silent for 300 seconds are cut',
    source: idleTimeout,
  },
];
