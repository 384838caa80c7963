/** The alerts of a case. */
import { at, listAt, textAt } from '../../generator/cluster/fields.ts';
import { type Case, goldenObjects } from '../chart/cases.ts';

export interface Alert {
  readonly name: string;
  readonly expr: string;
  /** Of the object, which OpenShift adds to the expression. */
  readonly namespace: string;
}

export const ruleObjects = (c: Case): readonly object[] =>
  goldenObjects(c)
    .map(({ object }) => object)
    .filter(({ kind }) => kind === 'PrometheusRule');

export const alertsOf = (c: Case): Alert[] =>
  ruleObjects(c).flatMap(object =>
    listAt(object, 'spec', 'groups')
      .flatMap(group => listAt(group, 'rules'))
      .map(rule => ({
        name: textAt(rule, 'alert'),
        expr: textAt(rule, 'expr'),
        namespace: textAt(at(object, 'metadata'), 'namespace'),
      })),
  );
