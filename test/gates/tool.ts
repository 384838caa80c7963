/** Gates whose rules are run by their own tool. */
export interface ToolRun {
  /** Tool and version, as the tool says it. */
  readonly tool: string;
  /** What was run, in a sentence or two with counts. */
  readonly ran: string;
  /** Text by chart: everything that the tool complains of, exceptions included. */
  readonly found: ReadonlyMap<string, readonly string[]>;
}

export interface ToolGate {
  /** Anchor in docs/gates.md. */
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** What the rules are, and with which settings. */
  readonly looked: string;
  /** Why the tool cannot be run here; undefined where it can. */
  readonly missing: () => string | undefined;
  readonly run: () => Promise<ToolRun>;
}
