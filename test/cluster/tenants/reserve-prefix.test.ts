/** The policy that reserves the prefix of a tenant, as users copy it from the chart's README, on real API servers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { projectRoot } from '../../../generator/files.ts';
import { object } from '../../cluster-commands/healthy.ts';
import type { Cluster, KubectlResult } from '../cluster.ts';
import { make } from '../releases.ts';
import { endShared, onEveryVersion } from '../shared.ts';
import { clusterSuite } from '../suite.ts';

const test = clusterSuite('tenants, the reserved prefix');
test.after(() => endShared('api'));

const text = readFileSync(join(projectRoot, 'chart-templates/serverless-mesh-tenant/reserve-prefix.yaml'), 'utf8');

interface User {
  readonly name: string;
  readonly groups: readonly string[];
}
/** All of them may create namespaces; these, as everybody else who may. */
const developer: User = { name: 'alice', groups: ['makers'] };
const platform: User = { name: 'bob', groups: ['makers', 'platform-admins'] };
const administrator: User = { name: 'system:admin', groups: ['system:masters'] };
/** As OpenShift's audit log has it. */
const kubeadmin: User = { name: 'kube:admin', groups: ['system:cluster-admins'] };
/** All rights, in no group. */
const boundAdministrator: User = { name: 'carol', groups: ['administrators'] };
/**
 * Makes the namespace of whoever requests a project, with all rights:
 * https://github.com/openshift/openshift-apiserver, pkg/project/apiserver/registry/project/proxy/proxy.go.
 */
const openshift: User = {
  name: 'system:serviceaccount:openshift-apiserver:openshift-apiserver-sa',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:openshift-apiserver'],
};
const gardener: User = { name: 'system:serviceaccount:tools:gardener', groups: ['system:serviceaccounts', 'makers'] };

const rbac = 'rbac.authorization.k8s.io/v1';
const bound = (role: string, groups: readonly string[], users: readonly string[] = []) =>
  object(`${rbac}/ClusterRoleBinding`, `test-${role}`, undefined, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [
      ...groups.map(name => ({ kind: 'Group', name, apiGroup: 'rbac.authorization.k8s.io' })),
      ...users.map(name => ({ kind: 'User', name, apiGroup: 'rbac.authorization.k8s.io' })),
    ],
  });
const rights = [
  object(`${rbac}/ClusterRole`, 'test-makers', undefined, {
    rules: [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'create', 'update', 'patch', 'delete'] }],
  }),
  bound('test-makers', ['makers']),
  bound('cluster-admin', ['administrators', 'system:cluster-admins'], [openshift.name]),
];

/** kubectl as this user; the administrator of the test cluster may take any part. */
const as = (
  cluster: Cluster,
  { name, groups }: User,
  args: readonly string[],
  input?: object,
): Promise<KubectlResult> =>
  cluster.kubectl([...args, '--as', name, ...groups.flatMap(group => ['--as-group', group])], {
    reject: false,
    ...(input && { input: JSON.stringify(input) }),
  });

type Metadata = Readonly<Record<string, unknown>>;
const namespace = (metadata: Metadata) => ({ apiVersion: 'v1', kind: 'Namespace', metadata });
const create = ['create', '-f', '-'];
const requestedBy = (name: string, requester: string): Metadata => ({
  name,
  annotations: { 'openshift.io/requester': requester, 'openshift.io/description': '', 'openshift.io/display-name': '' },
});

/** What the API server says to whoever may not. */
const refusedAs = (name: string) =>
  `names that begin with orders- are reserved: ${name} would be inside the tenant of that prefix; ask the group ` +
  'platform-admins, whose members make it with "oc create namespace", not with "oc new-project"';

interface Row {
  readonly what: string;
  readonly by: User;
  readonly metadata: Metadata;
  readonly args?: readonly string[];
  /** The name that is refused; by default all is well. */
  readonly refused?: string | RegExp;
}
const rows: readonly Row[] = [
  { what: 'a developer, the prefix', by: developer, metadata: { name: 'orders-a' }, refused: 'orders-a' },
  {
    what: 'a developer, a name that Kubernetes makes',
    by: developer,
    metadata: { generateName: 'orders-' },
    refused: /: orders-[a-z0-9]{5} would be/,
  },
  {
    what: 'a developer, a name that Kubernetes ends',
    by: developer,
    metadata: { generateName: 'orders-team-' },
    refused: /: orders-team-[a-z0-9]{5} would be/,
  },
  {
    what: 'a developer, applied by the server',
    by: developer,
    metadata: { name: 'orders-b' },
    args: ['apply', '--server-side', '-f', '-'],
    refused: 'orders-b',
  },
  {
    what: 'a developer, as if somebody else had requested it',
    by: developer,
    metadata: requestedBy('orders-c', platform.name),
    refused: 'orders-c',
  },
  {
    what: 'a developer, a label with another name',
    by: developer,
    metadata: { name: 'orders-d', labels: { 'kubernetes.io/metadata.name': 'other' } },
    refused: 'orders-d',
  },
  { what: 'a developer, the name without the dash', by: developer, metadata: { name: 'orders' } },
  { what: 'a developer, a longer word', by: developer, metadata: { name: 'ordersteam' } },
  { what: 'a developer, the prefix inside', by: developer, metadata: { name: 'my-orders-a' } },
  { what: 'a developer, another made name', by: developer, metadata: { generateName: 'order-' } },
  { what: 'a service account of a tool', by: gardener, metadata: { name: 'orders-e' }, refused: 'orders-e' },
  { what: 'the platform team', by: platform, metadata: { name: 'orders-f' } },
  { what: 'the platform team, a made name', by: platform, metadata: { generateName: 'orders-' } },
  { what: 'the administrator with the certificate', by: administrator, metadata: { name: 'orders-g' } },
  { what: 'kubeadmin', by: kubeadmin, metadata: { name: 'orders-h' } },
  {
    what: 'all rights, but in no group that is named',
    by: boundAdministrator,
    metadata: { name: 'orders-i' },
    refused: 'orders-i',
  },
  {
    what: 'a project that a developer requests',
    by: openshift,
    metadata: requestedBy('orders-j', developer.name),
    refused: 'orders-j',
  },
  {
    what: 'a project that the platform team requests',
    by: openshift,
    metadata: requestedBy('orders-k', platform.name),
    refused: 'orders-k',
  },
  {
    what: 'a project of a template without the annotation',
    by: openshift,
    metadata: { name: 'orders-l' },
    refused: 'orders-l',
  },
  { what: 'a project of another name', by: openshift, metadata: requestedBy('billing', developer.name) },
];

