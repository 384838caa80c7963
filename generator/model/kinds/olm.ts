/** Operator Lifecycle Manager. Source: https://github.com/operator-framework/api, folder crds. */
import { type Static, Type } from 'typebox';
import { kind } from './kind.ts';

export const Subscription = kind('operators.coreos.com/v1alpha1', 'Subscription', {
  channel: Type.String(),
  name: Type.String(),
  source: Type.String(),
  sourceNamespace: Type.String(),
  installPlanApproval: Type.Union([Type.Literal('Automatic'), Type.Literal('Manual')], { type: 'string' }),
  startingCSV: Type.Optional(Type.String()),
});
export type Subscription = Static<typeof Subscription>;

/** Without target namespaces: for operators that watch all of them. */
export const OperatorGroup = kind('operators.coreos.com/v1', 'OperatorGroup', {});
export type OperatorGroup = Static<typeof OperatorGroup>;
