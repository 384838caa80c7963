/** One thing that is wrong with a user's values. */
export interface Finding {
  /** The values file, as the user named it; absent for a finding about merged values that no file sets. */
  readonly file?: string;
  /** Line in `file`, from 1. */
  readonly line?: number;
  /** Where in the values, as `kafka.bootstrapServers[0]`; empty for the whole document. */
  readonly path: string;
  /** One sentence: what is wrong, then after a semicolon what to write instead. Never holds a secret. */
  readonly message: string;
}

/** `file:line: path: message`, each part only where it is known. */
export function findingText({ file, line, path, message }: Finding): string {
  const where = file === undefined ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `;
  return `${where}${path === '' ? '' : `${path}: `}${message}`;
}
