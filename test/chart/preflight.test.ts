import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Values } from '../../generator/values/maps.ts';
import type { ClusterContent } from '../support/cluster-answers.ts';
import { lookupFlags, startClusterApi } from '../support/cluster-api.ts';
import { type Helm, type HelmResult, helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { parseManifests } from '../support/render.ts';
import { caseArgs, caseNamed, goldenText } from './cases.ts';
import { renderedKinds } from './cluster.ts';
import { forbidden, namespaceRows, rows } from './preflight-rows.ts';
import { inEachHelm, withHelm } from './with-helm.ts';

const test = suite('chart/preflight');
const testHelm = withHelm(test);
const olm = 'operators.coreos.com/v1alpha1/ClusterServiceVersion';

type Outcome = HelmResult & { readonly requests: readonly string[] };
/** A render that sees this cluster, as an install does. */
async function renderIn(helm: Helm, cluster: ClusterContent, values: Values = {}): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
  const file = join(folder, 'values.yaml');
  writeFileSync(file, jsonForHelm(values));
  const api = await startClusterApi({ ...cluster, kinds: [...(cluster.kinds ?? renderedKinds)] });
  try {
    const args = [...caseArgs('template', { file }), ...lookupFlags(helm)];
    const { requests, env } = api;
    return { ...(await runHelm(helm, args, { env, reject: false })), requests };
  } finally {
    await api.stop();
    rmSync(folder, { recursive: true });
  }
}

/** What the chart itself refuses with; all of stderr for any other error; empty for none. */
const refusalOf = ({ stderr }: HelmResult): string =>
  /^Error: execution error at \(serverless-mesh\/templates\/checks\.yaml:\d+:\d+\): (.*)$/m.exec(stderr)?.[1] ?? stderr;

let outcomes = new Map<Helm, Outcome[]>();
test.before(async () => {
  outcomes = await inEachHelm(rows, (helm, r) =>
    renderIn(helm, { ...r.cluster, kinds: [...renderedKinds, ...(r.cluster.kinds ?? [])] }, r.values),
  );
});
for (const [index, { name, refusal }] of rows.entries())
  testHelm(name, () => {
    for (const helm of helms()) {
      const outcome = outcomes.get(helm)![index]!;
      assert.is(refusalOf(outcome), refusal ?? '', helm.version);
      assert.is(parseManifests(outcome.stdout).length > 0, refusal === undefined, helm.version);
    }
  });

testHelm('preflight.enabled=false asks for nothing but the Namespace', () => {
  const index = rows.findIndex(r => r.name.startsWith('preflight.enabled=false'));
  for (const helm of helms()) {
    const { requests } = outcomes.get(helm)![index]!;
    assert.equal(
      requests.filter(r => /\/gateways(\?|$)|clusterserviceversions|services\/istio-ingressgateway/.test(r)),
      [],
    );
  }
});

testHelm('where OLM is not installed, its kinds are not looked up', async () => {
  for (const [{ version }, [outcome]] of await inEachHelm([{}], renderIn)) {
    assert.is(outcome?.stderr, '', version);
    assert.not.ok(outcome?.requests.some(r => r.includes('clusterserviceversions')));
  }
});

testHelm('where Gateways are not served, they are not looked up: Helm itself says what is missing', async () => {
  const kinds = renderedKinds.filter(kind => !kind.startsWith('networking.istio.io/'));
  for (const [, [outcome]] of await inEachHelm([{ kinds }], renderIn)) {
    const { stderr, requests } = outcome!;
    assert.match(stderr, 'no matches for kind "Gateway" in version "networking.istio.io/v1beta1"');
    assert.not.match(stderr, 'lookup');
    assert.not.ok(requests.some(r => r.includes('/gateways')));
  }
});

for (const [path, values] of forbidden)
  testHelm(`a user who may not read ${path} is told so, and how to go on works`, async () => {
    const cluster = { kinds: [...renderedKinds, olm], forbidden: [path] };
    const results = await inEachHelm([{}, values], (helm, given) => renderIn(helm, cluster, given));
    for (const [{ version }, [refused, passed]] of results) {
      assert.is(refused?.exitCode, 1, version);
      assert.match(refused!.stderr, `error calling lookup: ${path}: Forbidden`);
      assert.is(passed?.stderr, '', version);
    }
  });

testHelm('the Namespace of the control plane is part of the release where it is absent or ours', async () => {
  const results = await inEachHelm(namespaceRows, (helm, [, objects]) =>
    renderIn(helm, { objects, kinds: renderedKinds }),
  );
  for (const [{ version }, outcomes] of results)
    for (const [index, [name, , want]] of namespaceRows.entries()) {
      assert.is(outcomes[index]?.stderr, '', `${version}: ${name}`);
      assert.is(outcomes[index]?.stdout.includes('\nkind: Namespace\n'), want, `${version}: ${name}`);
    }
});

testHelm('a cluster that is fine gets what a render without a cluster gives', async () => {
  const { values } = caseNamed('prod');
  for (const helm of helms())
    assert.is((await renderIn(helm, { kinds: [...renderedKinds, olm] }, values)).stdout, goldenText(caseNamed('prod')));
});

test.run();
