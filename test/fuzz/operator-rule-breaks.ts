/** For each rule of serverless-mesh-operators a small change that breaks it, and no rule that stands before it. */
import type { OperatorValues } from '../../values-schema/operators/index.ts';
import type { BreakRule } from './rule-breaks.ts';

type Break = BreakRule<OperatorValues>;
const below37 = ['0', '9', '10', '36'];
/** Both operators, Service Mesh 3, nothing of version or channel. */
const plain = ({ serverless, mesh }: OperatorValues): void => {
  Object.assign(serverless, { enabled: true, channel: 'stable', startingCSV: '' });
  Object.assign(mesh, { enabled: true, generation: 'v3', channel: 'stable', startingCSV: '' });
};
const meanings = ['operators.coreos.com/a', 'olm.copiedFrom', 'helm.sh/hook', 'a.operatorframework.io/b'];

/** In the order of the rules. */
export const operatorRuleBreaks: readonly Break[] = [
  ({ serverless, mesh }) => {
    serverless.enabled = false;
    mesh.enabled = false;
  },
  (values, d) => {
    plain(values);
    values.serverless.channel = `stable-1.${d.pick(below37)}`;
  },
  (values, d) => {
    plain(values);
    values.serverless.startingCSV = `serverless-operator.v1.${d.pick(below37)}.0`;
  },
  (values, d) => {
    plain(values);
    values.mesh.channel = d.pick(['stable-2.6', '1.0', 'stable-1.1', 'stable-2']);
  },
  (values, d) => {
    plain(values);
    Object.assign(values.mesh, { generation: 'v2', channel: d.pick(['stable-3', 'stable-3.1']) });
  },
  (values, d) => {
    plain(values);
    const [generation, startingCSV] = d.pick([
      ['v2', 'servicemeshoperator3.v3.1.0'],
      ['v3', 'servicemeshoperator.v2.6.5'],
    ] as const);
    Object.assign(values.mesh, { generation, startingCSV });
  },
  ({ commonLabels }, d) => {
    commonLabels[d.pick([...meanings, 'app', 'app.kubernetes.io/name'])] = 'a';
  },
  ({ commonAnnotations }, d) => {
    commonAnnotations[d.pick(meanings)] = 'a';
  },
];
