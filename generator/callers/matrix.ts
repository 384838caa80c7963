/** Who may call whom: a row for callers that may do the same, a column for pods that the same may call. */
import { GeneratorError } from '../errors.ts';
import { knativeEventing, knativeServing } from '../model/facts/names.ts';
import type { Example } from './example.ts';
import { anyRequest, type Limit, limitOf } from './limits.ts';
import { type Callee, type Caller, calleesOf, callersOf, guards, takes } from './parties.ts';

/** 'open': no policy guards the pods, so that everybody may call them. A list: each allows, and none is nothing. */
export type Cell = 'open' | readonly Limit[];
/** What a group belongs to: a tenant, Knative Serving or Eventing, or nothing of these. */
export interface Group<T> {
  readonly area: string;
  /** Of the tenants' pods: the name of the tenant. */
  readonly tenant?: string | undefined;
  readonly members: readonly T[];
}
export interface Matrix {
  readonly example: Example;
  readonly rows: readonly Group<Caller>[];
  readonly columns: readonly Group<Callee>[];
  /** By row, then by column. */
  readonly cells: readonly (readonly Cell[])[];
}

export function matrixOf(example: Example): Matrix {
  if (example.policies.some(({ namespace }) => namespace === example.meshNamespace))
    throw new GeneratorError(
      `${example.meshNamespace}: holds an AuthorizationPolicy, which is for pods of all namespaces; the picture of the callers cannot show that.`,
    );
  const callers = callersOf(example);
  const callees = calleesOf(example);
  const judge = judgeOf(example);
  const all = callers.map(caller => callees.map(callee => judge(caller, callee)));
  const rows = grouped(callers, example, index => all[index]);
  const columns = grouped(callees, example, index => all.map(row => row[index]));
  const cells = rows.map(row =>
    columns.map(column => all[callers.indexOf(row.members[0]!)]![callees.indexOf(column.members[0]!)]!),
  );
  return { example, rows, columns, cells };
}

/** What the policies that guard a callee allow a caller. */
function judgeOf({ policies, tenants }: Example): (caller: Caller, callee: Callee) => Cell {
  const limits = new Map(policies.flatMap(({ rules }) => rules).map(rule => [rule, limitOf(rule, tenants)]));
  return (caller, callee) => {
    const guarding = policies.filter(policy => guards(policy, callee));
    if (guarding.length === 0) return 'open';
    const rules = guarding.flatMap(({ rules }) => rules).filter(({ from }) => takes(from, caller));
    const allowed = rules.map(rule => limits.get(rule)!);
    if (allowed.some(({ words }) => words === '')) return [anyRequest];
    return [...new Map(allowed.map(limit => [JSON.stringify(limit), limit])).values()];
  };
}

/** Tenants first, then Knative, then the others; those of one area for which everything is the same are one group. */
function grouped<T extends Caller | Callee>(
  all: readonly T[],
  example: Example,
  lookOf: (index: number) => unknown,
): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const [index, one] of all.entries()) {
    const tenant = example.tenants.find(({ namespaces }) => namespaces.includes(one.namespace ?? ''))?.name;
    const area = areaOf(one.namespace, tenant);
    const key = JSON.stringify([area, tenant, lookOf(index)]);
    groups.set(key, { area, tenant, members: [...(groups.get(key)?.members ?? []), one] });
  }
  return [...groups.values()].sort((a, b) => areas.indexOf(a.area) - areas.indexOf(b.area));
}

const areas = ['tenants', knativeServing, knativeEventing, 'others'];
const areaOf = (namespace: string | undefined, tenant: string | undefined): string => {
  if (tenant !== undefined) return 'tenants';
  return namespace === knativeServing || namespace === knativeEventing ? namespace : 'others';
};
