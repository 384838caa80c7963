/** What Kubernetes and Helm themselves do. */
import { type EffectRow, subscription } from './row.ts';

const rbac = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map(k => `${k}.rbac.authorization.k8s.io`);
const keep = 'https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource';

export const platformRows: readonly EffectRow[] = [
  {
    ...{ id: 'namespace-removed', severity: 'unsupported', kinds: ['Namespace'], change: 'removed' },
    what: () => 'is deleted with everything in it',
    source: 'https://kubernetes.io/docs/tasks/administer-cluster/namespaces/#deleting-a-namespace',
  },
  {
    ...{ id: 'job-template', severity: 'refused', kinds: ['Job.batch'], change: 'changed' },
    field: /^spec\.(template|selector|completions)(\.|$)/,
    what: () => 'a Job cannot be changed: it must be deleted, and made anew',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/ (kubernetes pkg/apis/batch/validation)',
  },
  {
    ...{ id: 'subscription-changed', severity: 'operator', kinds: [subscription], change: 'changed' },
    field: /^spec\.(channel|source|sourceNamespace|startingCSV|installPlanApproval)$/,
    what: () => 'OLM follows another channel or catalog, and upgrades the operator, once its install plan is approved',
    source: 'https://olm.operatorframework.io/docs/concepts/crds/subscription/',
  },
  {
    ...{ id: 'subscription-removed', severity: 'operator', kinds: [subscription], change: 'removed' },
    what: () => 'the operator is upgraded no more; it stays, until its ClusterServiceVersion is deleted',
    source: 'https://olm.operatorframework.io/docs/tasks/uninstall-operator/',
  },
  {
    ...{ id: 'api-version', severity: 'operator', kinds: 'all', change: 'changed' },
    field: /^apiVersion$/,
    what: s => `needs a cluster that serves ${String(s.after?.apiVersion)}`,
    source: 'istio manifests/charts/base/crds/crd-all.gen.yaml: v1 of its kinds from 1.22 on',
  },
  {
    ...{ id: 'rights', severity: 'live', kinds: rbac, change: 'any' },
    field: /^(rules|subjects|roleRef)(\.|$)/,
    what: () => 'what ServiceAccounts may do changes at once',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  {
    ...{ id: 'kept', severity: 'live', kinds: 'all', change: 'removed', kept: true },
    what: () => 'stays in the cluster, and is part of the release no more (helm.sh/resource-policy: keep)',
    source: keep,
  },
];
