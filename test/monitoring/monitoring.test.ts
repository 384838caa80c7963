import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { at, listAt, namespaceOf, textAt, titleOf } from '../../generator/cluster/fields.ts';
import { metrics } from '../../generator/model/facts/metrics.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { caseNamed, goldenObjects, release, rendered } from '../chart/cases.ts';
import { alertsOf, dashboardOf, graphsOf } from './rules.ts';

const test = suite('monitoring');

const made = rendered.filter(c => alertsOf(c).length > 0);
const group = 'monitoring.coreos.com/v1';
const ours = (objects: readonly object[]) =>
  objects.filter(o => textAt(o, 'apiVersion') === group || /user-workload-access|enable-prom/.test(titleOf(o)));
const with_ = (change: Values, name = 'monitoring') =>
  ours(evaluateChart(serverlessMesh, mergeValues(caseNamed(name).values, change), release).map(r => r.object))
    .map(titleOf)
    .sort();

/** Names in front of braces, brackets or operators that are no functions, keywords or labels. */
const words = /\b[a-z_]+\b(?=\s*[{[]|\s+-)/g;
const metricsIn = (expr: string) => expr.replace(/'[^']*'/g, "''").match(words) ?? [];

test('there are cases of both generations', () =>
  assert.equal(
    made.map(c => c.name),
    ['monitoring', 'monitoring on v3'],
  ));

for (const c of made)
  for (const { name, expr, namespace } of alertsOf(c))
    test(`${c.name}: ${name} in ${namespace} asks for metrics with a source`, () => {
      const found = metricsIn(expr);
      assert.ok(found.length > 0, expr);
      assert.equal(
        found.filter(metric => !(metric in metrics)),
        [],
      );
    });

for (const c of made)
  test(`${c.name}: the dashboard has rows of graphs, as the console reads them, of metrics with a source`, () => {
    const { rows } = dashboardOf(c);
    assert.equal(
      rows.map(({ panels }) => panels.reduce((sum, { span }) => sum + span, 0)),
      rows.map(() => 12),
    );
    for (const { title, type, targets } of rows.flatMap(({ panels }) => panels)) {
      const found = targets.flatMap(({ expr }) => metricsIn(expr));
      assert.ok(type === 'graph' && found.length > 0, title);
      assert.equal(
        found.filter(metric => !(metric in metrics)),
        [],
        title,
      );
    }
  });

test('the dashboard is there with both values, and only with both', () => {
  const dashboards = (change: Values) =>
    evaluateChart(serverlessMesh, mergeValues(caseNamed('monitoring').values, change), release)
      .map(r => titleOf(r.object))
      .filter(title => title.startsWith('ConfigMap openshift-config-managed/'));
  assert.equal(dashboards({}), ['ConfigMap openshift-config-managed/grafana-dashboard-serverless-mesh']);
  assert.equal(dashboards({ monitoring: { enabled: false } }), []);
  assert.equal(dashboards({ monitoring: { dashboard: { enabled: false } } }), []);
});

test('each metric with a source is asked for', () => {
  const alerts = made.flatMap(alertsOf).map(({ expr }) => expr);
  const asked = new Set([...alerts, ...made.flatMap(graphsOf)].flatMap(metricsIn));
  assert.equal([...asked].sort(), Object.keys(metrics).sort());
});

const perNamespace = (kind: string, name: string, namespaces: readonly string[]) =>
  namespaces.map(namespace => `${kind} ${namespace}/${name}`);
const members = ['billing', 'orders'];
const proxies = [...members, 'knative-eventing', 'knative-serving'];
const rules = (gateway: string) => [
  `PrometheusRule billing/serverless-mesh-member`,
  `PrometheusRule orders/serverless-mesh-member`,
  `PrometheusRule ${gateway}/serverless-mesh-gateway`,
  'PrometheusRule istio-system/serverless-mesh-mesh',
  'PrometheusRule knative-serving/serverless-mesh-serving',
  'PrometheusRule openshift-serverless/serverless-mesh-knative',
];
const always = ['ServiceMonitor istio-system/istiod-monitor', 'Telemetry istio-system/enable-prometheus-metrics'];
const access = (namespaces: readonly string[]) => perNamespace('NetworkPolicy', 'user-workload-access', namespaces);
const podMonitors = (namespaces: readonly string[]) => perNamespace('PodMonitor', 'istio-proxies-monitor', namespaces);
const v2 = [...podMonitors(['istio-system', ...proxies]), ...access(['istio-system', ...proxies]), ...always];

/** Values on the case -> objects. */
const rows: readonly [string, Values, readonly string[]][] = [
  ['Service Mesh 2', {}, [...v2, ...rules('istio-system')]],
  [
    'Service Mesh 3',
    { mesh: { generation: 'v3' } },
    [...podMonitors(['knative-serving-ingress', ...proxies]), ...always, ...rules('knative-serving-ingress')],
  ],
  ['no alerts', { monitoring: { alerts: { enabled: false } } }, v2],
  ['alerts only need metrics', { monitoring: { enabled: false, alerts: { enabled: true } } }, []],
  [
    'your own NetworkPolicies',
    { mesh: { controlPlane: { manageNetworkPolicy: false } }, monitoring: { alerts: { enabled: false } } },
    v2.filter(title => !title.startsWith('NetworkPolicy')),
  ],
  [
    'Kourier: only your namespaces are in the mesh',
    { serving: { ingress: 'kourier' }, monitoring: { alerts: { enabled: false } } },
    [...podMonitors(members), ...access(['istio-system', ...members]), ...always],
  ],
  [
    'an existing control plane keeps its telemetry',
    { mesh: { controlPlane: { create: false } }, monitoring: { alerts: { enabled: false } } },
    v2.filter(title => !title.startsWith('Telemetry')),
  ],
];
for (const [name, change, want] of rows) test(name, () => assert.equal(with_(change), [...want].sort()));

// https://istio.io/latest/docs/reference/config/telemetry/: of a namespace, one without a selector is valid.
for (const generation of ['v2', 'v3'])
  test(`traces as well, ${generation}: one Telemetry of the mesh does both, for Istio heeds no second one`, () => {
    const tracing = { type: 'openTelemetry', collector: { host: 'otel.orders.svc.cluster.local' } };
    const values = mergeValues(caseNamed('monitoring').values, { mesh: { generation, controlPlane: { tracing } } });
    const made = evaluateChart(serverlessMesh, values, release).map(r => r.object);
    const telemetry = made.filter(o => textAt(o, 'kind') === 'Telemetry');
    assert.equal(telemetry.map(titleOf), ['Telemetry istio-system/mesh-default']);
    assert.equal(at(telemetry[0]!, 'spec'), {
      metrics: [{ providers: [{ name: 'prometheus' }] }],
      tracing: [{ providers: [{ name: 'otel' }], randomSamplingPercentage: 1 }],
    });
  });

test('without the value there is none of this', () => {
  const others = rendered.filter(c => c.chart === serverlessMesh && !made.includes(c));
  assert.ok(others.length > 20);
  for (const c of others) assert.equal(ours(goldenObjects(c).map(m => m.object)), [], c.name);
});

test('only the resources of Knative that are wanted must be ready', () => {
  const alerts = (change: Values) =>
    evaluateChart(serverlessMesh, mergeValues(caseNamed('monitoring').values, change), release)
      .map(r => r.object)
      .filter(o => namespaceOf(o) === 'openshift-serverless')
      .flatMap(o => listAt(at(o, 'spec', 'groups', 0), 'rules').map(rule => textAt(rule, 'alert')));
  const off = { enabled: false };
  assert.equal(alerts({}), ['KnativeServingNotReady', 'KnativeEventingNotReady', 'KnativeKafkaNotReady']);
  assert.equal(alerts({ kafka: off }), ['KnativeServingNotReady', 'KnativeEventingNotReady']);
  assert.equal(alerts({ kafka: off, serving: off }), ['KnativeEventingNotReady']);
  assert.equal(alerts({ kafka: off, serving: off, eventing: off }), []);
});

test.run();
