/** The alerts and the dashboard of a case. */
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

interface Dashboard {
  readonly rows: readonly {
    readonly panels: readonly {
      readonly title: string;
      readonly type: string;
      readonly span: number;
      readonly targets: readonly { readonly expr: string }[];
    }[];
  }[];
}
export function dashboardOf(c: Case): Dashboard {
  const found = goldenObjects(c).find(({ object }) =>
    textAt(object, 'metadata', 'name').startsWith('grafana-dashboard-'),
  );
  if (found === undefined) throw new Error(`${c.name}: no dashboard`);
  return JSON.parse(textAt(found.object, 'data', 'serverless-mesh.json')) as Dashboard;
}
/** The expressions of its graphs. */
export const graphsOf = (c: Case): string[] =>
  dashboardOf(c).rows.flatMap(({ panels }) => panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)));
