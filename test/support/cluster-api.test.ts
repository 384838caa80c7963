import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ClusterContent } from './cluster-answers.ts';
import { lookupFlags, startClusterApi } from './cluster-api.ts';
import { helms, runHelm } from './helm.ts';
import { parseManifests } from './render.ts';

const test = suite('support/cluster-api');
const chart = mkdtempSync(join(tmpdir(), 'cluster-api-test-'));
const gateways = '/apis/networking.istio.io/v1beta1/gateways';
const content: ClusterContent = {
  version: '1.29',
  kinds: ['networking.istio.io/v1beta1/ServiceEntry'],
  objects: [
    { apiVersion: 'networking.istio.io/v1beta1', kind: 'Gateway', metadata: { name: 'one', namespace: 'a' } },
    { apiVersion: 'networking.istio.io/v1beta1', kind: 'Gateway', metadata: { name: 'two', namespace: 'b' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'knative-serving', labels: { x: 'z' } } },
  ],
};

/** Guarded as our templates are: an absent API or a cluster without it must not fail the render. */
const template = `apiVersion: v1
kind: ConfigMap
metadata: {name: seen}
data:
  version: {{ .Capabilities.KubeVersion.Version | quote }}
  serviceEntries: {{ .Capabilities.APIVersions.Has "networking.istio.io/v1beta1/ServiceEntry" | quote }}
  meshes: {{ .Capabilities.APIVersions.Has "maistra.io/v2/ServiceMeshControlPlane" | quote }}
{{- if .Capabilities.APIVersions.Has "networking.istio.io/v1beta1/Gateway" }}
  all: "{{ range (lookup "networking.istio.io/v1beta1" "Gateway" "" "").items }}{{ .metadata.name }} {{ end }}"
  inA: "{{ range (lookup "networking.istio.io/v1beta1" "Gateway" "a" "").items }}{{ .metadata.name }} {{ end }}"
  two: "{{ (lookup "networking.istio.io/v1beta1" "Gateway" "b" "two").metadata.namespace }}"
  absent: {{ lookup "networking.istio.io/v1beta1" "Gateway" "a" "two" | toJson | quote }}
{{- end }}
  namespace: {{ dig "metadata" "labels" "x" "none" (lookup "v1" "Namespace" "" "knative-serving") }}
`;

test.before(() => {
  mkdirSync(join(chart, 'templates'));
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: x\nversion: 0.0.1\n');
  writeFileSync(join(chart, 'templates/x.yaml'), template);
});
test.after(() => rmSync(chart, { recursive: true }));

const seen = { all: 'one two ', inA: 'one ', two: 'b', absent: '{}' };
const rows: [name: string, content: ClusterContent, want: object | RegExp][] = [
  ['the objects', content, { version: 'v1.29.0', serviceEntries: 'true', meshes: 'false', ...seen, namespace: 'z' }],
  ['an empty cluster', {}, { version: 'v1.30.0', serviceEntries: 'false', meshes: 'false', namespace: 'none' }],
  ['a forbidden list', { ...content, forbidden: [gateways] }, /error calling lookup: .*gateways: Forbidden/],
];
for (const [name, cluster, want] of rows) {
  test(`lookup and capabilities see ${name}, in each Helm`, async () => {
    if (helms().length === 0) return console.log('SKIPPED: no helm');
    for (const helm of helms()) {
      const api = await startClusterApi(cluster);
      const args = ['template', 'mine', chart, ...lookupFlags(helm)];
      const result = await runHelm(helm, args, { env: api.env, reject: false });
      await api.stop();
      if (want instanceof RegExp) assert.match(result.stderr, want);
      else assert.equal(parseManifests(result.stdout)[0]?.object.data, want, helm.name);
      assert.is(api.requests.includes(`GET ${gateways}`), cluster !== rows[1]?.[1]);
    }
  });
}

test('refuses every change', async () => {
  const api = await startClusterApi({});
  const { clusters } = JSON.parse(readFileSync(api.env.KUBECONFIG, 'utf8'));
  const response = await fetch(`${clusters[0].cluster.server}/api/v1/namespaces`, { method: 'POST', body: '{}' });
  assert.is(response.status, 405);
  await api.stop();
});

test.run();
