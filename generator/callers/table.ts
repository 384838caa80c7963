/** The same as the picture in words, rule by rule: who may call what, when, and which policy says so. */
import { table } from '../emit/markdown.ts';
import type { Example, Generation, Tenant } from './example.ts';
import { collapsed, limitOf } from './limits.ts';
import { matrixOf } from './matrix.ts';
import { accountOf, podsOf } from './parties.ts';
import type { Policy, Rule, Source } from './policies.ts';
import { calleeTitle } from './titles.ts';

interface Row {
  readonly caller: string;
  readonly limit: string;
  readonly namespace: string;
  readonly pods: readonly string[];
  readonly policies: readonly string[];
}

/** One table for all examples: rows that not all of them have say which. */
export function tableOf(examples: readonly Example[]): string {
  const rows = new Map<string, Generation[]>();
  for (const example of examples)
    for (const { caller, limit, namespace, pods, policies } of [...rowsOf(example), ...unguarded(example)]) {
      const cells = [caller, `${pods.join(', ')}${namespace}`, limit, oneName(policies, pods)];
      const key = JSON.stringify(cells);
      rows.set(key, [...(rows.get(key) ?? []), example.generation]);
    }
  const words = (found: readonly Generation[]) => found.map(one => one.slice(1)).join(', ');
  return table(
    ['Caller', 'May call', 'Limit', 'Policy', 'Service Mesh'],
    [...rows].map(([key, found]) => [...(JSON.parse(key) as string[]), words(found)]),
  );
}

/** The rules of all policies; those that each tenant has alike are there once, for the tenant T. */
function rowsOf({ policies, tenants }: Example): Row[] {
  const own = policies.flatMap(policy => rowsOfPolicy(policy, tenants));
  const merged = new Map<string, Row>();
  for (const row of own) {
    const key = JSON.stringify([row.caller, row.limit, row.namespace]);
    const before = merged.get(key) ?? { ...row, pods: [], policies: [] };
    merged.set(key, {
      ...before,
      pods: [...new Set([...before.pods, ...row.pods])],
      policies: [...new Set([...before.policies, ...row.policies])],
    });
  }
  return alike([...merged.values()], tenants);
}

/** Rows in which a tenant stands as `{a}`, with T in place of it if every tenant has the row. */
function alike(rows: readonly Row[], tenants: readonly Tenant[]): Row[] {
  const written = rows.map(row => JSON.stringify(row));
  const replaced = (row: string, name: string, by: string) => row.replaceAll(`{${name}}`, by);
  const lines = written.map(row => {
    const owner = tenants.find(({ name }) => row.includes(`{${name}}`));
    if (owner === undefined) return row;
    const isEverywhere = tenants.every(({ name }) => written.includes(replaced(row, owner.name, `{${name}}`)));
    return tenants.reduce((text, { name }) => replaced(text, name, isEverywhere ? 'T' : name), row);
  });
  return [...new Set(lines)].map(line => JSON.parse(line) as Row);
}

function rowsOfPolicy(policy: Policy, tenants: readonly Tenant[]): Row[] {
  const owner = tenants.find(({ namespaces }) => namespaces.includes(policy.namespace));
  const name = tenants.reduce(
    (text, tenant) => text.replace(new RegExp(`^allow-${tenant.name}(?=-to-|$)`), `allow-{${tenant.name}}`),
    policy.name,
  );
  const pods = podsOf(policy);
  const shared = {
    namespace: owner === undefined ? ` in \`${policy.namespace}\`` : `pods of tenant {${owner.name}}`,
    pods: owner !== undefined ? [] : [pods === undefined ? 'any other pod' : `\`${pods}\``],
    policies: [`\`${name}\``],
  };
  if (policy.rules.length === 0) return [{ ...shared, caller: 'nobody', limit: 'any request' }];
  return policy.rules.map(rule => ({
    ...shared,
    caller: rule.from.length === 0 ? 'everybody' : rule.from.map(one => sourceWords(one, tenants)).join('; '),
    limit: limitWords(rule, tenants),
  }));
}

function sourceWords({ namespaces, principals }: Source, tenants: readonly Tenant[]): string {
  const accounts = principals?.map(accountOf);
  const within = new Set(accounts?.map(({ namespace }) => namespace));
  const given = namespaces?.every(namespace => within.has(namespace)) ? [] : collapsed(namespaces ?? [], tenants);
  const names = given.map(name => (name.startsWith('{') ? `tenant ${name}` : `\`${name}\``));
  const ofThem = accounts?.map(({ namespace, account }) => `\`${namespace}/${account}\``).join(', ');
  return [ofThem, names.join(', ')].filter(words => words).join(' and of ');
}

function limitWords(rule: Rule, tenants: readonly Tenant[]): string {
  const { words, tenants: named } = limitOf(rule, tenants, value => `\`${value}\``);
  if (words === '') return 'any request';
  return named.length === 0
    ? words
    : `${words}, where N is a namespace of ${named.map(name => `{${name}}`).join(', ')}`;
}

/** Pods without any policy: everybody may call them. */
function unguarded(example: Example): Row[] {
  const matrix = matrixOf(example);
  return matrix.columns
    .filter((_, column) => matrix.cells.every(row => row[column] === 'open'))
    .map(column => ({
      caller: 'everybody',
      pods: calleeTitle(column, matrix).details,
      namespace: '',
      limit: 'any request',
      policies: ['none guards them'],
    }));
}

/** Policies whose names differ only by the pods that they are for are written once, with POD for these. */
function oneName(policies: readonly string[], pods: readonly string[]): string {
  const names = pods.map(pod => pod.slice(1, -1));
  const short = new Set(policies.map(policy => names.reduce((text, pod) => text.replace(pod, 'POD'), policy)));
  return policies.length > 1 && short.size === 1 ? [...short][0]! : policies.join(', ');
}
