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

/** `tenants.yaml:12`, as far as it is known. */
export const placeText = ({ file, line }: Pick<Finding, 'file' | 'line'>): string =>
  line === undefined ? (file ?? '') : `${file}:${line}`;

/** `file:line: path: message`, each part only where it is known. */
export function findingText(finding: Finding): string {
  const { file, path, message } = finding;
  const where = file === undefined ? '' : `${placeText(finding)}: `;
  return `${where}${path === '' ? '' : `${path}: `}${message}`;
}
