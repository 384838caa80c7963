/**
 * The base document followed by hand on real API servers with istiod's webhook, imported, taken over by both Helms with the
 * printed commands, and given back. No operators here, so Helm runs no hooks.
 */
import { execa } from 'execa';
import * as assert from 'uvu/assert';
import { textAt } from '../../generator/cluster/fields.ts';
import { type RunImportOptions, runImport } from '../../generator/commands/import.ts';
import { withBaseDocument } from '../base-document/document.ts';
import { listingsOf } from '../base-document/listings.ts';
import { appliedObjects, scenarios } from '../base-document/scenarios.ts';
import { chartFolder } from '../chart/cases.ts';
import { inProcess, newFolder } from '../cli/project.ts';
import { type Helm, helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { everything } from './everything.ts';
import { kubectlPath } from './kubectl.ts';
import type { KubeObject } from './objects.ts';
import { differences, nameOf, released } from './released.ts';
import { prepareNamespaces, releaseName, releaseNamespace, removeReleases } from './releases.ts';
import { endShared, onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('import', { allKinds: true });
test.after.each(() => onEveryVersion(removeReleases, 'mesh'));
test.after(() => endShared('mesh'));

const namespaces = ['istio-system', 'knative-serving', 'knative-eventing', 'your-projects'];
/** Sections 1.3 and 1.4; the last of them, a Knative Service, is a user's. */
const scenario = scenarios[0]!;
/** istiod refuses the ServiceEntry as the document has it (E2), so that whoever follows it has to correct the names. */
const corrected = (o: KubeObject): KubeObject =>
  o.kind === 'ServiceEntry' ? (JSON.parse(JSON.stringify(o), renamed()) as KubeObject) : o;
function renamed() {
  const names: Readonly<Record<string, string>> = { 9095: 'tcp-sasl-plain', 9096: 'tcp-tls-noauth' };
  return (_: string, x: { number?: number } | undefined) =>
    x?.number === undefined || names[x.number] === undefined ? x : { ...x, name: names[x.number] };
}

interface Step {
  readonly id: string;
  readonly commands: readonly string[];
  readonly back: { readonly commands: readonly string[] };
}
interface Told {
  readonly status: number;
  readonly values: object;
  readonly fields: readonly { readonly meaning: string }[];
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

const stepOf = ({ steps }: Told, id: string): Step => {
  const found = steps.find(s => s.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};
/** The command for this Helm, behind the comment that names it. */
const installWith = (program: Helm, { commands }: Step): string =>
  `${commands[commands.findIndex(c => c.startsWith(program.name === 'helm4' ? '# Helm 4' : '# Helm 3.17')) + 1]} --no-hooks`;

withBaseDocument(test, text => {
  const applied = () =>
    appliedObjects(listingsOf(text), scenario)
      .filter(o => o.apiVersion !== 'serving.knative.dev/v1' && o.kind !== 'Secret')
      .map(o => corrected(o as KubeObject));

  for (const program of helms())
    test(`${program.name}: taken over with the same UIDs, no difference afterwards, and given back`, async () => {
      await onEveryVersion(async cluster => {
        const folder = newFolder();
        await prepareNamespaces(cluster, namespaces);
        const objects = applied();
        const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
        // The API server knows no spec.broker.sink (E1), and drops it.
        await execa(kubectlPath(), ['apply', '--validate=warn', '-f', '-'], { env: cluster.env, input });
        const live = () =>
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
        const [before, all] = [await live(), await everything(cluster)];

        const told = await importFrom(cluster, { valuesOut: `${folder}/values.yaml` });
        assert.equal([...new Set(told.fields.map(f => f.meaning))], ['corrected']);
        // The commands name the file as it was given.
        await paste(cluster, program, folder, stepOf(told, 'backup').commands);
        await paste(cluster, program, folder, [installWith(program, stepOf(told, 'install'))]);
        const now = await released(cluster, program);
        assert.equal(await differences(cluster, now, []), []);
        await paste(cluster, program, folder, stepOf(told, 'clean').commands);
        const uids = (of: Awaited<ReturnType<typeof live>>) => of.map(({ name, uid }) => `${name} ${uid}`);
        assert.equal(uids(await live()), uids(before));

        const again = await importFrom(cluster, {});
        assert.equal(again.fields, []);
        assert.equal(again.values, told.values);

        await paste(cluster, program, folder, stepOf(told, 'install').back.commands);
        assert.equal(await live(), before);
        assert.equal(
          [...(await everything(cluster))].filter(name => !all.has(name)),
          [],
        );
        for (const o of objects)
          await cluster.objects.remove(o.apiVersion, o.kind, o.metadata.name, o.metadata.namespace);
      }, 'mesh');
    });
});

test.run();
