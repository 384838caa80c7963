/** preflight before an install on real API servers: what is ready, and what is in the way. */
import * as assert from 'uvu/assert';
import { chartFolder } from '../../chart/cases.ts';
import { newFolder, put } from '../../cli/project.ts';
import { object } from '../../cluster-commands/healthy.ts';
import { findingsOf } from '../../cluster-commands/run.ts';
import { helms } from '../../support/helm.ts';
import type { Cluster } from '../cluster.ts';
import { kubernetesVersions } from '../modules.ts';
import type { KubeObject } from '../objects.ts';
import { helm, make, prepare, releaseName } from '../releases.ts';
import { onEveryVersion, sharedCluster } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import { assertFinding, assertNothingWrong, preflight, runRemedy, verify } from './commands.ts';
import { conflicts } from './conflicts.ts';
import { givenObjects, meanwhile, unmake, valuesOf } from './openshift.ts';

const test = clusterSuite('commands before an install', { allKinds: true });
let given: KubeObject[];
let cluster: Cluster;

test.before(async () => {
  given = await givenObjects();
  await onEveryVersion(async each => {
    await prepare(each, 'prod');
    await prepare(each, 'staging');
    for (const wanted of given) await make(each, wanted);
  });
  cluster = await sharedCluster(kubernetesVersions[1]);
});
test.after(() => onEveryVersion(each => unmake(each, given)));

/** Not defined here, for their controllers are not here either; neither is essential. */
const absent = ['openshift', 'identity'];

test('prod, ready: status 0; only what this cluster does not define could not be seen', async () => {
  await onEveryVersion(async each => {
    const told = await preflight(each, valuesOf('prod'));
    assertNothingWrong(told, absent);
    assert.match(told.talk, /: 16 ok, 0 findings, 2 could not be looked at\n$/);
  });
});

/** What the user brings; and what has nothing yet that it could find fault with. */
const mine = ['serverless-operator', 'mesh-operator', 'wait-job', 'certificate'];
const idle = ['proxies-knative-eventing', 'activator-log', 'routes'];

test('verify where nothing is installed: findings, each with what to do', async () => {
  await onEveryVersion(async each => {
    const told = await verify(each, valuesOf('prod'));
    assert.is(told.status, 1);
    // Its kind comes with the first Knative Serving, and stays.
    const seen = told.checks.filter(({ id }) => id !== 'knative-services');
    assert.equal(
      seen.filter(({ state }) => state !== 'finding').map(({ id, state }) => `${id} ${state}`),
      [...mine, ...idle].map(id => `${id} ok`),
    );
    assert.ok(
      findingsOf(told, 'release-objects').includes(
        'KnativeServing knative-serving/knative-serving does not exist; run helm upgrade with these values',
      ),
    );
  });
});
const sharedMesh = (spec: object = {}) =>
  object('maistra.io/v2/ServiceMeshControlPlane', 'shared', 'shared-mesh', {
    spec: { gateways: { ingress: { service: { metadata: { labels: { knative: 'ingressgateway' } } } } }, ...spec },
  });
const asInDocument = {
  security: { dataPlane: { mtls: true } },
  techPreview: { meshConfig: { defaultConfig: { terminationDrainDuration: '35s' } } },
  proxy: { networking: { trafficControl: { inbound: { excludedPorts: [8444, 8022] } } } },
};

test('staging, a control plane of others: what it lacks, and status 0 once it has it', async () => {
  await onEveryVersion(async each => {
    const title = 'ServiceMeshControlPlane shared-mesh/shared: spec';
    const lacking = await preflight(each, valuesOf('staging'));
    assertFinding(lacking, ['control-plane'], /./);
    assert.equal(findingsOf(lacking, 'control-plane'), [
      `${title}.security.dataPlane.mtls is not set; set it to true`,
      `${title}.techPreview.meshConfig.defaultConfig.terminationDrainDuration is not set; set it to 35s`,
      `${title}.proxy.networking.trafficControl.inbound.excludedPorts lacks 8444, 8022; add 8444 and 8022 to the list`,
    ]);
    await each.objects.apply(sharedMesh(asInDocument));
    try {
      // Somebody else makes this control plane, so its identity is no matter here.
      assertNothingWrong(await preflight(each, valuesOf('staging')), ['openshift']);
    } finally {
      await each.objects.apply(sharedMesh());
    }
  });
});

for (const { name, check, values = {}, want, ...change } of conflicts)
  test(`in the way: ${name}`, async () => {
    await meanwhile(cluster, change, async () => {
      assertFinding(await preflight(cluster, valuesOf('prod', values)), [check], want);
    });
  });

test('an object of nobody: Helm refuses it, the commands that preflight prints make it ours, and Helm takes it', async () => {
  const program = helms().at(-1)!;
  const file = put(newFolder(), 'values.yaml', JSON.stringify(valuesOf('prod')));
  const dryRun = () =>
    helm(cluster, program, ['install', releaseName, chartFolder, '-f', file, '--dry-run=server'], { reject: false });
  const theirs = object('networking.istio.io/v1beta1/Gateway', 'knative-local-gateway', 'knative-serving', {
    spec: { servers: [{ port: { number: 8081, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
  });
  await meanwhile(cluster, { put: [theirs] }, async () => {
    assert.match((await dryRun()).stderr, /cannot be imported into the current release/);
    const told = await preflight(cluster, valuesOf('prod'));
    const words =
      /^Gateway knative-serving\/knative-local-gateway exists already, and belongs to nobody that it names; to adopt it: (oc .*); then install, with Helm 4 and --force-conflicts, or with Helm 3, .* followed by helm get manifest /;
    assertFinding(told, ['release-objects'], words);
    const [, commands = ''] = words.exec(findingsOf(told, 'release-objects').join()) ?? [];
    await runRemedy(cluster, commands);
    assertNothingWrong(await preflight(cluster, valuesOf('prod')), absent);
    const { exitCode, stderr } = await dryRun();
    assert.is(exitCode, 0, stderr);
  });
});

test.run();
