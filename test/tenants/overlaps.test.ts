import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { overlaps } from '../../generator/tenants/overlaps.ts';
import type { Tenant } from '../../generator/tenants/tenant.ts';
import { pathText, type ValuePath } from '../../generator/values/path.ts';

const test = suite('tenants: overlaps');

interface Given {
  readonly namespaces: readonly string[];
  readonly namespacePrefix: string;
}

const tenantsOf = (given: readonly Given[]): Tenant[] =>
  given.map((values, index) => {
    const own = (path: ValuePath) => ({ file: 't.yaml', path: pathText(['tenants', index, ...path]) });
    return { name: `t${index}`, values: { ...values }, broken: new Set<string>(), own, source: own };
  });

/** `1.0 both 0`: namespace 0 of tenant 1 is one of tenant 0; `1.0 inside 2`: it is inside tenant 2; `1 prefix 2`. */
const found = (given: readonly Given[]): string[] =>
  overlaps(tenantsOf(given)).map(({ path, message }) => {
    const [, tenant, namespace] = /^tenants\[(\d+)\]\.namespace(?:s\[(\d+)\]|Prefix)$/.exec(path) ?? [];
    const [, other] = /tenant t(\d+)/.exec(message) ?? [];
    const kind = namespace === undefined ? 'prefix' : message.includes('is a namespace of') ? 'both' : 'inside';
    return `${[tenant, namespace].filter(Boolean).join('.')} ${kind} ${other}`;
  });

/** The same by comparing each tenant with each other one. */
function expected(given: readonly Given[]): string[] {
  const firstWith = (prefix: string, except?: number) =>
    given.findIndex((g, k) => k !== except && g.namespacePrefix === prefix);
  return given.flatMap(({ namespaces, namespacePrefix: own }, i) => [
    ...namespaces.flatMap((name, j) => {
      const both = given.findIndex((g, k) => k < i && g.namespaces.includes(name));
      const inside = given.flatMap(({ namespacePrefix: prefix }, k) => {
        if (k === i || k === both || prefix === '' || !name.startsWith(prefix) || firstWith(prefix, i) !== k) return [];
        // Then the prefixes say it.
        return own !== '' && name.startsWith(own) && own.startsWith(prefix) ? [] : [`${i}.${j} inside ${k}`];
      });
      return [...(both === -1 ? [] : [`${i}.${j} both ${both}`]), ...inside];
    }),
    ...given.flatMap(({ namespacePrefix: prefix }, k) =>
      k !== i && prefix !== '' && own.startsWith(prefix) && firstWith(prefix) === k ? [`${i} prefix ${k}`] : [],
    ),
  ]);
}

/** Whether two tenants have anything in common: a name, or all names with a prefix. */
const meet = (a: Given, b: Given): boolean => {
  const has = ({ namespaces, namespacePrefix: p }: Given, name: string) =>
    namespaces.includes(name) || (p !== '' && name.startsWith(p));
  const [p, q] = [a.namespacePrefix, b.namespacePrefix];
  const prefixes = p !== '' && q !== '' && (p.startsWith(q) || q.startsWith(p));
  return prefixes || a.namespaces.some(name => has(b, name)) || b.namespaces.some(name => has(a, name));
};

const parts = fc.array(fc.constantFrom('a', 'b', 'ab', '0'), { minLength: 1, maxLength: 4 });
const name = parts.map(all => all.join('-'));
const prefix = fc.option(parts, { nil: [] }).map(all => all.map(part => `${part}-`).join(''));
const tenant: fc.Arbitrary<Given> = fc
  .record({
    own: prefix,
    given: fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
    loose: fc.integer({ max: 3, min: 0 }),
  })
  .map(({ own, given, loose }) => ({
    namespacePrefix: own,
    // Mostly as the chart wants them; some are outside the prefix.
    namespaces: [...new Set(given.map((name, i) => (i === loose ? name : `${own}${name}`)))],
  }));
const lists = fc.array(tenant, { minLength: 1, maxLength: 8 });

test('finds exactly what comparing each with each finds', () => {
  const kinds = new Map<string, number>();
  fc.assert(
    fc.property(lists, given => {
      const want = expected(given).sort();
      for (const finding of want) {
        const kind = finding.split(' ')[1]!;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      assert.equal(found(given).sort(), want);
    }),
    { numRuns: 3000, seed: 6 },
  );
  for (const kind of ['both', 'inside', 'prefix'])
    assert.ok((kinds.get(kind) ?? 0) > 100, `${kind}: ${kinds.get(kind)}`);
});

test('finds nothing where no two tenants meet, and something where two do', () => {
  let [meeting, apart] = [0, 0];
  fc.assert(
    fc.property(fc.array(tenant, { minLength: 2, maxLength: 3 }), given => {
      const any = given.some((a, i) => given.some((b, k) => i < k && meet(a, b)));
      if (any) meeting += 1;
      else apart += 1;
      assert.is(found(given).length > 0, any);
    }),
    { numRuns: 3000, seed: 7 },
  );
  assert.ok(meeting > 300 && apart > 300, `${meeting} meet, ${apart} do not`);
});

test('thousands of tenants and tens of thousands of namespaces take seconds', () => {
  const given = Array.from({ length: 5000 }, (_, i) => ({
    namespacePrefix: i % 2 === 0 ? `team-${i}-` : '',
    namespaces: Array.from({ length: 10 }, (_, j) => `team-${i}-${j}`),
  }));
  const started = performance.now();
  assert.equal(found(given), []);
  // Each with each would be 2,500,000,000 comparisons.
  assert.ok(performance.now() - started < 5000);
});

test.run();
