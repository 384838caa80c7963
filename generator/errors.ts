/** Exit status of the command line: 1 = findings (something is wrong with the input), 2 = wrong usage. */
export type ExitCode = 1 | 2;

/**
 * The only error that we throw on purpose. `message` says where, what, and what to do, in one line;
 * it is printed as it is, without a stack.
 */
export class GeneratorError extends Error {
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode = 1) {
    super(message);
    this.name = 'GeneratorError';
    this.code = code;
  }
}
