/** What a cluster lacks for a tenant is said at install, with the remedy, and nothing is made. */
import * as assert from 'uvu/assert';
import { helms } from '../../support/helm.ts';
import { createCrds } from '../bootstrap.ts';
import type { Cluster } from '../cluster.ts';
import { createUser } from '../commands/users.ts';
import { readCrds } from '../crds.ts';
import { everything, unchanged } from '../everything.ts';
import type { KubeObject } from '../objects.ts';
import { helm, make, removeReleases } from '../releases.ts';
import { endShared, onEveryVersion } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import {
  baseSet,
  namespaceNamed,
  pathOf,
  policies,
  policyKind,
  removePolicies,
  security,
  tenant,
  type Values,
} from './tenants.ts';

const test = clusterSuite('tenants, what is refused');
test.after(() => endShared('api'));

const both = { namespaces: ['orders-a'] };
const noKind =
  'namespaces: this cluster does not know authorizationpolicies.security.istio.io; install the chart serverless-mesh first, or set preflight.enabled to false';
const noIsolation = (namespace: string) =>
  `namespaces: there is no isolation in this cluster, whose ${namespace} has no AuthorizationPolicy deny-all-by-default; upgrade the release of serverless-mesh with isolation.enabled true first, or set preflight.enabled to false`;
const taken = (name: string, by: string) =>
  `name: the tenant ${name} is there already, of ${by}; give this one another name`;

/** Both Helms say this and make nothing. */
async function assertRefused(cluster: Cluster, values: Values, words: string, release = 'orders'): Promise<void> {
  const before = await everything(cluster);
  for (const program of helms()) {
    for (const dry of [[], ['--dry-run=server']]) {
      const { exitCode, stderr } = await tenant(cluster, program, ['install', release, ...dry], values, {
        reject: false,
      });
      assert.is(exitCode, 1, words);
      assert.ok(stderr.includes(words), stderr);
      // One clear sentence: no raw error of Go.
      assert.not.match(stderr, /nil pointer|error calling (index|dig|lookup)/);
    }
  }
  await unchanged(cluster, before);
}

/** Both Helms install it, and take it away. */
async function assertInstalled(cluster: Cluster, values: Values, release = 'orders'): Promise<void> {
  for (const program of helms()) {
    await tenant(cluster, program, ['install', release], values);
    // Its own policies are not in its way.
    await tenant(cluster, program, ['upgrade', release], values);
    await helm(cluster, program, ['uninstall', release]);
  }
}

async function defineIstio(cluster: Cluster): Promise<void> {
  const crds = readCrds().filter(({ name }) => name.endsWith('.security.istio.io'));
  await createCrds(cluster.rest, crds, async attempt => void (await cluster.waitFor('definitions served', attempt)));
}

test('without the kind, and without isolation: refused until there is what the tenant needs', () =>
  onEveryVersion(async cluster => {
    await make(cluster, namespaceNamed('orders-a'));
    await assertRefused(cluster, both, noKind);
    await defineIstio(cluster);
    const deny = (await baseSet({})).filter(({ metadata }) => metadata.name === 'deny-all-by-default');
    assert.equal(deny.map(pathOf).sort(), [
      'knative-eventing/deny-all-by-default',
      'knative-serving/deny-all-by-default',
    ]);
    const [ofServing, ofEventing] = ['knative-serving', 'knative-eventing'].map(
      name => deny.find(({ metadata }) => metadata.namespace === name) as KubeObject,
    );
    await assertRefused(cluster, both, noIsolation('knative-serving'));
    await assertRefused(cluster, { ...both, serving: { enabled: false } }, noIsolation('knative-eventing'));
    await assertInstalled(cluster, { ...both, preflight: { enabled: false } });
    await make(cluster, ofServing!);
    await assertRefused(cluster, both, noIsolation('knative-eventing'));
    await assertInstalled(cluster, { ...both, eventing: { enabled: false } });
    await make(cluster, ofEventing!);
    await assertInstalled(cluster, both);
    await removePolicies(cluster);
  }, 'api'));

/** A policy that somebody made by hand. */
const byHand = (namespace: string, name: string): KubeObject & { spec: object } => ({
  apiVersion: security,
  kind: policyKind,
  metadata: { name, namespace },
  spec: {},
});

