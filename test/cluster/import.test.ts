/**
 * The base document followed by hand on real API servers with istiod's webhook, imported, taken over by both Helms with the
 * printed commands, and given back; and what the documentation of Service Mesh 3 has, likewise. No operators here, so Helm
 * runs no hooks.
 */
import { isDeepStrictEqual } from 'node:util';
import { execa } from 'execa';
import * as assert from 'uvu/assert';
import { textAt } from '../../generator/cluster/fields.ts';
import { runDiff } from '../../generator/commands/diff.ts';
import { runDoctor } from '../../generator/commands/doctor.ts';
import { type RunImportOptions, runImport } from '../../generator/commands/import.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { withBaseDocument } from '../base-document/document.ts';
import { listingsOf } from '../base-document/listings.ts';
import { appliedObjects, scenarios } from '../base-document/scenarios.ts';
import { caseNamed, chartFolder } from '../chart/cases.ts';
import { inProcess, newFolder } from '../cli/project.ts';
import { installedObjects } from '../import/render.ts';
import { type Helm, helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { everything } from './everything.ts';
import { kubectlPath } from './kubectl.ts';
import type { KubeObject } from './objects.ts';
import { differences, nameOf, released } from './released.ts';
import { prepareNamespaces, releaseName, releaseNamespace } from './releases.ts';
import { endShared, onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('import', { allKinds: true });

const namespaces = ['istio-system', 'knative-serving', 'knative-eventing', 'your-projects'];
/** Sections 1.3 and 1.4; the last of them, a Knative Service, is a user's. */
const scenario = scenarios[0]!;
/** istiod refuses the ServiceEntry as the document has it (E2), so that whoever follows it has to correct the names. */
const corrected = (o: KubeObject): KubeObject =>
  o.kind === 'ServiceEntry' ? (JSON.parse(JSON.stringify(o), renamed()) as KubeObject) : o;
/** And what no value says. */
const withMore = (o: KubeObject): KubeObject =>
  o.kind === 'KnativeServing'
    ? ({
        ...o,
        spec: { ...(o as { spec?: object }).spec, registry: { default: 'registry.example.com/knative' } },
      } as KubeObject)
    : o;
function renamed() {
  const names: Readonly<Record<string, string>> = { 9095: 'tcp-sasl-plain', 9096: 'tcp-tls-noauth' };
  return (_: string, x: { number?: number } | undefined) =>
    x?.number === undefined || names[x.number] === undefined ? x : { ...x, name: names[x.number] };
}

/** uvu's own message would be lost among those of several clusters. */
const same = (got: unknown, want: unknown, what: string) =>
  assert.ok(isDeepStrictEqual(got, want), `${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);

/** No operator is here, istiod is no Service, and nobody made the certificate. */
const notHere: readonly string[] = [
  'S1 breaks ClusterServiceVersion openshift-serverless/serverless-operator.v*: ',
  'S1 breaks ClusterServiceVersion openshift-operators/servicemeshoperator.v*: ',
  'P13 breaks ValidatingWebhookConfiguration istio-validator-istio-system: webhooks[rev.validation.istio.io].clientConfig.service',
  'P13 breaks ValidatingWebhookConfiguration istiod-default-validator: webhooks[validation.istio.io].clientConfig.service',
  'P13 breaks MutatingWebhookConfiguration istio-sidecar-injector: webhooks[rev.namespace.sidecar-injector.istio.io].clientConfig.service',
  'S6 breaks ServiceMeshControlPlane istio-system/basic: status',
  'S6 breaks ServiceMeshMemberRoll istio-system/default: status',
  'S6 breaks KnativeServing knative-serving/knative-serving: status',
  'S6 breaks KnativeEventing knative-eventing/knative-eventing: status',
  'S6 breaks KnativeKafka knative-eventing/knative-kafka: status',
  'P3 breaks Gateway knative-serving/knative-ingress-gateway: spec.servers[0].tls.credentialName',
];
/**
 * The document's mistakes, whole: of E2, istiod is told before; the API server has dropped spec.broker.sink, but the annotation of
 * kubectl still has it.
 */
const byHand: readonly string[] = [
  ...notHere,
  'E1 breaks KnativeKafka knative-eventing/knative-kafka: spec.broker.sink',
  ...[
    'KnativeServing knative-serving/knative-serving: spec.deployments[]',
    'KnativeEventing knative-eventing/knative-eventing: spec.workloads[]',
    'KnativeKafka knative-eventing/knative-kafka: spec.workloads[]',
  ].map(at => `E8 risk ${at}.annotations["sidecar.istio.io/inject"]`),
];
const takenOver: readonly string[] = notHere;
const more = ['kept spec.registry.default'];
interface Step {
  readonly id: string;
  readonly commands: readonly string[];
  readonly back: { readonly commands: readonly string[] };
}
interface Told {
  readonly status: number;
  readonly values: object;
  readonly fields: readonly { readonly meaning: string; readonly field: string }[];
  readonly steps: readonly Step[];
}

async function importFrom(cluster: Cluster, more: Partial<RunImportOptions>): Promise<Told> {
  const options = { requestTimeout: 15, releaseName, namespace: releaseNamespace, chart: chartFolder, output: 'json' };
  const { out, talk } = await inProcess(io =>
    runImport(
      { ...options, kubeconfig: cluster.kubeconfig, serverlessRelease: 'v1.31', ...more } as RunImportOptions,
      io,
    ),
  );
  assert.ok(out.startsWith('{'), talk);
  return JSON.parse(out) as Told;
}

/** As a user pastes them. */
async function paste(cluster: Cluster, program: Helm, folder: string, commands: readonly string[]): Promise<void> {
  const functions = 'oc() { "$KUBECTL" "$@"; }; helm() { "$HELM" "$@"; }';
  const env = { ...cluster.env, KUBECTL: kubectlPath(), HELM: program.path };
  await execa('sh', ['-ec', [functions, ...commands].join('\n')], { env, cwd: folder });
}

/** What doctor says of the cluster, by object and field. */
async function diagnosed(cluster: Cluster): Promise<string[]> {
  const { out, talk } = await inProcess(io =>
    runDoctor({ kubeconfig: cluster.kubeconfig, requestTimeout: 15, output: 'json' }, io),
  );
  assert.ok(out.startsWith('{'), talk);
  const { findings } = JSON.parse(out) as {
    findings: { id: string; severity: string; object: string; field: string }[];
  };
  return findings.map(f => `${f.id} ${f.severity} ${f.object}: ${f.field}`);
}

/** What diff says of the values and the cluster. */
const diffOf = (cluster: Cluster, values: string) =>
  inProcess(io =>
    runDiff(
      {
        environments: [values],
        files: [],
        cluster: true,
        kubeconfig: cluster.kubeconfig,
        requestTimeout: 15,
        releaseName,
        namespace: releaseNamespace,
        output: 'text',
      },
      io,
    ),
  );

const stepOf = ({ steps }: Told, id: string): Step => {
  const found = steps.find(s => s.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};
/** The commands for this Helm, behind the comment that names it. */
function installWith(program: Helm, { commands }: Step): readonly string[] {
  const start = commands.findIndex(c => c.startsWith(program.name === 'helm4' ? '# Helm 4' : '# Helm 3')) + 1;
  const end = commands.findIndex((c, i) => i > start && c.startsWith('#'));
  const own = commands.slice(start, end === -1 ? undefined : end);
  return own.map(c => (c.startsWith('helm install ') ? `${c} --no-hooks` : c));
}

/** The objects as the API server has them now. */
const liveOf = (cluster: Cluster, objects: readonly KubeObject[]) =>
  Promise.all(
    objects.map(async o => {
      const found = await cluster.objects.get<KubeObject & { spec: unknown }>(
        o.apiVersion,
        o.kind,
        o.metadata.name,
        o.metadata.namespace,
      );
      return { name: nameOf(o), uid: textAt(found, 'metadata', 'uid'), spec: found?.spec };
    }),
  );
const uidsOf = (live: Awaited<ReturnType<typeof liveOf>>) => live.map(({ name, uid }) => `${name} ${uid}`);
const keptOf = ({ fields }: Told) => fields.filter(f => f.meaning !== 'corrected').map(f => `${f.meaning} ${f.field}`);

withBaseDocument(test, text => {
  const applied = () =>
    appliedObjects(listingsOf(text), scenario)
      .filter(o => o.apiVersion !== 'serving.knative.dev/v1' && o.kind !== 'Secret')
      .map(o => withMore(corrected(o as KubeObject)));

  /** A test that failed leaves a release, whose hooks nobody would run here. */
  async function forget(cluster: Cluster): Promise<void> {
    await execa(kubectlPath(), ['delete', 'secret', '-n', releaseNamespace, '-l', 'owner=helm'], { env: cluster.env });
    for (const o of applied())
      await cluster.objects.remove(o.apiVersion, o.kind, o.metadata.name, o.metadata.namespace);
  }
  test.after(() => onEveryVersion(forget, 'mesh'));

  for (const program of helms())
    test(`${program.name}: taken over with the same UIDs, no difference afterwards, and given back`, async () => {
      await onEveryVersion(async cluster => {
        const folder = newFolder();
        await forget(cluster);
        await prepareNamespaces(cluster, namespaces);
        const objects = applied();
        const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
        // The API server knows no spec.broker.sink (E1), and drops it.
        await execa(kubectlPath(), ['apply', '--validate=warn', '-f', '-'], { env: cluster.env, input });
        const live = () => liveOf(cluster, objects);
        same(await diagnosed(cluster), byHand, 'doctor, before');
        const [before, all] = [await live(), await everything(cluster)];

        const told = await importFrom(cluster, { valuesOut: `${folder}/values.yaml` });
        same(keptOf(told), more, 'what is left');
        // The commands name the file as it was given.
        await paste(cluster, program, folder, stepOf(told, 'backup').commands);
        await paste(cluster, program, folder, installWith(program, stepOf(told, 'install')));
        const now = await released(cluster, program);
        same(await differences(cluster, now, []), [], 'release and cluster');
        const { status, out, talk } = await diffOf(cluster, `${folder}/values.yaml`);
        same([status, out], [0, ''], `diff, after the take-over: ${talk}`);
        await paste(cluster, program, folder, stepOf(told, 'clean').commands);
        same(await diagnosed(cluster), takenOver, 'doctor, after');
        same(uidsOf(await live()), uidsOf(before), 'UIDs');

        const again = await importFrom(cluster, {});
        same(keptOf(again), more, 'what Helm leaves as it is');
        same(again.fields.length, more.length, 'fields that differ after the take-over');
        same(again.values, told.values, 'values after the take-over');

        await paste(cluster, program, folder, stepOf(told, 'install').back.commands);
        same(await live(), before, 'given back');
        same(
          [...(await everything(cluster))].filter(name => !all.has(name)),
          [],
          'left behind',
        );
        await forget(cluster);
      }, 'mesh');
    });
});

/** What somebody applied by hand for Service Mesh 3: the documentation's set as the chart corrects it, and one field of his own. */
const byHand3 = (): KubeObject[] =>
  structuredClone(installedObjects(caseNamed('service-mesh-3').values) as unknown as KubeObject[]).map(withMore);
const members3 = (caseNamed('service-mesh-3').values as unknown as MeshValues).mesh.members;
const namespaces3 = ['istio-cni', 'knative-serving-ingress', ...namespaces, ...members3];

/** The members are told by their labels. */
async function prepare3(cluster: Cluster): Promise<void> {
  await prepareNamespaces(cluster, namespaces3);
  await execa(kubectlPath(), ['label', 'namespace', ...members3, 'istio-injection=enabled', '--overwrite'], {
    env: cluster.env,
  });
}
/** With what the tests above leave, there would be two meshes. */
async function forget3(cluster: Cluster): Promise<void> {
  await cluster.objects.remove('maistra.io/v1', 'ServiceMeshMemberRoll', 'default', 'istio-system');
  await cluster.objects.remove('maistra.io/v2', 'ServiceMeshControlPlane', 'basic', 'istio-system');
  await execa(kubectlPath(), ['delete', 'secret', '-n', releaseNamespace, '-l', 'owner=helm'], { env: cluster.env });
  for (const o of byHand3()) await cluster.objects.remove(o.apiVersion, o.kind, o.metadata.name, o.metadata.namespace);
}
test.after(() =>
  onEveryVersion(async cluster => {
    await forget3(cluster);
    await execa(kubectlPath(), ['label', 'namespace', ...members3, 'istio-injection-'], { env: cluster.env });
  }, 'mesh').finally(() => endShared('mesh')),
);

for (const program of helms())
  test(`${program.name}, Service Mesh 3: taken over with the same UIDs, no difference afterwards, and given back`, async () => {
    await onEveryVersion(async cluster => {
      const folder = newFolder();
      await forget3(cluster);
      await prepare3(cluster);
      const objects = byHand3();
      const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
      await execa(kubectlPath(), ['apply', '-f', '-'], { env: cluster.env, input });
      const [before, all] = [await liveOf(cluster, objects), await everything(cluster)];

      const told = await importFrom(cluster, { serverlessRelease: 'v1.37', valuesOut: `${folder}/values.yaml` });
      same(keptOf(told), more, 'what is left');
      await paste(cluster, program, folder, stepOf(told, 'backup').commands);
      await paste(cluster, program, folder, installWith(program, stepOf(told, 'install')));
      same(await differences(cluster, await released(cluster, program), []), [], 'release and cluster');
      const { status, out, talk } = await diffOf(cluster, `${folder}/values.yaml`);
      same([status, out], [0, ''], `diff, after the take-over: ${talk}`);
      same(uidsOf(await liveOf(cluster, objects)), uidsOf(before), 'UIDs');

      const again = await importFrom(cluster, { serverlessRelease: 'v1.37' });
      same([keptOf(again), again.values], [more, told.values], 'what an import says after the take-over');

      await paste(cluster, program, folder, stepOf(told, 'install').back.commands);
      same(await liveOf(cluster, objects), before, 'given back');
      same(
        [...(await everything(cluster))].filter(name => !all.has(name)),
        [],
        'left behind',
      );
    }, 'mesh');
  });

test.run();
