/** Gates as data. A check that is written from a published rule brings a violation with it, which must be found. */
import type { Subject } from './subject.ts';

export interface Check {
  readonly id: string;
  /** What the rule asks for, in one line. */
  readonly rule: string;
  /** Charts that it is about; all where nothing is said. */
  readonly charts?: readonly string[];
  /** `where: what` for each thing that is wrong, without an end of line. */
  readonly find: (s: Subject) => readonly string[];
  /** The chart with one thing wrong, and what must be found in it. */
  readonly violation: (s: Subject) => Subject;
  readonly found: string;
}

export interface Gate {
  /** Anchor in docs/gates.md. */
  readonly id: string;
  readonly title: string;
  /** Where the rules are published. */
  readonly source: string;
  /** What was looked at, and what nothing here can look at. */
  readonly looked: string;
  readonly checks: readonly Check[];
  /** What the gate sees of a chart, where that is not the package as it is. */
  readonly prepare?: (s: Subject) => Subject;
}

/** An accepted finding. One that matches nothing any more is a failure. */
export interface Exception {
  readonly gate: string;
  readonly check: string;
  /** All charts where nothing is said. */
  readonly chart?: string;
  /** The whole finding. */
  readonly finding: RegExp;
  readonly reason: string;
}

export interface Result {
  readonly gate: string;
  readonly check: string;
  readonly chart: string;
  /** Not excepted. */
  readonly findings: readonly string[];
  readonly excepted: readonly { readonly finding: string; readonly exception: Exception }[];
}

/** Findings of some check of some gate in a chart, each once, without those that are excepted. */
export function judge(
  { gate, check, chart }: Pick<Result, 'gate' | 'check' | 'chart'>,
  found: readonly string[],
  exceptions: readonly Exception[],
): Result {
  const own = exceptions.filter(
    e => e.gate === gate && e.check === check && (e.chart === undefined || e.chart === chart),
  );
  const known = (finding: string) => own.find(e => new RegExp(`^(?:${e.finding.source})$`).test(finding));
  const all = [...new Set(found)].map(finding => ({ finding, exception: known(finding) }));
  return {
    gate,
    check,
    chart,
    findings: all.filter(f => f.exception === undefined).map(f => f.finding),
    excepted: all.filter((f): f is Result['excepted'][number] => f.exception !== undefined),
  };
}

/** All checks of a gate, on the charts that they are about. */
export const run = (gate: Gate, subjects: readonly Subject[], exceptions: readonly Exception[]): Result[] =>
  gate.checks.flatMap(check =>
    subjects
      .filter(({ name }) => concerns(check, name))
      .map(s =>
        judge({ gate: gate.id, check: check.id, chart: s.name }, check.find(gate.prepare?.(s) ?? s), exceptions),
      ),
  );

export const concerns = ({ charts }: Check, name: string): boolean => charts === undefined || charts.includes(name);
