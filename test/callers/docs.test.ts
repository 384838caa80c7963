/** The documentation of the tenant chart: its examples, its names, and that Helm never keeps it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { parseTarGzip } from 'nanotar';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runPackage } from '../../generator/commands/package.ts';
import { defaults } from '../../generator/emit/fields.ts';
import { projectRoot } from '../../generator/files.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { mostByList, mostByPrefix } from '../../generator/model/serverless-mesh-tenant/rules.ts';
import { ruleFindings } from '../../generator/render/evaluate-chart.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { base, ofTenant, repliesOf } from '../authorization/intended.ts';
import { allParts, charts, valuesOf } from '../authorization/subjects.ts';
import { mesh, modes, tenants } from '../authorization/world.ts';
import { inProcess, newFolder } from '../cli/project.ts';

const test = suite('callers: documentation');
const chart = join(projectRoot, 'charts/serverless-mesh-tenant');
const readme = readFileSync(join(chart, 'README.md'), 'utf8');
const moving = readFileSync(join(chart, 'docs/moving-from-redhat-knative-istio-authz.md'), 'utf8');
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^ *\`\`\`${language}\\n(.*?)^ *\`\`\`$`, 'gms'))].map(([, block]) => block!);
const merged = (values: Values) => mergeValues(defaults(serverlessMeshTenant.values) as Values, values);

test('each values file in the README is right', () => {
  const files = blocks(readme, 'yaml').filter(block => block.startsWith('# orders.yaml'));
  assert.is(files.length, 2);
  for (const file of files) assert.equal(checkValues(serverlessMeshTenant, merged(load(file) as Values)), []);
});

test('the README holds the file with which a prefix is reserved, whole', () => {
  const file = readFileSync(join(projectRoot, 'chart-templates/serverless-mesh-tenant/reserve-prefix.yaml'), 'utf8');
  assert.ok(blocks(readme, 'yaml').includes(file));
});

test('the most namespaces are accepted, and one more is refused', () => {
  for (const length of [12, 20, 63]) {
    const names = (count: number) => Array.from({ length: count }, (_, n) => `${n}`.padStart(length, 'a'));
    const findings = (count: number) => ruleFindings(serverlessMeshTenant, merged({ namespaces: names(count) }));
    const most = mostByList(length);
    assert.equal(findings(most), []);
    assert.is(findings(most + 1).length, 1);
    assert.match(readme, `| ${length} | ${most} | ${mostByPrefix(length)} |`);
  }
});

test('no policy has a name that the old chart gives to another one in that place', () => {
  const named = (policies: readonly { readonly namespace: string; readonly name: string }[]) =>
    policies.map(({ namespace, name }) => `${namespace}/${name}`);
  for (const mode of modes.filter(({ tenants }) => tenants !== 'none'))
    for (const tenant of tenants) {
      const values = valuesOf(tenant, mode, allParts);
      const ours = named(charts.flatMap(subject => subject.ofTenant(values)));
      const theirs = named([...ofTenant(values), ...repliesOf(values), ...base(mode.generation, mesh)]);
      assert.ok(ours.length > 5 && theirs.length > 5);
      assert.equal(
        ours.filter(name => theirs.includes(name)),
        [],
      );
    }
});

test('the table of names has each old policy and each new one', () => {
  const mode = { generation: 'v2', tenants: 'list' } as const;
  const values = valuesOf({ ...tenants[0]!, name: 'T' }, mode, allParts);
  const old = [...ofTenant(values), ...repliesOf(values)];
  const renamed = charts.flatMap(subject => subject.ofTenant(values));
  for (const { name } of [...old, ...renamed]) assert.match(moving, `\`${name}\``);
});

for (const { name } of [serverlessMeshTenant, serverlessMesh])
  test(`the package of ${name} holds neither pictures nor pages`, async () => {
    const out = newFolder();
    const { status, talk } = await inProcess(io => runPackage({ charts: [name], out }, io));
    assert.is(status, 0, talk);
    const archive = readdirSync(out).find(file => file.endsWith('.tgz'))!;
    const files = (await parseTarGzip(readFileSync(join(out, archive)))).map(file => file.name);
    assert.ok(files.includes(`${name}/README.md`));
    assert.equal(
      files.filter(file => file.includes('/docs/')),
      [],
    );
    const folder = join(projectRoot, 'charts', name);
    assert.ok(readdirSync(join(folder, 'docs')).length > 1);
    assert.ok(readFileSync(join(folder, '.helmignore'), 'utf8').split('\n').includes('docs/'));
  });

test.run();