test('a name that another release has: refused, with the release; its own is not in its way', () =>
  onEveryVersion(async cluster => {
    await defineIstio(cluster).catch(() => {});
    for (const name of ['orders-a', 'billing-a', 'elsewhere']) await make(cluster, namespaceNamed(name));
    for (const object of await baseSet({})) await make(cluster, object);
    for (const program of helms()) {
      try {
        await tenant(cluster, program, ['install', 'first'], { name: 'orders', namespaces: ['orders-a'] });
        const second = { name: 'orders', namespaces: ['billing-a'] };
        await assertRefused(cluster, second, taken('orders', 'release first in namespace default'), 'second');
        await assertRefused(
          cluster,
          { ...second, serving: { enabled: false } },
          taken('orders', 'release first in namespace default'),
          'second',
        );
        // By its own name.
        await assertRefused(
          cluster,
          { namespaces: ['billing-a'] },
          taken('orders', 'release first in namespace default'),
        );
        await tenant(cluster, program, ['upgrade', 'first'], { name: 'orders', namespaces: ['orders-a', 'billing-a'] });
        const other = await tenant(cluster, program, ['install', 'second'], {
          name: 'billing',
          namespaces: ['billing-a'],
        });
        assert.is(other.exitCode, 0);
        const renamed = await tenant(cluster, program, ['upgrade', 'second'], second, { reject: false });
        assert.ok(renamed.stderr.includes(taken('orders', 'release first in namespace default')), renamed.stderr);
      } finally {
        await removeReleases(cluster);
      }
    }
    const [byServing, byEventing] = [
      byHand('knative-serving', 'allow-orders-to-activator-1'),
      byHand('knative-eventing', 'allow-orders-to-imc-dispatcher-1'),
    ];
    await make(cluster, byServing);
    await assertRefused(cluster, both, taken('orders', 'somebody without Helm'));
    await assertInstalled(cluster, { ...both, serving: { enabled: false } });
    await make(cluster, byEventing);
    await assertRefused(cluster, { ...both, serving: { enabled: false } }, taken('orders', 'somebody without Helm'));
    await removePolicies(cluster);
  }, 'api'));

test('the same name of a release, in another namespace: refused', () =>
  onEveryVersion(async cluster => {
    await defineIstio(cluster).catch(() => {});
    for (const name of ['orders-a', 'billing-a', 'elsewhere']) await make(cluster, namespaceNamed(name));
    for (const object of await baseSet({})) await make(cluster, object);
    const program = helms()[0]!;
    try {
      await tenant(cluster, program, ['install', 'orders'], both);
      const { exitCode, stderr } = await tenant(
        cluster,
        program,
        ['install', 'orders'],
        { namespaces: ['billing-a'] },
        { reject: false, namespace: 'elsewhere' },
      );
      assert.is(exitCode, 1);
      assert.ok(stderr.includes(taken('orders', 'release orders in namespace default')), stderr);
    } finally {
      await removeReleases(cluster);
      await removePolicies(cluster);
    }
  }, 'api'));

test('a user who may write policies, but not look at the cluster: preflight.enabled=false is the way', () =>
  onEveryVersion(async cluster => {
    await defineIstio(cluster).catch(() => {});
    await make(cluster, namespaceNamed('orders-a'));
    for (const object of await baseSet({})) await make(cluster, object);
    const user = await createUser(cluster, 'tenant-owner', [
      {
        apiGroups: ['security.istio.io'],
        resources: ['authorizationpolicies'],
        verbs: ['get', 'create', 'patch', 'update', 'delete'],
      },
      { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'create', 'update', 'delete'] },
    ]);
    try {
      for (const program of helms()) {
        const asUser = { env: { ...cluster.env, KUBECONFIG: user.kubeconfig } };
        const refused = await tenant(asUser, program, ['install', 'orders'], both, { reject: false });
        assert.is(refused.exitCode, 1);
        assert.match(refused.stderr, /cannot get resource "namespaces"/);
        await tenant(asUser, program, ['install', 'orders'], { ...both, preflight: { enabled: false } });
        await tenant(asUser, program, ['upgrade', 'orders'], { ...both, preflight: { enabled: false } });
        await helm(asUser, program, ['uninstall', 'orders']);
      }
      assert.equal((await policies(cluster)).map(pathOf).sort(), (await baseSet({})).map(pathOf).sort());
    } finally {
      await user.remove();
      await removeReleases(cluster);
      await removePolicies(cluster);
    }
  }, 'api'));

test.run();
