/** What published rules ask of the main chart alone: each test names its rule. Those for every chart: gates-of-each.test.ts. */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import { caseNamed, cases, goldenManifests, goldenText } from './cases.ts';
import { paths, textOf } from './chart-files.ts';
import { failedChecks, type Job } from './kube-linter.ts';

const test = suite('chart/gates');
const templates = paths.filter(path => path.startsWith('templates/'));
const objectTemplates = templates.filter(path => path.endsWith('.yaml') && path !== 'templates/checks.yaml');
const values = parseAsHelm(textOf('values.yaml')) as Record<string, unknown>;

const none = (found: readonly unknown[]) => assert.equal(found, []);

test('chart-verifier contains-test', () => assert.ok(paths.some(path => /^templates\/tests\/.*\.yaml$/.test(path))));
test('chart-verifier images-are-certified: images of registry.redhat.io only, with a tag', () => {
  const images = cases
    .filter(c => c.name !== 'verify')
    .flatMap(c => [...goldenText(c).matchAll(/\s+image:\s+(\S.*)/g)].map(found => found[1]));
  assert.ok(images.length > 0);
  // auto is replaced by Istio, with an image of its operator's.
  none(images.filter(image => image !== 'auto' && !/^"registry\.redhat\.io\/[^:@]+:v?\d+\.\d+"$/.test(image ?? '')));
});
test('best practice 4: no namespace but those of Knative and of the values', () => {
  for (const c of cases) {
    const { mesh, verify, kafka, gateway } = c.values as unknown as MeshValues;
    const known = [
      'knative-serving',
      'knative-eventing',
      ...(mesh.generation === 'v3' ? ['knative-serving-ingress'] : []),
      ...(gateway.tls.source === 'clusterIngress' ? ['openshift-ingress'] : []),
      mesh.namespace,
      ...mesh.members,
      ...kafka.consumerNamespaces,
      verify.namespace,
    ];
    const used = goldenManifests(c).map(m => (m.object.metadata as { namespace?: string }).namespace);
    none(used.filter(name => name !== undefined && !known.includes(name)));
    const clusterWide = /^(Namespace|ClusterRole|ClusterRoleBinding|Istio|IstioCNI|ClusterDomainClaim)$/;
    none(
      goldenManifests(c).filter(
        m => !clusterWide.test(String(m.object.kind)) && !('namespace' in (m.object.metadata as object)),
      ),
    );
  }
});
test('style 4: the templates of the Jobs, scripts included, have at most 100 lines', () => {
  const long = objectTemplates.filter(
    path => path.startsWith('templates/jobs/') && textOf(path).split('\n').length > 101,
  );
  none(long);
});
test('best practice 23, 24: tests are hooks with a weight in quotes and a delete policy', () => {
  for (const path of templates.filter(p => p.startsWith('templates/tests/')))
    assert.match(
      textOf(path),
      /^ {4}helm\.sh\/hook: test\n {4}helm\.sh\/hook-weight: "\d"\n {4}helm\.sh\/hook-delete-policy: before-hook-creation/m,
    );
});
test('best practice 34: NOTES use the release and its namespace', () =>
  assert.match(textOf('templates/NOTES.txt'), 'helm test {{ .Release.Name }} -n {{ .Release.Namespace }}'));

test('best practice 38: environments hold only what differs from the defaults', () => {
  for (const name of ['dev', 'staging', 'prod']) {
    const own = parseAsHelm(readFileSync(caseNamed(name).file, 'utf8'));
    none(same(own, values, name));
  }
});
function same(own: unknown, usual: unknown, path: string): string[] {
  if (typeof own !== 'object' || own === null || Array.isArray(own))
    return JSON.stringify(own) === JSON.stringify(usual) ? [path] : [];
  return Object.entries(own).flatMap(([key, child]) =>
    same(child, (usual as Record<string, unknown> | undefined)?.[key], `${path}.${key}`),
  );
}

test('kube-linter: every Job passes every check that is on by default', () => {
  for (const c of cases) {
    const manifests = goldenManifests(c);
    const accounts = manifests
      .filter(m => m.object.kind === 'ServiceAccount')
      .map(m => (m.object.metadata as { name: string }).name);
    for (const { source, object } of manifests.filter(m => m.object.kind === 'Job'))
      assert.equal(failedChecks(object as unknown as Job, accounts), [], `${c.name}: ${source}`);
  }
  const sources = cases.flatMap(c => goldenManifests(c).filter(m => m.object.kind === 'Job')).map(m => m.source);
  assert.is(new Set(sources).size, 5);
});
test('kube-linter: a Job without care fails them', () => {
  const careless = {
    spec: {
      template: {
        spec: {
          hostNetwork: true,
          serviceAccountName: 'x',
          containers: [{ image: 'busybox', env: [{ name: 'SECRET', value: 'x' }] }],
        },
      },
    },
  };
  assert.is(failedChecks(careless).length, 13);
});

test.run();
