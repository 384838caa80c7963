/** Two makers of a tenant's policies must give every request the same answer. */
import fc from 'fast-check';
import { decide } from './evaluator.ts';
import { base, type TenantValues } from './intended.ts';
import type { Policy } from './policies.ts';
import { requests, tenants } from './random.ts';

/** How often a policy decided, and how: a run in which one answer hardly comes proves little. */
export interface Answers {
  allowed: number;
  denied: number;
}

const both = tenants.chain(values =>
  fc.tuple(fc.constant(values), fc.array(requests(values), { minLength: 1, maxLength: 60, size: 'max' })),
);

/** Throws with a small tenant and request on which the two differ. The documented base set stands beside both. */
export function sameMeaning(
  one: (values: TenantValues) => readonly Policy[],
  other: typeof one,
  numRuns = 200,
): Answers {
  const answers: Answers = { allowed: 0, denied: 0 };
  const property = fc.property(both, ([values, calls]) => {
    const beside = base(values.generation, values.mesh);
    const [first, second] = [
      [...beside, ...one(values)],
      [...beside, ...other(values)],
    ];
    for (const call of calls) {
      const want = decide(first, values.mesh.namespace, call);
      const got = decide(second, values.mesh.namespace, call);
      if (want.answer !== got.answer) throw new Error(`${JSON.stringify(call)}: ${JSON.stringify({ want, got })}`);
      if (want.selecting.length > 0) answers[want.answer] += 1;
    }
  });
  fc.assert(property, { numRuns });
  return answers;
}
