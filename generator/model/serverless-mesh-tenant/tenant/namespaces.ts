import { next, or } from '../../../gotmpl/functions.ts';
import { type Expr, eachNumbered, fmt, note, shared, when } from '../../../gotmpl/index.ts';
import { type PolicySpec, policyOf } from '../../authorization-policy.ts';
import { knativeEventing, knativeServing, waitForDrainPort } from '../../facts/names.ts';
import { eventNamespaceHeader } from '../../facts/tenants.ts';
import { inStage } from '../metadata.ts';
import { gatewayNamespace, partsOfLists, sources, tenant, v } from '../values.ts';

const { metadata, resource } = inStage('policies of the namespaces');

const spec: PolicySpec = {
  action: 'ALLOW',
  rules: [
    when(v.serving.enabled, [
      note('The namespaces of the tenant call each other.', {
        from: [{ source: { namespaces: shared('tenant', false, sources) } }],
      }),
      note('The activator and the gateways pass on what they have let through.', {
        from: [{ source: { namespaces: [knativeServing, gatewayNamespace] } }],
      }),
      note('Kubernetes tells a stopping pod to wait until no request is left.', {
        to: [{ operation: { ports: [String(waitForDrainPort)] } }],
      }),
    ]),
    when(
      v.eventing.enabled,
      note('Knative delivers events of the tenant.', {
        from: [{ source: { namespaces: [knativeEventing] } }],
        when: [{ key: eventNamespaceHeader, values: shared('tenant', v.serving.enabled, sources) }],
      }),
    ),
  ],
};

/** The same in each namespace: only the first of a List writes it. */
const policyIn = (namespace: Expr<string>, index: Expr<number>) =>
  policyOf(metadata({ name: fmt`allow-${tenant}`, namespace }), shared('spec', index, spec));

export default resource({
  doc: 'Lets the pods of each namespace of the tenant be called by the tenant and by Knative, and by nobody else.',
  source: 'redhat-knative-istio-authz: allow-from-knative-and-istio and allow-wait-for-drain',
  documents: when(
    or(v.serving.enabled, v.eventing.enabled),
    eachNumbered(partsOfLists, 'number', 'part', (part, number) => ({
      apiVersion: 'v1',
      kind: 'List',
      metadata: { name: fmt`allow-${tenant}-${next(number)}` },
      items: [eachNumbered(part, 'index', 'namespace', policyIn)],
    })),
  ),
});