/** Until requests of a developer are refused, or not: the API server takes notice of policies in its own time. */
const inForce = (cluster: Cluster, wanted: boolean) =>
  cluster.waitFor(`the policy ${wanted ? 'in' : 'out of'} force`, async () => {
    const { exitCode } = await as(cluster, developer, [...create, '--dry-run=server'], namespace({ name: 'orders-z' }));
    return (exitCode !== 0) === wanted;
  });

async function reserve(cluster: Cluster, policy: string): Promise<void> {
  for (const one of rights) await make(cluster, one);
  await cluster.kubectl(['apply', '-f', '-'], { input: policy });
  await inForce(cluster, true);
}
/** Takes all policies away, also those of a test that failed. */
async function release(cluster: Cluster): Promise<void> {
  const kinds = 'validatingadmissionpolicies,validatingadmissionpolicybindings';
  await cluster.kubectl(['delete', kinds, '--selector', '!kubernetes.io/bootstrapping']);
  await inForce(cluster, false);
}
test.after.each(() => onEveryVersion(release, 'api'));

test('who may make which namespace', () =>
  onEveryVersion(async cluster => {
    await reserve(cluster, text);
    for (const { what, by, metadata, args = create, refused } of rows) {
      const { exitCode, stderr } = await as(cluster, by, args, namespace(metadata));
      if (refused === undefined) assert.is(exitCode, 0, `${what}: ${stderr}`);
      else {
        assert.is(exitCode, 1, what);
        assert.match(stderr, 'Forbidden', what);
        if (typeof refused === 'string') assert.ok(stderr.includes(refusedAs(refused)), `${what}: ${stderr}`);
        else assert.match(stderr, refused, what);
      }
    }
  }, 'api'));

test('a namespace does not get the prefix later, and one that has it can be changed and removed as before', () =>
  onEveryVersion(async cluster => {
    await reserve(cluster, text);
    await cluster.kubectl(['create', 'namespace', 'shop']);
    await cluster.kubectl(['create', 'namespace', 'orders-n']);
    const renamed = namespace({ name: 'orders-m' });
    const url = '/api/v1/namespaces/shop';
    const { status, body } = await cluster.rest('PUT', url, { body: renamed });
    assert.is(status, 400, JSON.stringify(body));
    await as(cluster, developer, ['label', 'namespace', 'shop', 'kubernetes.io/metadata.name=orders-m', '--overwrite']);
    // Kubernetes itself puts it back.
    const shop = await cluster.objects.get<{ metadata: { labels: Record<string, string> } }>('v1', 'Namespace', 'shop');
    assert.is(shop?.metadata.labels['kubernetes.io/metadata.name'], 'shop');
    assert.is((await as(cluster, developer, ['label', 'namespace', 'orders-n', 'team=orders'])).exitCode, 0);
    assert.is((await as(cluster, developer, ['delete', 'namespace', 'orders-n', '--wait=false'])).exitCode, 0);
  }, 'api'));

test('another prefix and another group: replaced everywhere, as the file says', () =>
  onEveryVersion(async cluster => {
    const own = text.replaceAll('orders-', 'billing-').replaceAll('platform-admins', 'makers-of-billing');
    for (const one of rights) await make(cluster, one);
    await cluster.kubectl(['apply', '-f', '-'], { input: own });
    const byDeveloper = () => as(cluster, developer, [...create, '--dry-run=server'], namespace({ name: 'billing-a' }));
    await cluster.waitFor('the policy in force', async () => (await byDeveloper()).exitCode === 1);
    assert.match((await byDeveloper()).stderr, 'names that begin with billing- are reserved: billing-a would be');
    const team = { ...developer, groups: ['makers', 'makers-of-billing'] };
    assert.is((await as(cluster, team, create, namespace({ name: 'billing-b' }))).exitCode, 0);
    assert.is((await as(cluster, developer, create, namespace({ name: 'orders-o' }))).exitCode, 0);
    const { stdout } = await cluster.kubectl([
      'get',
      'validatingadmissionpolicies,validatingadmissionpolicybindings',
      'reserve-billing-namespaces',
      '-o',
      'name',
    ]);
    assert.is(stdout.trim().split('\n').length, 2, 'NOTES.txt names both so');
  }, 'api'));

test('what cannot be evaluated is refused', () =>
  onEveryVersion(async cluster => {
    const broken = text.replace("object.metadata.name.startsWith('orders-')", "object.metadata.labels['none'] == ''");
    assert.is.not(broken, text);
    await reserve(cluster, broken);
    const { stderr } = await as(cluster, developer, create, namespace({ name: 'anything' }));
    assert.match(stderr, /no such key: none/);
  }, 'api'));

test.run();
