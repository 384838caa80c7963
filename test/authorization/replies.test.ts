/** The two policies of domain.md 3.2 about replies allow nothing that the policies of the receivers do not: a chart needs none. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofTenant, repliesOf } from './intended.ts';
import type { Rule } from './policies.ts';
import { less } from './rows/parts.ts';
import { allParts, valuesOf } from './subjects.ts';
import { modes, tenants } from './world.ts';

const test = suite('authorization: replies');

type Fields = Readonly<Partial<Record<string, readonly string[]>>>;
const subset = (some: readonly string[] | undefined, all: readonly string[]) =>
  some?.every(value => all.includes(value)) ?? false;
/** Whatever matches `narrow` matches `wide`: each field that `wide` asks for, `narrow` asks for with no value more. */
const within = (narrow: Fields, wide: Fields) =>
  Object.entries(wide).every(([field, values]) => subset(narrow[field], values ?? []));
const anyWithin = (narrow: readonly Fields[], wide: readonly Fields[]) =>
  wide.length === 0 || (narrow.length > 0 && narrow.every(one => wide.some(other => within(one, other))));
const ruleWithin = (narrow: Rule, wide: Rule) =>
  anyWithin(narrow.from as readonly Fields[], wide.from as readonly Fields[]) &&
  anyWithin(narrow.to as readonly Fields[], wide.to as readonly Fields[]) &&
  wide.when.every(({ header, values }) => narrow.when.some(one => one.header === header && subset(one.values, values)));

for (const mode of modes.filter(({ tenants }) => tenants !== 'none'))
  for (const [without, parts] of [['nothing', allParts] as const, ...less])
    test(`${JSON.stringify(mode)} without ${without}`, () => {
      for (const tenant of tenants) {
        const values = valuesOf(tenant, mode, parts);
        const replies = repliesOf(values);
        assert.is(replies.length, Number(parts.eventing) + Number(parts.kafka));
        for (const { namespace, labels, rules, name } of replies) {
          const receiver = ofTenant(values).filter(
            policy => policy.namespace === namespace && JSON.stringify(policy.labels) === JSON.stringify(labels),
          );
          for (const rule of rules)
            assert.ok(
              receiver.some(policy => policy.rules.some(wide => ruleWithin(rule, wide))),
              name,
            );
        }
      }
    });

test('a rule is not within one that asks for more', () => {
  const wide: Rule = {
    from: [{ namespaces: ['a', 'b'] }],
    to: [{ paths: ['/a/*'] }],
    when: [{ header: 'T', values: ['x', 'y'] }],
  };
  const rows: readonly (readonly [Partial<Rule>, boolean])[] = [
    [{}, true],
    [{ from: [{ namespaces: ['a'], principals: ['p'] }], when: [{ header: 'T', values: ['y'] }] }, true],
    [{ from: [] }, false],
    [{ from: [{ principals: ['p'] }] }, false],
    [{ from: [{ namespaces: ['a', 'c'] }] }, false],
    [{ from: [{ namespaces: ['a'] }, { namespaces: ['c'] }] }, false],
    [{ to: [{ methods: ['GET'] }] }, false],
    [{ when: [] }, false],
    [{ when: [{ header: 'T', values: ['z'] }] }, false],
  ];
  for (const [change, want] of rows) assert.is(ruleWithin({ ...wide, ...change }, wide), want, JSON.stringify(change));
});

test.run();
