/** What a check is, and what it says. */
import type { Cluster } from '../cluster/cluster.ts';
import { Unseen } from '../cluster/unseen.ts';
import type { Plan } from './plan.ts';

/** Something that is wrong, and one line that says what to do. */
export interface Finding {
  readonly finding: string;
  readonly remedy: string;
}
/** Something that could not be looked at, why, and one line that says what to do. */
export interface Blind {
  readonly unseen: string;
  readonly remedy: string;
}
/** Something worth knowing that is not wrong. */
export interface Fact {
  readonly fact: string;
}
export type Said = Finding | Blind | Fact;

/** One row: looks at the cluster, and says what is wrong. Says nothing where all is well. */
export interface Check {
  readonly id: string;
  /** What holds when it is ok. */
  readonly title: string;
  /** The kinds and namespaces that it reads. */
  readonly looksAt: string;
  readonly source: string;
  /** False where the integration works without it: not having seen it is then no failure. */
  readonly essential?: false;
  /** It takes time after an install: verify --timeout looks again. */
  readonly settles?: true;
  /** Whether it concerns these values; always, without it. */
  readonly concerns?: (plan: Plan) => boolean;
  /** Throws `Unseen` where it could not look. */
  readonly run: (cluster: Cluster, plan: Plan) => AsyncIterable<Said>;
}

/** Goes on with the rest of a check where one part of it could not be seen. */
export async function* part(what: string, look: () => AsyncIterable<Said>): AsyncIterable<Said> {
  try {
    yield* look();
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    yield { unseen: `${what}: ${error.message}`, remedy: error.remedy };
  }
}
