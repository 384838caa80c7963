/** What the real Knative operator and istiod make of our objects; and that broken ones are noticed by the same checks. */
import * as assert from 'uvu/assert';
import { chartFolder } from '../chart/cases.ts';
import { helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { askAsGateway, gatewayFindings } from './ingress-gateway.ts';
import type { KubeObject } from './objects.ts';
import { nameOf, released as releasedObjects } from './released.ts';
import { helm, injectedWorkloads, prepare, refusal, releaseName, removeReleases, valuesFile } from './releases.ts';
import { onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('semantics', { allKinds: true });
const program = helms().at(-1)!;
const mesh = 'istio-system';
const secretName = 'wildcard-certs';
/** A cluster with the release, and the objects of the release. */
interface Installed {
  readonly cluster: Cluster;
  readonly objects: readonly KubeObject[];
}
const released = new Map<Cluster, KubeObject[]>();
const onEvery = (check: (installed: Installed) => Promise<void>) =>
  onEveryVersion(cluster => check({ cluster, objects: released.get(cluster)! }));

test.before(() =>
  onEveryVersion(async cluster => {
    await prepare(cluster, 'prod');
    await helm(cluster, program, ['install', releaseName, chartFolder, '-f', valuesFile('prod')]);
    released.set(cluster, await releasedObjects(cluster, program));
  }),
);
test.after(() => onEveryVersion(removeReleases));

/** An object of any kind, to be changed without its type. */
// biome-ignore lint/suspicious/noExplicitAny: what is broken here need not be of the type
type Loose = any;
type Data = Readonly<Record<string, string>>;
const configMap = async ({ cluster }: Installed, namespace: string, name: string) =>
  (await cluster.objects.get<{ data: Data }>('v1', 'ConfigMap', name, namespace))?.data ?? {};

/** An object of the release, changed. */
function broken({ objects }: Installed, name: string, change: (object: Loose) => void): KubeObject {
  const found = objects.find(object => nameOf(object) === name);
  assert.ok(found, `${name} is in the release`);
  const copy = structuredClone(found);
  change(copy);
  return copy;
}

/** Applies a broken object for the time of a check, then the released one again. */
async function meanwhile({ cluster, objects }: Installed, object: KubeObject, check: () => Promise<void>) {
  const whole = objects.find(other => nameOf(other) === nameOf(object))!;
  const replace = async ({ apiVersion, kind, metadata, ...rest }: KubeObject & { spec?: object }) => {
    const live = await cluster.objects.get<KubeObject & { spec: object }>(
      apiVersion,
      kind,
      metadata.name,
      metadata.namespace,
    );
    const path = `/apis/${apiVersion}/namespaces/${metadata.namespace}/${kind.toLowerCase()}s/${metadata.name}`;
    const { status, body } = await cluster.rest('PUT', path, { body: { ...live, ...rest } });
    assert.is(status, 200, JSON.stringify(body));
  };
  await replace(object);
  try {
    await check();
  } finally {
    await replace(whole);
  }
}

const injectedRows: [namespace: string, workloads: string][] = [
  ['knative-serving', 'activator,autoscaler'],
  // pingsource-mt-adapter has no pod until there is a PingSource.
  ['knative-eventing', 'imc-dispatcher,job-sink,mt-broker-filter,mt-broker-ingress'],
];

for (const [namespace, want] of injectedRows) {
  test(`${namespace}: a proxy is in exactly the pods of ${want}`, async () => {
    await onEveryVersion(async cluster => {
      await cluster.waitFor(want, async () => (await injectedWorkloads(cluster, namespace)).join() === want);
    });
  });
}

test('the operator writes the ConfigMaps that the base document wants', () =>
  onEvery(async installed => {
    const data = (namespace: string, name: string) => configMap(installed, namespace, name);
    const istio = await data('knative-serving', 'config-istio');
    assert.is(
      istio['gateway.knative-serving.knative-ingress-gateway'],
      `istio-ingressgateway.${mesh}.svc.cluster.local`,
    );
    assert.is(
      istio['local-gateway.knative-serving.knative-local-gateway'],
      `knative-local-gateway.${mesh}.svc.cluster.local`,
    );
    const observability = await data('knative-serving', 'config-observability');
    assert.is(observability['metrics.backend-destination'], 'prometheus');
    assert.is((await data('knative-eventing', 'config-features')).istio, 'enabled');
    const autoscaler = await data('knative-serving', 'config-autoscaler');
    assert.is(autoscaler['scale-to-zero-pod-retention-period'], '5m');
  }));

test('istiod serves 443 with the wildcard Secret and 8081 with mutual TLS of the mesh', () =>
  onEveryVersion(cluster => waitForGateway(cluster, found => found === '')));

/** Until what istiod sends to the gateway is found to be so; the findings in one line, empty when all is well. */
async function waitForGateway(cluster: Cluster, isWanted: (findings: string) => boolean): Promise<void> {
  const look = async () => {
    const findings = gatewayFindings(await askAsGateway(cluster, mesh), secretName).join();
    if (!isWanted(findings)) throw new Error(`findings: ${findings}`);
    return true;
  };
  await cluster.waitFor('what istiod sends to the gateway', look, { seconds: 30 });
}

const refusedRows: [name: string, object: string, change: (object: Loose) => void, want: RegExp][] = [
  [
    'E1: the sink below the broker',
    'KnativeKafka knative-eventing/knative-kafka',
    ({ spec }) => {
      spec.broker.sink = { enabled: true };
    },
    /unknown field "spec\.broker\.sink"/,
  ],
  [
    'E2: one name for two ports',
    'ServiceEntry knative-eventing/kafka-cluster',
    ({ spec }) => {
      spec.ports[1].name = spec.ports[0].name;
    },
    /already defined|[Dd]uplicate/,
  ],
];

for (const [name, object, change, want] of refusedRows) {
  test(`broken on purpose, ${name}: refused`, () =>
    onEvery(async installed => {
      const why = await refusal(installed.cluster, broken(installed, object, change));
      assert.match(why ?? 'accepted', want);
    }));
}

const servingName = 'KnativeServing knative-serving/knative-serving';
const unnoticedRows: [name: string, change: (object: Loose) => void][] = [
  [
    'E8: the inject label as an annotation',
    ({ spec }) => {
      for (const workload of spec.workloads) {
        workload.annotations = { ...workload.annotations, ...workload.labels };
        delete workload.labels;
      }
    },
  ],
  [
    'a workload name that the operator does not know',
    ({ spec }) => {
      spec.workloads[0].name = 'activators';
    },
  ],
];

for (const [name, change] of unnoticedRows) {
  test(`broken on purpose, ${name}: accepted, but no proxy in activator`, () =>
    onEvery(async installed => {
      const { cluster } = installed;
      const hasProxy = async () => (await injectedWorkloads(cluster, 'knative-serving')).includes('activator');
      // Whole again after the row before.
      await cluster.waitFor('a proxy in activator', hasProxy);
      await meanwhile(installed, broken(installed, servingName, change), async () => {
        await cluster.waitFor('an activator without a proxy', async () => !(await hasProxy()));
      });
    }));
}

const gatewayRows: [name: string, object: string, change: (object: Loose) => void, want: RegExp][] = [
  [
    'a gateway selector that no pod has',
    'Gateway knative-serving/knative-ingress-gateway',
    ({ spec }) => {
      spec.selector = { knative: 'gateway' };
    },
    /8443: no TLS listener/,
  ],
  [
    'a local gateway that asks for no certificate',
    'Gateway knative-serving/knative-local-gateway',
    ({ spec }) => {
      spec.servers[0].tls = { mode: 'SIMPLE', credentialName: secretName };
    },
    /8081: takes clients without a certificate/,
  ],
];

for (const [name, object, change, want] of gatewayRows) {
  test(`broken on purpose, ${name}: noticed in what istiod sends`, () =>
    onEvery(async installed => {
      await meanwhile(installed, broken(installed, object, change), () =>
        waitForGateway(installed.cluster, findings => want.test(findings)),
      );
    }));
}

test('broken on purpose, port 8022 not excluded: the chart refuses it', async () => {
  const sets = ['--set', 'mesh.controlPlane.excludedInboundPorts={8444}'];
  const args = ['upgrade', releaseName, chartFolder, '-f', valuesFile('prod'), ...sets];
  await onEveryVersion(async cluster => {
    const { exitCode, stderr } = await helm(cluster, program, args, { reject: false });
    assert.is(exitCode, 1);
    assert.match(stderr, /8022/);
  });
});

test.run();
