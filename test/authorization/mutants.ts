/** Policies of which one part is dropped: a policy, its selector, a rule, what a rule asks for, or one value of several. */
import type { Condition, Policy, Rule } from './policies.ts';

export interface Mutant {
  /** What was dropped: `knative-serving/allow-x rule 1: source 1: namespaces`. */
  readonly what: string;
  /** What is left of it; undefined: nothing. */
  readonly changed: Policy | undefined;
}
/** A part that is dropped, and what is left. */
type Dropped<T> = readonly [what: string, left: T];

export function mutantsOf(policy: Policy): Mutant[] {
  const name = `${policy.namespace}/${policy.name}`;
  const parts = ofPolicy(policy).map(([what, changed]) => ({ what: `${name} ${what}`, changed }));
  return [{ what: name, changed: undefined }, ...parts];
}

const ofPolicy = (policy: Policy): Dropped<Policy>[] => [
  ...(Object.keys(policy.labels).length === 0 ? [] : [['selector', { ...policy, labels: {} }] as const]),
  ...items(policy.rules, 'rule', ofRule).map(([what, rules]) => [what, { ...policy, rules }] as const),
];

const ofRule = (rule: Rule): Dropped<Rule>[] => [
  ...wholly(rule, 'from', items(rule.from, 'source', fields)),
  ...wholly(rule, 'to', items(rule.to, 'operation', fields)),
  ...wholly(rule, 'when', items(rule.when, 'condition', ofCondition)),
];

/** A part of a rule as a whole, and what is in it; a part that would be left empty asks for nothing, as without it. */
const wholly = <K extends keyof Rule>(rule: Rule, key: K, within: Dropped<Rule[K]>[]): Dropped<Rule>[] => {
  if (rule[key].length === 0) return [];
  const smaller = within.filter(([, left]) => left.length > 0);
  return [[key, { ...rule, [key]: [] }], ...smaller.map(([what, left]) => [what, { ...rule, [key]: left }] as const)];
};

/** Each item, and each part within an item. */
const items = <T>(all: readonly T[], word: string, within: (item: T) => Dropped<T>[]): Dropped<T[]>[] =>
  all.flatMap((item, index) => [
    [`${word} ${index + 1}`, all.toSpliced(index, 1)] as const,
    ...within(item).map(([what, left]) => [`${word} ${index + 1}: ${what}`, all.with(index, left)] as const),
  ]);

/** A field of a source or operation, if it is not the only one, and each value, if it is not the only one. */
const fields = <T extends Readonly<Partial<Record<string, readonly string[]>>>>(item: T): Dropped<T>[] => {
  const given = Object.entries(item) as [string, readonly string[]][];
  return given.flatMap(([key, values]) => {
    const without = Object.fromEntries(given.filter(([other]) => other !== key)) as T;
    const field: Dropped<T>[] = given.length > 1 ? [[key, without]] : [];
    return [...field, ...one(values, key).map(([what, left]) => [what, { ...item, [key]: left }] as const)];
  });
};

const ofCondition = (condition: Condition): Dropped<Condition>[] =>
  one(condition.values, 'values').map(([what, values]) => [what, { ...condition, values }] as const);

const one = (values: readonly string[], word: string): Dropped<readonly string[]>[] =>
  values.length === 1 ? [] : values.map((value, index) => [`${word} ${value}`, values.toSpliced(index, 1)] as const);
