/** Every check of every gate that is written from published rules, on every chart; and that each finds its violation. */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { caseNamed } from '../chart/cases.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import { exceptions } from './exceptions.ts';
import { concerns, run } from './gate.ts';
import { gates } from './gates.ts';
import { subjects, textOf } from './subject.ts';

const test = suite('gates');
const charts = await subjects();
const results = gates.map(gate => [gate, run(gate, charts, exceptions)] as const);

for (const [gate, own] of results)
  for (const { id } of gate.checks)
    test(`${gate.id}, ${id}`, () => {
      const ofCheck = own.filter(({ check }) => check === id);
      assert.ok(ofCheck.length > 0, 'no chart was looked at');
      assert.equal(
        ofCheck.flatMap(({ chart, findings }) => findings.map(finding => `${chart}: ${finding}`)),
        [],
      );
    });

// Once for each check: two gates may have the same, on different files.
for (const [check, gate] of new Map(
  gates.toReversed().flatMap(gate => gate.checks.map(check => [check, gate] as const)),
))
  test(`${gate.id}, ${check.id}: a violation is found`, () => {
    const chart = charts.find(({ name }) => concerns(check, name))!;
    const seen = gate.prepare?.(chart) ?? chart;
    assert.not(check.find(seen).includes(check.found), 'is there without the violation');
    const found = check.find(check.violation(seen));
    assert.ok(found.includes(check.found), found.slice(0, 5).join('\n'));
  });

const written = new Set(gates.map(({ id }) => id));
for (const exception of exceptions.filter(({ gate }) => written.has(gate)))
  test(`the exception ${exception.gate}, ${exception.check}, ${exception.finding.source} is needed`, () => {
    assert.ok(results.some(([, own]) => own.some(r => r.excepted.some(e => e.exception === exception))));
    assert.ok(exception.reason.length > 20);
  });

test('kube-linter sees the pods of all Jobs and of the gateway', () => {
  const templates = charts
    .flatMap(chart => chart.renders.flatMap(render => render.manifests))
    .filter(({ object }) => object.kind === 'Job' || object.kind === 'Deployment')
    .map(({ source }) => source);
  assert.is(new Set(templates).size, 8);
});

test('best practice 38: environments hold only what differs from the defaults', () => {
  const defaults = parseAsHelm(textOf(charts.find(({ name }) => name === serverlessMesh.name)!, 'values.yaml'));
  for (const name of ['dev', 'staging', 'prod'])
    assert.equal(same(parseAsHelm(readFileSync(caseNamed(name).file, 'utf8')), defaults, name), []);
  assert.equal(same({ enabled: true, jobs: { enabled: true } }, { jobs: { enabled: true } }, 'x'), ['x.jobs.enabled']);
});
function same(own: unknown, usual: unknown, path: string): string[] {
  if (typeof own !== 'object' || own === null || Array.isArray(own))
    return JSON.stringify(own) === JSON.stringify(usual) ? [path] : [];
  return Object.entries(own).flatMap(([key, child]) =>
    same(child, (usual as Record<string, unknown> | undefined)?.[key], `${path}.${key}`),
  );
}

test.run();
