/** Holds policies against the rows, and tells which part of a policy no row needs. */
import { answerOf, asEnvoySees, type Call, decide, type Judgement, judge, together } from './evaluator.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import type { Policy } from './policies.ts';
import { rowsOf } from './requests.ts';
import { type Mode, mesh, wanted } from './world.ts';

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
  return policies.flatMap((policy, index) => {
    // Only what one policy is to a request has changed, and only pods of its namespace notice.
    const near = rows
      .filter(({ hops }) => hops.some(({ hop }) => hop.to.namespace === policy.namespace))
      .map(({ open, hops }) => ({
        open,
        hops: hops.map(({ hop, judged }) => ({ hop, others: together(judged.toSpliced(index, 1)) })),
      }));
    const allows = (changed: Policy | undefined, hop: Call, others: Judgement) =>
      others === 'matches' ||
      answerOf(together([others, changed ? judge(changed, mesh.namespace, hop) : 'other'])) === 'allowed';
    return mutantsOf(policy).filter(({ changed }) =>
      near.every(({ open, hops }) => hops.every(({ hop, others }) => allows(changed, hop, others)) === open),
    );
  });
}
