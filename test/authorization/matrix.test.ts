/** Every request of the matrix gets its answer, and every part of every policy is needed for that. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { base, ofTenant, repliesOf, type TenantValues } from './intended.ts';
import { type PoliciesOf, survivors, wrongRows } from './matrix.ts';
import type { Mutant } from './mutants.ts';
import type { Policy } from './policies.ts';
import { type Mode, mesh, modes, type Tenant, tenants } from './world.ts';

const test = suite('authorization: matrix');

/** Parts that no row can need, and why they are there. */
const redundant: readonly (readonly [why: string, is: (mutant: Mutant, was: Policy) => boolean])[] = [
  [
    'namespaces beside principals: a principal has its namespace in it; the documented policies name both',
    ({ what, changed }, was) =>
      / rule \d+: source \d+: namespaces$/.test(what) &&
      changed !== undefined &&
      was.rules.every(({ from }) => from.every(({ principals }) => principals?.every(inEventing) ?? true)),
  ],
];
const inEventing = (principal: string) => principal.includes('/ns/knative-eventing/sa/');

/** Adds the tests of one set of policies. */
function holds(title: string, policiesOf: PoliciesOf): void {
  for (const mode of modes) {
    const name = `${title}, ${mode.generation}, tenants: ${mode.tenants}`;
    test(`${name}: each request gets its answer`, () => {
      assert.is(wrongRows(policiesOf(mode), mode).join('\n'), '');
    });
    test(`${name}: without any one part a request gets another answer`, () => {
      const policies = policiesOf(mode);
      const needless = survivors(policies, mode).filter(
        mutant => !redundant.some(([, is]) => is(mutant, policies[mutant.index]!)),
      );
      assert.is(needless.map(({ what }) => what).join('\n'), '');
    });
  }
}

const valuesOf = ({ namespacePrefix, ...tenant }: Tenant, mode: Mode): TenantValues => ({
  ...tenant,
  ...(mode.tenants === 'prefix' ? { namespacePrefix } : {}),
  mesh,
  serving: true,
  eventing: true,
  kafka: true,
});
const withTenants = (mode: Mode, policiesOf: (values: TenantValues) => Policy[]): Policy[] => [
  ...base(mode.generation, mesh),
  ...(mode.tenants === 'none' ? [] : tenants.flatMap(tenant => policiesOf(valuesOf(tenant, mode)))),
];
holds('the documented policies without the replies', mode => withTenants(mode, ofTenant));

test('each part that is called redundant is one', () => {
  const policies = withTenants({ generation: 'v3', tenants: 'list' }, ofTenant);
  const left = survivors(policies, { generation: 'v3', tenants: 'list' });
  for (const [why, is] of redundant)
    assert.ok(
      left.some(mutant => is(mutant, policies[mutant.index]!)),
      why,
    );
});

for (const mode of modes) {
  test(`the documented policies with the replies, ${mode.generation}, tenants: ${mode.tenants}`, () => {
    const policies = withTenants(mode, values => [...ofTenant(values), ...repliesOf(values)]);
    assert.is(wrongRows(policies, mode).join('\n'), '');
  });
}

test.run();
