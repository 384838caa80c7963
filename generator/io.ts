/** Where a command prints: data to standard output, talk to standard error. Tests pass their own. */
export interface Io {
  /** Data: what a pipe or a program reads. */
  readonly out: (text: string) => void;
  /** Waits for a slow reader of the data, so that much of it does not pile up in memory. */
  readonly drained?: () => Promise<void>;
  /** Talk: what a person reads. */
  readonly talk: (text: string) => void;
  /** True when standard error is a terminal; progress is shown only then. */
  readonly interactive: boolean;
  /** Width of the terminal that standard output is; absent where it is none. */
  readonly columns?: number | undefined;
}

/** Exit status of a command: 0 = ok, 1 = findings, 2 = wrong usage. */
export type Status = 0 | 1 | 2;
