/** Our charts mean what is documented, for random tenants and requests. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TenantValues } from './intended.ts';
import { mutantsOf } from './mutants.ts';
import type { Policy } from './policies.ts';
import { sameMeaning } from './same-meaning.ts';
import { charts, documented, withReplies } from './subjects.ts';

const test = suite('authorization: same meaning');

for (const subject of [withReplies, ...charts])
  test(`${subject.title} and the documented ones give the same answers`, () => {
    const { allowed, denied } = sameMeaning(documented.ofTenant, subject.ofTenant);
    const all = allowed + denied;
    assert.ok(allowed > all / 20 && denied > all / 20, `${allowed} allowed, ${denied} denied`);
  });

/** The documented policies, each without the parts of this name. */
const without =
  (dropped: RegExp) =>
  (values: TenantValues): readonly Policy[] =>
    documented.ofTenant(values).flatMap(policy => {
      const mutant = mutantsOf(policy).find(({ what }) => dropped.test(what));
      return mutant === undefined ? [policy] : mutant.changed === undefined ? [] : [mutant.changed];
    });
for (const dropped of [
  /allow-wait-for-drain$/,
  /allow-from-knative-and-istio rule 2: when$/,
  /to-activator rule 1: to$/,
  /to-activator rule 2: source 1: principals [^ ]+$/,
  /to-imc selector$/,
  /to-job-sink rule 1: operation 2$/,
  /to-imc rule 3: when$/,
])
  test(`a part less is noticed: ${dropped.source}`, () => {
    assert.throws(() => sameMeaning(documented.ofTenant, without(dropped), 1000), /Counterexample/);
  });

test.run();
