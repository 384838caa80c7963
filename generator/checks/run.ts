/** Runs checks. A check that could not look is never ok. */
import type { Cluster } from '../cluster/cluster.ts';
import { Unseen } from '../cluster/unseen.ts';
import type { Blind, Check, Finding } from './check.ts';
import type { Plan } from './plan.ts';

export type State = 'ok' | 'finding' | 'could not look';
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly looksAt: string;
  readonly source: string;
  readonly essential: boolean;
  readonly state: State;
  readonly findings: readonly Finding[];
  readonly unseen: readonly Blind[];
  readonly facts: readonly string[];
}

/** One result for each check that concerns the plan, in their order. `done` hears of each as it ends. */
export function runChecks(
  checks: readonly Check[],
  cluster: Cluster,
  plan: Plan,
  done: (result: Result) => void = () => undefined,
): Promise<Result[]> {
  const concerned = checks.filter(({ concerns }) => concerns?.(plan) ?? true);
  return Promise.all(
    concerned.map(async check => {
      const result = await runCheck(check, cluster, plan);
      done(result);
      return result;
    }),
  );
}

async function runCheck(check: Check, cluster: Cluster, plan: Plan): Promise<Result> {
  const findings: Finding[] = [];
  const unseen: Blind[] = [];
  const facts: string[] = [];
  try {
    for await (const said of check.run(cluster, plan))
      if ('finding' in said) findings.push(said);
      else if ('unseen' in said) unseen.push(said);
      else facts.push(said.fact);
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    unseen.push({ unseen: error.message, remedy: error.remedy });
  }
  const state: State = findings.length > 0 ? 'finding' : unseen.length > 0 ? 'could not look' : 'ok';
  const { id, title, looksAt, source, essential } = check;
  return { id, title, looksAt, source, essential: essential ?? true, state, findings, unseen, facts };
}

/** 1 where something is wrong, or something essential was not seen. */
export const statusOf = (results: readonly Result[]): 0 | 1 =>
  results.some(r => r.state === 'finding' || (r.essential && r.unseen.length > 0)) ? 1 : 0;
