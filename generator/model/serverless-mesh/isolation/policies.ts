/** What the policies of the isolation share. All are of one version for both generations: facts/service-mesh-3.ts. */
import { and } from '../../../gotmpl/functions.ts';
import { type Expr, note, when } from '../../../gotmpl/index.ts';
import { eventingIdentity, type PolicySpec, policyOf } from '../../authorization-policy.ts';
import type { Resource } from '../../chart.ts';
import { knativeEventing } from '../../facts/names.ts';
import { componentLabel, denial } from '../../facts/tenants.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';

const allowed = inStage('isolation');
const denied = inStage('denial');
const setup = 'serverless-operator hack/lib/mesh_resources/authorization-policies/setup';

interface Allowed {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods that may be called. */
  readonly pods: Readonly<Record<string, string>>;
  readonly rules: NonNullable<PolicySpec['rules']>;
  readonly doc: string;
  readonly source?: string;
  /** Beside isolation.enabled. */
  readonly where: Expr<unknown>;
}

/** A policy that allows calls, as the tests of the Serverless operator have it. */
export function allow({ name, namespace, pods, rules, doc, source = setup, where }: Allowed): Resource {
  const spec: PolicySpec = { selector: { matchLabels: pods }, action: 'ALLOW', rules };
  const manifest = policyOf(allowed.metadata({ name, namespace }), spec);
  return allowed.resource({ doc, source, documents: when(and(v.isolation.enabled, where), manifest) });
}

interface WithinEventing {
  readonly name: string;
  /** Component of the pods that may be called. */
  readonly to: string;
  /** Service account that may call them, and how. */
  readonly from: string;
  readonly method: 'GET' | 'POST';
  readonly doc: string;
  readonly where: Expr<unknown>;
}

/** A policy that allows calls within knative-eventing. */
export const allowWithinEventing = ({ name, to, from, method, doc, where }: WithinEventing): Resource =>
  allow({
    name,
    namespace: knativeEventing,
    pods: { [componentLabel]: to },
    rules: [
      {
        from: [
          {
            source: {
              namespaces: [knativeEventing],
              principals: [eventingIdentity(v.mesh.trustDomain, from)],
            },
          },
        ],
        to: [{ operation: { methods: [method] } }],
      },
    ],
    doc,
    where: and(v.eventing.enabled, where),
  });

/**
 * The policy that denies what no other one allows in a namespace. Its template is the last of its folder by name, so that
 * Helm puts it after what is allowed (render/order.ts).
 */
export function denyRest(namespace: string, where: Expr<boolean>): Resource {
  const manifest = policyOf(
    denied.metadata({ name: denial, namespace }),
    note('It allows nothing, so that only other policies do.', {}),
  );
  return denied.resource({
    doc: `Denies every call to pods in ${namespace} that no other policy allows.`,
    source: `${setup}; it comes last, as in hack/mesh-authz.sh`,
    documents: when(and(v.isolation.enabled, where), manifest),
  });
}
