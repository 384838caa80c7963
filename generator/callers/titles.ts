/** What groups of callers and of pods are called. */
import type { Group, Matrix } from './matrix.ts';
import type { Callee, Caller } from './parties.ts';

/** A name in bold, and below it what it takes in. */
export interface Title {
  readonly name: string;
  readonly details: readonly string[];
}

export function callerTitle({ area, tenant, members }: Group<Caller>, { rows, example }: Matrix): Title {
  if (tenant !== undefined) return { name: `tenant ${tenant}`, details: members.map(({ namespace }) => namespace!) };
  const hasAccounts = rows.some(row => row.area === area && row.members.some(({ account }) => account !== undefined));
  const details = members.map(({ namespace, account, identity }) => {
    if (account !== undefined) return account;
    if (!identity) return 'no certificate of the mesh';
    if (namespace === undefined) return 'any other namespace';
    return hasAccounts ? 'any other account' : `every pod of ${namespace}`;
  });
  if (members[0]?.namespace === example.gatewayNamespace) return { name: 'ingress gateway', details };
  return { name: area === 'others' ? 'everybody else' : area, details };
}

export function calleeTitle({ area, tenant, members }: Group<Callee>, { example }: Matrix): Title {
  if (tenant !== undefined)
    return { name: area, details: [`tenant ${tenant}: ${members.map(({ namespace }) => namespace).join(', ')}`] };
  const details = members.map(({ namespace, pods }) => {
    if (namespace === undefined) return 'any other namespace';
    if (namespace === example.gatewayNamespace) return pods === undefined ? `rest of ${namespace}` : 'ingress gateway';
    return pods ?? 'any other pod';
  });
  return { name: area, details };
}
