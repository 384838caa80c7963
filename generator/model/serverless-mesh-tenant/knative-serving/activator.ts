import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { next } from '../../../gotmpl/functions.ts';
import { type Expr, eachNumbered, fmt, shared, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeServing } from '../../facts/names.ts';
import { policyVersion } from '../../facts/service-mesh-3.ts';
import { componentLabel } from '../../facts/tenants.ts';
import { inStage } from '../metadata.ts';
import { fromSenders, ofTenant, toServicesIn } from '../policies.ts';
import { partsOfPolicies, sources, tenant, v } from '../values.ts';

const { metadata, resource } = inStage('policies of Knative');

const policyOf = (part: Expr<readonly string[]>, index: Expr<number>): Templated<IAuthorizationPolicy> => ({
  apiVersion: policyVersion,
  kind: 'AuthorizationPolicy',
  metadata: metadata({ name: fmt`allow-${tenant}-to-activator-${next(index)}`, namespace: knativeServing }),
  spec: {
    selector: { matchLabels: { [componentLabel]: 'activator' } },
    action: 'ALLOW',
    rules: [
      {
        from: [{ source: { namespaces: shared('tenant', false, sources) } }],
        to: shared('to', false, [toServicesIn(part)]),
      },
      when(v.eventing.enabled, {
        from: fromSenders,
        to: shared('to', true, [toServicesIn(part)]),
        when: [ofTenant],
      }),
    ],
  },
});

export default resource({
  doc: 'Lets the tenant, and Knative with events of the tenant, call the Knative Services of the tenant through the activator.',
  source: 'redhat-knative-istio-authz: allow-<name>-to-activator',
  documents: when(v.serving.enabled, eachNumbered(partsOfPolicies, 'index', 'part', policyOf)),
});
