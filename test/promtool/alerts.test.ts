/** The alerts and the dashboard in Debian's promtool: what it accepts, and which series let them fire. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { at, nameOf, namespaceOf } from '../../generator/cluster/fields.ts';
import { caseNamed, twins } from '../chart/cases.ts';
import { graphsOf, ruleObjects } from '../monitoring/rules.ts';
import { fromDebian } from '../support/debian.ts';

const test = suite('promtool: alerts');

const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
test.after(() => rmSync(folder, { recursive: true }));
const promtool = await fromDebian('prometheus', 'promtool');

const cases = [caseNamed('monitoring'), caseNamed('monitoring on v3', twins)];
const files = cases.map(c =>
  ruleObjects(c).map(object => {
    const file = join(folder, `${c.name}-${namespaceOf(object)}-${nameOf(object)}.yaml`.replaceAll(' ', '-'));
    writeFileSync(file, JSON.stringify(at(object, 'spec')));
    return file;
  }),
);

for (const [index, c] of cases.entries())
  test(`${c.name}: promtool accepts every rule`, async () => {
    const { exitCode, all } = await execa(promtool, ['check', 'rules', ...files[index]!], { all: true, reject: false });
    assert.is(exitCode, 0, all);
    assert.is(all.match(/SUCCESS/g)?.length, files[index]!.length, all);
  });

for (const c of cases)
  test(`${c.name}: promtool accepts every expression of the dashboard`, async () => {
    const file = join(folder, `${c.name}-dashboard.yaml`.replaceAll(' ', '-'));
    const rules = graphsOf(c).map((expr, i) => ({ record: `graph:${i}`, expr }));
    assert.ok(rules.length > 3);
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    const { exitCode, all } = await execa(promtool, ['check', 'rules', file], { all: true, reject: false });
    assert.is(exitCode, 0, all);
    assert.match(all, `SUCCESS: ${rules.length} rules found`);
  });

const info = (metric: string, labels: string) => `kube_pod_${metric}{namespace="n",${labels}}`;
const activator = 'pod="activator-7d9f-abcde"';
const requests = (code: number) =>
  `istio_requests_total{reporter="source",source_workload="istio-ingressgateway",response_code="${code}"}`;

/** Alert, series and their values over an hour -> whether it fires at its end. */
const rows: readonly [string, Readonly<Record<string, string>>, boolean][] = [
  ['KnativeGatewayErrors', { [requests(200)]: '0+97x120', [requests(503)]: '0+3x120' }, true],
  ['KnativeGatewayErrors', { [requests(200)]: '0+99x120', [requests(503)]: '0+1x120' }, false],
  ['KnativeGatewayErrors', { [requests(404)]: '0+99x120' }, false],
  ['KnativeGatewayErrors', {}, false],
  ['KnativeServingNotReady', { 'knative_up{type="serving_status"}': '0x120' }, true],
  ['KnativeServingNotReady', { 'knative_up{type="serving_status"}': '1x120' }, false],
  ['KnativeKafkaNotReady', { 'knative_up{type="serving_status"}': '0x120' }, false],
  ['KnativeServingWithoutProxy', { [info('info', activator)]: '1x120' }, true],
  [
    'KnativeServingWithoutProxy',
    { [info('info', activator)]: '1x120', [info('container_info', `${activator},container="istio-proxy"`)]: '1x120' },
    false,
  ],
  [
    'KnativeServingWithoutProxy',
    {
      [info('info', activator)]: '1x120',
      [info('init_container_info', `${activator},container="istio-proxy"`)]: '1x120',
    },
    false,
  ],
  ['KnativeServingWithoutProxy', { [info('info', 'pod="autoscaler-hpa-7d9f-abcde"')]: '1x120' }, false],
  ['KnativeServiceWithoutProxy', { [info('container_info', 'pod="a",container="queue-proxy"')]: '1x120' }, true],
  ['KnativeServiceWithoutProxy', { [info('container_info', 'pod="a",container="job"')]: '1x120' }, false],
  [
    'KnativeServiceWithoutProxy',
    {
      [info('container_info', 'pod="a",container="queue-proxy"')]: '1x120',
      [info('container_info', 'pod="a",container="istio-proxy"')]: '1x120',
    },
    false,
  ],
  ['MeshRootCertificateExpires', { citadel_server_root_cert_expiry_timestamp: `${29 * 86400}x120` }, true],
  ['MeshRootCertificateExpires', { citadel_server_root_cert_expiry_timestamp: `${40 * 86400}x120` }, false],
];
for (const [index, [alertname, series, fires]] of rows.entries())
  test(`${alertname} ${fires ? 'fires' : 'keeps still'} with ${Object.keys(series).join(', ') || 'nothing'}`, async () => {
    const file = join(folder, `test-${index}.yaml`);
    const group = (query: string, samples: readonly object[]) => ({
      interval: '1m',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [{ expr: query, eval_time: '90m', exp_samples: samples }],
    });
    const firing = `count(ALERTS{alertname="${alertname}",alertstate="firing"})`;
    const wanted = fires ? [{ labels: '{}', value: 1 }] : [];
    const own = files[0]!.filter(name => !name.includes('-orders-'));
    writeFileSync(file, JSON.stringify({ rule_files: own, tests: [group(firing, wanted)] }));
    const { exitCode, all } = await execa(promtool, ['test', 'rules', file], { all: true, reject: false });
    assert.is(exitCode, 0, all);
  });

test.run();
