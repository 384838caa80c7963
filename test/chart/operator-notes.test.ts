/** What NOTES of serverless-mesh-operators say for which values: the commands that fit, and no others. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { evaluateNotes } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { release } from './cases.ts';

const test = suite('chart/operator-notes');
const base = defaults(serverlessMeshOperators.values as Schema) as Values;
const notesFor = (given: Values) => evaluateNotes(serverlessMeshOperators, mergeValues(base, given), release);

const serverless = 'openshift-serverless -l operators.coreos.com/serverless-operator.openshift-serverless';
const mesh2 = 'openshift-operators -l operators.coreos.com/servicemeshoperator.openshift-operators';
const mesh3 = 'openshift-operators -l operators.coreos.com/servicemeshoperator3.openshift-operators';
const remove = (what: string) => `\n  oc delete csv -n ${what}\n`;
const waitFor = (place: string, what: string) =>
  `\n  oc wait -n ${place} subscriptions.operators.coreos.com/${what} --for=jsonpath='{.status.state}'=AtLatestKnown --timeout=10m\n`;
const approve = (place: string, what: string) =>
  `\n  oc patch installplan -n ${place} "$(oc get subscriptions.operators.coreos.com -n ${place} ${what} -o jsonpath='{.status.installPlanRef.name}')" --type merge -p '{"spec": {"approved": true} }'\n`;
const begins = 'startingCSV is only where OLM begins';
const namespaces = 'label those of Service Mesh 3 with maistra.io/ignore-namespace: "true"';
const stays = 'Namespace openshift-serverless and its OperatorGroup stay.\n';

const rows: readonly (readonly [name: string, given: Values, has: readonly string[], lacks: readonly string[]])[] = [
  [
    'defaults',
    {},
    [
      ...[remove(serverless), remove(mesh2), waitFor('openshift-serverless', 'serverless-operator')],
      ...[waitFor('openshift-operators', 'servicemeshoperator'), namespaces, stays],
      `\n  helm uninstall ${release.name} -n ${release.namespace}\n`,
    ],
    ['oc patch', begins, 'servicemeshoperator3'],
  ],
  [
    'manual approval, Service Mesh 3',
    {
      installPlanApproval: 'Manual',
      serverless: { startingCSV: 'serverless-operator.v1.37.0' },
      mesh: { generation: 'v3' },
    },
    [
      ...[
        approve('openshift-serverless', 'serverless-operator'),
        approve('openshift-operators', 'servicemeshoperator3'),
      ],
      ...[remove(mesh3), '\n  oc get installplans -n openshift-operators\n'],
    ],
    [begins, 'AtLatestKnown', 'servicemeshoperator '],
  ],
  ['a first version that OLM leaves at once', { mesh: { startingCSV: 'servicemeshoperator.v2.6.5' } }, [begins], []],
  [
    'a first version of what is not installed',
    { mesh: { enabled: false, startingCSV: 'servicemeshoperator.v2.6.5' } },
    [remove(serverless)],
    [begins, 'openshift-operators', namespaces],
  ],
  [
    'Service Mesh alone',
    { serverless: { enabled: false } },
    [remove(mesh2), namespaces],
    ['-n openshift-serverless', stays],
  ],
];
for (const [name, given, has, lacks] of rows)
  test(name, () => {
    const notes = notesFor(given);
    for (const text of has) assert.ok(notes.includes(text), `lacks ${text}\n${notes}`);
    for (const text of lacks) assert.not.ok(notes.includes(text), `has ${text}\n${notes}`);
  });

test('they name the other chart, which must go first', () => {
  assert.match(notesFor({}), 'Before you uninstall this release, uninstall the chart serverless-mesh:');
});

test.run();
