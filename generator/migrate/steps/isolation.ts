/** Steps with isolation.enabled: what the policies of this chart, and those of the tenants, call the gateway. */
import { knativeServing } from '../../model/facts/names.ts';
import { policyVersion } from '../../model/facts/service-mesh-3.ts';
import { serverlessMeshTenant } from '../../model/serverless-mesh-tenant/index.ts';
import {
  apply,
  gatewayNamespaceOf3,
  meshNamespace,
  ofCharts,
  ofTenants,
  policiesThatName,
  tenantChart,
} from '../commands.ts';
import type { Migration } from '../migration.ts';
import { authorizations } from '../sources.ts';
import type { Row } from '../step.ts';

const policies = 'authorizationpolicies.security.istio.io';
const both = 'allow-both-gateways';
const mark = 'serverless-mesh-migration=isolation';
const deleteBoth = `oc delete ${policies} -A -l ${mark}`;
const isolated = ({ after }: Migration) => after.isolation.enabled;
const hasGateways = (m: Migration) => isolated(m) && m.after.serving.enabled;

/** Allows the gateways of both meshes; without `pods`, to all pods of its namespace. */
const bothGateways = (m: Migration, namespace: string | undefined, pods?: object) => ({
  apiVersion: policyVersion,
  kind: 'AuthorizationPolicy',
  metadata: {
    name: both,
    ...(namespace === undefined ? {} : { namespace }),
    labels: Object.fromEntries([mark.split('=')]),
  },
  spec: {
    ...(pods === undefined ? {} : { selector: { matchLabels: pods } }),
    action: 'ALLOW',
    rules: [{ from: [{ source: { namespaces: [meshNamespace(m), gatewayNamespaceOf3] } }] }],
  },
});
/** Where tenants have policies: elsewhere a policy would deny everything but the gateways. */
const tenantNamespaces = `$(oc get ${policies} -A ${ofTenants} -o jsonpath='{range .items[*]}{.metadata.namespace}{"\\n"}{end}' | grep -v '^knative-' | sort -u)`;

export const bothGatewaysAllowed: Row = {
  id: 'allow-both-gateways',
  title: 'Let the gateways of both meshes through the isolation',
  source: authorizations,
  when: { words: 'isolation.enabled, serving.enabled', holds: hasGateways },
  step: m => ({
    why: `From the upgrade on, the policies of the release allow ${gatewayNamespaceOf3} instead of ${meshNamespace(m)}, but requests come from there until their Routes have moved; and those of the tenants allow only the old gateway.`,
    commands: [
      apply(bothGateways(m, knativeServing, { app: 'activator' })),
      [
        `for namespace in ${tenantNamespaces}; do`,
        `  ${apply(bothGateways(m, undefined))} -n "$namespace"`,
        'done',
      ].join('\n'),
    ],
    check: {
      command: `oc get ${policies} -A -l ${mark}`,
      shows: `${both} in ${knativeServing}, and in each namespace of a tenant.`,
    },
    back: { say: 'Take these policies away.', commands: [deleteBoth] },
  }),
};

const upgradeTenants = (m: Migration, generation: 'v2' | 'v3') =>
  [
    `helm list -A --max 0 | awk '/ ${serverlessMeshTenant.name}-[0-9]/ {print $1, $2}' | while read -r release namespace; do`,
    `  helm upgrade "$release" ${tenantChart(m)} -n "$namespace" --reuse-values --set mesh.generation=${generation}`,
    'done',
  ].join('\n');

export const tenants: Row = {
  id: 'tenants',
  title: 'Move the releases of the tenants to Service Mesh 3',
  source: authorizations,
  when: { words: 'isolation.enabled', holds: isolated },
  step: m => ({
    why: `With mesh.generation v3, the policies of a tenant allow the gateway in ${gatewayNamespaceOf3} instead of that in ${meshNamespace(m)}; where Argo CD or a values file holds the value, change it there.`,
    commands: [upgradeTenants(m, 'v3')],
    check: {
      command: policiesThatName(meshNamespace(m), ofTenants),
      shows: 'nothing: no policy of a tenant names the old gateway.',
    },
    back: { say: 'Move them back.', commands: [upgradeTenants(m, 'v2')] },
  }),
};

export const oldGatewayDenied: Row = {
  id: 'deny-old-gateway',
  title: 'Leave the old gateway out of the isolation',
  source: authorizations,
  when: { words: 'isolation.enabled, serving.enabled', holds: hasGateways },
  step: m => ({
    why: 'Every Route leads to the new gateway now, which the policies of the release and of the tenants allow.',
    commands: [deleteBoth],
    check: {
      command: policiesThatName(meshNamespace(m), ofCharts),
      shows: 'nothing.',
    },
    back: { say: 'Make these policies again.', commands: bothGatewaysAllowed.step(m).commands },
  }),
};
