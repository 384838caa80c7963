/** What the real Knative operator and istiod make of our objects; and that broken ones are noticed by the same checks. */
import * as assert from 'uvu/assert';
import { chartFolder } from '../chart/cases.ts';
import { helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { askAsGateway, gatewayFindings } from './ingress-gateway.ts';
import { kubernetesVersions } from './modules.ts';
import type { KubeObject } from './objects.ts';
import { nameOf, released } from './released.ts';
import {
  helm,
  injectedWorkloads,
  knativeReady,
  prepare,
  refusal,
  releaseName,
  removeReleases,
  valuesFile,
} from './releases.ts';
import { sharedCluster } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('semantics', { allKinds: true });
const program = helms().at(-1)!;
const mesh = 'istio-system';
const secretName = 'wildcard-certs';
let cluster: Cluster;
let objects: KubeObject[];

test.before(async () => {
  cluster = await sharedCluster(kubernetesVersions[1]);
  await prepare(cluster, 'prod');
  await helm(cluster, program, ['install', releaseName, chartFolder, '-f', valuesFile('prod')]);
  objects = await released(cluster, program);
  await knativeReady(cluster);
});
test.after(() => removeReleases(cluster));

/** An object of any kind, to be changed without its type. */
// biome-ignore lint/suspicious/noExplicitAny: what is broken here need not be of the type
type Loose = any;
type Data = Readonly<Record<string, string>>;
const configMap = async (namespace: string, name: string) =>
  (await cluster.objects.get<{ data: Data }>('v1', 'ConfigMap', name, namespace))?.data ?? {};

/** An object of the release, changed. */
function broken(name: string, change: (object: Loose) => void): KubeObject {
  const found = objects.find(object => nameOf(object) === name);
  assert.ok(found, `${name} is in the release`);
  const copy = structuredClone(found);
  change(copy);
  return copy;
}

/** Applies a broken object for the time of a check, then the released one again. */
async function meanwhile(object: KubeObject, check: () => Promise<void>): Promise<void> {
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
    await cluster.waitFor(want, async () => (await injectedWorkloads(cluster, namespace)).join() === want);
  });
}

test('the operator writes the ConfigMaps that the base document wants', async () => {
  const istio = await configMap('knative-serving', 'config-istio');
  assert.is(istio['gateway.knative-serving.knative-ingress-gateway'], `istio-ingressgateway.${mesh}.svc.cluster.local`);
  assert.is(
    istio['local-gateway.knative-serving.knative-local-gateway'],
    `knative-local-gateway.${mesh}.svc.cluster.local`,
  );
  const observability = await configMap('knative-serving', 'config-observability');
  assert.is(observability['metrics.backend-destination'], 'prometheus');
  assert.is((await configMap('knative-eventing', 'config-features')).istio, 'enabled');
  const autoscaler = await configMap('knative-serving', 'config-autoscaler');
  assert.is(autoscaler['scale-to-zero-pod-retention-period'], '5m');
});

test('istiod serves 443 with the wildcard Secret and 8081 with mutual TLS of the mesh', async () => {
  await cluster.waitFor(
    'the gateway is as wanted',
    async () => {
      const findings = gatewayFindings(await askAsGateway(cluster, mesh), secretName);
      if (findings.length > 0) throw new Error(findings.join(', '));
      return true;
    },
    { seconds: 20 },
  );
});

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
  test(`broken on purpose, ${name}: refused`, async () => {
    assert.match((await refusal(cluster, broken(object, change))) ?? 'accepted', want);
  });
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
  test(`broken on purpose, ${name}: accepted, but no proxy in activator`, async () => {
    const hasProxy = async () => (await injectedWorkloads(cluster, 'knative-serving')).includes('activator');
    // Whole again after the row before.
    await cluster.waitFor('a proxy in activator', hasProxy);
    await meanwhile(broken(servingName, change), async () => {
      await cluster.waitFor('an activator without a proxy', async () => !(await hasProxy()));
    });
  });
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
  test(`broken on purpose, ${name}: noticed in what istiod sends`, async () => {
    await meanwhile(broken(object, change), async () => {
      await cluster.waitFor(
        String(want),
        async () => {
          return want.test(gatewayFindings(await askAsGateway(cluster, mesh), secretName).join());
        },
        { seconds: 20 },
      );
    });
  });
}

test('broken on purpose, port 8022 not excluded: the chart refuses it', async () => {
  const sets = ['--set', 'mesh.controlPlane.excludedInboundPorts={8444}'];
  const args = ['upgrade', releaseName, chartFolder, '-f', valuesFile('prod'), ...sets];
  const { exitCode, stderr } = await helm(cluster, program, args, { reject: false });
  assert.is(exitCode, 1);
  assert.match(stderr, /8022/);
});

test.run();
