/** Holds policies against the rows, and tells which part of a policy no row needs. */
import { answerOf, asEnvoySees, type Call, decide, judge } from './evaluator.ts';
import { type Mutant, mutants } from './mutants.ts';
import type { Policy } from './policies.ts';
import { rowsOf } from './requests.ts';
import { type Mode, mesh, wanted } from './world.ts';

/** The policies of a mode, of whatever made them. */
export type PoliciesOf = (mode: Mode) => readonly Policy[];

/** The rows of the mode whose answer is not the one wanted, with the policies behind the answer. */
export function wrongRows(policies: readonly Policy[], mode: Mode): string[] {
  return rowsOf(mode).flatMap(row => {
    const want = wanted(row, mode);
    const decisions = row.hops.map(hop => decide(policies, mesh.namespace, hop));
    if (decisions.every(({ answer }) => answer === 'allowed') === (want === 'allowed')) return [];
    const behind = decisions.map(
      ({ answer, selecting, matching }) =>
        `${answer}, selected by ${selecting.join(', ') || 'none'}, matched by ${matching.join(', ') || 'none'}`,
    );
    return [`${row.title}: want ${want}: ${behind.join('; then ')}`];
  });
}

/** The mutants of these policies for which every row of the mode stays as wanted. The rows must be right for the policies. */
export function survivors(policies: readonly Policy[], mode: Mode): Mutant[] {
  const rows = rowsOf(mode).map(row => ({
    open: wanted(row, mode) === 'allowed',
    hops: row.hops.map(asEnvoySees).map(hop => ({ hop, judged: policies.map(one => judge(one, mesh.namespace, hop)) })),
  }));
  return mutants(policies).filter(({ index, changed }) => {
    // Only what one policy is to a request has changed.
    const allows = (hop: Call, judged: ReturnType<typeof judge>[]) =>
      answerOf(judged.with(index, changed === undefined ? 'other' : judge(changed, mesh.namespace, hop))) === 'allowed';
    const { namespace } = policies[index]!;
    return rows.every(
      ({ open, hops }) =>
        hops.every(({ hop }) => hop.to.namespace !== namespace) ||
        hops.every(({ hop, judged }) => allows(hop, judged)) === open,
    );
  });
}
