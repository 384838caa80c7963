import type { Argv } from 'yargs';
import type { Io, Status } from '../io.ts';

/** What a command needs of the process. */
export interface Process {
  readonly io: Io;
  /** Takes the status with which a command ends. */
  readonly run: (result: Promise<Status>) => Promise<void>;
}

/** Adds commands to the command line. Their code is loaded when one of them is used. */
export type AddCommands = (cli: Argv, process: Process) => Argv;
