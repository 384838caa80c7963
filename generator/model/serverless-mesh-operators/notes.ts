/** NOTES.txt: how to approve, how to see that the operators work, and how to remove them. */
import { and, eq, or } from '../../gotmpl/functions.ts';
import { type Expr, fmt, when } from '../../gotmpl/index.ts';
import type { TextLine } from '../chart.ts';
import { meshOperatorNamespace, serverlessOperatorNamespace, serverlessPackage } from '../facts/operators.ts';
import { release } from '../release.ts';
import { meshPackage, v } from './values.ts';

interface Operator {
  readonly wanted: Expr<boolean>;
  readonly name: string | Expr<string>;
  readonly namespace: string;
}
const operators: readonly Operator[] = [
  { wanted: v.serverless.enabled, name: serverlessPackage, namespace: serverlessOperatorNamespace },
  { wanted: v.mesh.enabled, name: meshPackage, namespace: meshOperatorNamespace },
];
const ofEach = (lines: (operator: Operator) => readonly TextLine[]): readonly TextLine[] =>
  operators.map(operator => when(operator.wanted, lines(operator)));
const approve: readonly TextLine[] = [
  '',
  'OLM installs nothing before you approve its InstallPlan, now and for each upgrade. Read what it holds first, for one',
  'InstallPlan may be for several operators of its namespace (spec.clusterServiceVersionNames):',
  ...ofEach(({ namespace }) => [`  oc get installplans -n ${namespace}`]),
  ...ofEach(({ name, namespace }) => [
    fmt`  oc patch installplan -n ${namespace} "$(oc get subscriptions.operators.coreos.com -n ${namespace} ${name} -o jsonpath='{.status.installPlanRef.name}')" --type merge -p '{"spec": {"approved": true} }'`,
  ]),
];

const wait: readonly TextLine[] = [
  '',
  'Whether the operators work, and what keeps them from it; helm test waits some minutes:',
  fmt`  helm test ${release.Name} -n ${release.Namespace}`,
  fmt`  oc logs -n ${release.Namespace} job/${release.Name}-test`,
  '',
  'Helm does not wait for the operators. Each works when its ClusterServiceVersion is Succeeded, after some minutes:',
  when(
    eq(v.installPlanApproval, 'Automatic'),
    ofEach(({ name, namespace }) => [
      fmt`  oc wait -n ${namespace} subscriptions.operators.coreos.com/${name} --for=jsonpath='{.status.state}'=AtLatestKnown --timeout=10m`,
    ]),
  ),
  // OLM labels the version that a Subscription has installed: pkg/controller/operators/adoption_controller.go.
  ...ofEach(({ name, namespace }) => [
    fmt`  oc wait -n ${namespace} csv -l operators.coreos.com/${name}.${namespace} --for=jsonpath='{.status.phase}'=Succeeded --timeout=10m`,
  ]),
  'Where none comes, the Subscription says why:',
  ...ofEach(({ name, namespace }) => [fmt`  oc describe -n ${namespace} subscriptions.operators.coreos.com ${name}`]),
  'When both operators work, install the chart serverless-mesh; the command serverless-mesh preflight says whether the cluster is ready.',
];

const upgradesAtOnce: readonly TextLine[] = [
  '',
  'startingCSV is only where OLM begins: with installPlanApproval Automatic it upgrades to the newest of the channel at once.',
  'To stay on that version, set installPlanApproval to Manual.',
];

const generations: readonly TextLine[] = [
  '',
  'While the operators of Service Mesh 2 and 3 are both installed, as a migration needs, each namespace must belong to one of',
  'them: label those of Service Mesh 3 with maistra.io/ignore-namespace: "true". Keep the Subscription of Service Mesh 2 until',
  'the migration is over: install this chart a second time, with serverless.enabled false, for the other generation.',
];

const uninstall: readonly TextLine[] = [
  '',
  'Before you uninstall this release, uninstall the chart serverless-mesh: its resources are removed by these operators. Helm then',
  'removes the Subscriptions, but OLM leaves the operators running. Delete their versions as well, or a later Subscription',
  'is stuck beside them:',
  fmt`  helm uninstall ${release.Name} -n ${release.Namespace}`,
  ...ofEach(({ name, namespace }) => [
    fmt`  oc delete csv -n ${namespace} -l operators.coreos.com/${name}.${namespace}`,
  ]),
  when(v.serverless.enabled, [`Namespace ${serverlessOperatorNamespace} and its OperatorGroup stay.`]),
];

export const notes: readonly TextLine[] = [
  fmt`Subscriptions of release ${release.Name}, from the catalog ${v.catalogSource}:`,
  when(v.serverless.enabled, [
    fmt`  OpenShift Serverless, package ${serverlessPackage}, channel ${v.serverless.channel}, in ${serverlessOperatorNamespace}`,
  ]),
  when(v.mesh.enabled, [
    fmt`  OpenShift Service Mesh, package ${meshPackage}, channel ${v.mesh.channel}, in ${meshOperatorNamespace}`,
  ]),
  when(eq(v.installPlanApproval, 'Manual'), approve),
  ...wait,
  when(
    and(
      eq(v.installPlanApproval, 'Automatic'),
      or(and(v.serverless.enabled, v.serverless.startingCSV), and(v.mesh.enabled, v.mesh.startingCSV)),
    ),
    upgradesAtOnce,
  ),
  when(v.mesh.enabled, generations),
  ...uninstall,
];
