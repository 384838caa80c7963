/**
 * A gateway that starts before Istio can inject it (https://github.com/istio/istio/issues/46307): its pod has the image
 * auto and never starts, helm --wait waits for it, and a Job that is no hook heals it. Here KWOK does not run such pods.
 */
import * as assert from 'uvu/assert';
import { asReleased, beginHelm, hasSaid, programOf, uninstall, waiting } from '../actions.ts';
import type { Cluster } from '../cluster.ts';
import { everything } from '../everything.ts';
import { lastWords } from '../kubelet.ts';
import { kubernetesVersions } from '../modules.ts';
import { injectedWorkloads, make, prepareNamespaces, releaseName } from '../releases.ts';
import { onEveryVersion } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import { bringInjector, injectorOf, takeInjector, type WebhookConfiguration } from './injector.ts';
import {
  caseFile,
  cleanUp,
  from,
  gatewayLooks,
  keptNamespace,
  knativeGateway,
  labelsOf,
  meshWords,
  onlyInjected,
  restartedAt,
} from './mesh.ts';

const test = clusterSuite('Service Mesh 3, a late Istio', { allKinds: true });
const ofIstiod = new Map<Cluster, WebhookConfiguration>();
test.before(() => onEveryVersion(async cluster => void ofIstiod.set(cluster, await injectorOf(cluster, 'default'))));
test.after.each(() =>
  onEveryVersion(async cluster => {
    await make(cluster, ofIstiod.get(cluster)!);
    await cleanUp(cluster);
  }),
);

/** On one version the Istio that is called default, on the other one with a name, which injects by its own label. */
const istioOn = ({ kubernetes }: Cluster) => (kubernetes === kubernetesVersions[0] ? 'default' : 'apps');
const installing = from(
  'install',
  caseFile('service-mesh-3-defaults'),
  'mesh.members={shop}',
  'eventing.enabled=false',
);
const upgrading = ['upgrade', ...installing.slice(1), '--set', 'gateway.resources.limits.memory=2Gi'];

test('install, upgrade and rollback with --wait while Istio is not there: healed once it is', async () => {
  await onEveryVersion(async cluster => {
    const program = programOf(cluster.kubernetes);
    const name = ['--set', `mesh.controlPlane.name=${istioOn(cluster)}`];
    await prepareNamespaces(cluster, ['shop']);
    const injector = await injectorOf(cluster, istioOn(cluster));
    const before = await everything(cluster);
    await takeInjector(cluster, ofIstiod.get(cluster)!, 'default');
    const args = [
      [...installing, ...name],
      [...upgrading, ...name],
      ['rollback', releaseName, '1'],
    ];
    for (const [index, action] of args.entries()) {
      await healed(cluster, [...action, ...waiting], { injector, revision: index === 1 ? 2 : 1 });
      // The next action finds it gone again.
      if (index < args.length - 1) await takeInjector(cluster, injector, istioOn(cluster));
    }
    const isNamed = istioOn(cluster) !== 'default';
    assert.equal(await labelsOf(cluster, 'istio.io/rev', ['shop']), [isNamed ? 'apps' : undefined]);
    assert.equal(await labelsOf(cluster, 'istio-injection', ['shop']), [isNamed ? undefined : 'enabled']);
    assert.equal(await injectedWorkloads(cluster, 'knative-serving'), ['activator', 'autoscaler']);
    await asReleased(cluster, program);
    await takeInjector(cluster, injector, istioOn(cluster));
    await make(cluster, ofIstiod.get(cluster)!);
    await uninstall(cluster, program, before, [keptNamespace]);
  });
});

/** Runs Helm while Istio is away, brings Istio, and holds that the gateway comes up with what Istio injects. */
async function healed(
  cluster: Cluster,
  args: readonly string[],
  { injector, revision }: { readonly injector: WebhookConfiguration; readonly revision: number },
): Promise<void> {
  Object.assign(cluster.fates, { istio: 'failing', istioCni: 'silent' });
  const restartBefore = await restartedAt(cluster);
  const { done, run } = beginHelm(cluster, programOf(cluster.kubernetes), args);
  const ended = done.then(({ exitCode, stderr }) => `ended with ${exitCode}: ${stderr}`);
  const [gatewayJob = '', waitJob = ''] = Object.keys(meshWords(revision));
  const saying = (job: string, words: string) =>
    cluster.waitFor(`${job}: ${words}`, () => hasSaid(run(job), words), { seconds: 60 });
  await cluster.waitFor('a pod that Istio did not inject', async () =>
    (await gatewayLooks(cluster)).includes('istio-proxy auto by gateway'),
  );
  await saying(gatewayJob, 'Ready Test made to fail by the test');
  assert.is(await Promise.race([ended, Promise.resolve('waits')]), 'waits');
  assert.is(run(waitJob), undefined, 'a hook ran before the gateway was there');
  assert.is(await restartedAt(cluster), restartBefore, 'restarted before Istio was there');
  await bringInjector(cluster, injector, istioOn(cluster));
  cluster.fates.istio = 'ready';
  await saying(waitJob, 'waiting for IstioCNI: istiocni.sailoperator.io/default is not Ready yet');
  cluster.fates.istioCni = 'ready';
  const told = () => [run(gatewayJob)?.output(), run(waitJob)?.output()].join('\n');
  assert.match(await ended, /^ended with 0: /, told());
  await onlyInjected(cluster);
  const words = `restarted deployment/${knativeGateway}`;
  assert.is(run(gatewayJob)?.output().split(words).length, 2, `not one restart:\n${told()}`);
  assert.is(lastWords(run(gatewayJob)!), meshWords(revision)[gatewayJob]);
  assert.is(lastWords(run(waitJob)!), 'everything is ready');
}

test.run();
