import { build } from '../build.ts';
import { GeneratorError } from '../errors.ts';
import { projectRoot, readFrames } from '../files.ts';
import type { Io, Status } from '../io.ts';
import { compareGenerated, writeGenerated } from '../output/disk.ts';

export interface GenerateOptions {
  readonly check: boolean;
  readonly force: boolean;
  /** The checkout to write; tests give their own. */
  readonly root?: string;
}

/**
 * Writes every generated file, or with `check` says which differ, and what keeps a chart from being published, and changes
 * nothing.
 */
export function runGenerate({ check, force, root = projectRoot }: GenerateOptions, io: Io): Status {
  const { files, problems } = build(readFrames());
  if (check) return report(compareGenerated(root, files), files.size, problems, io);
  const { written, unchanged, removed } = writeGenerated(root, files, { force });
  for (const path of written) io.out(`wrote ${path}\n`);
  for (const path of removed) io.out(`removed ${path}\n`);
  for (const problem of problems) io.talk(`note: ${problem}\n`);
  io.talk(`${written.length} written, ${removed.length} removed, ${unchanged} unchanged\n`);
  return 0;
}

const REMEDY = {
  stale: 'is older than the model; run serverless-mesh generate',
  edited: 'was edited by hand; change the model instead, then run serverless-mesh generate --force',
  missing: 'is missing; run serverless-mesh generate',
  unknown: 'is not made by generate; move it out of charts/',
} as const;

function report(
  comparison: ReturnType<typeof compareGenerated>,
  total: number,
  problems: readonly string[],
  io: Io,
): Status {
  const lines = (Object.keys(REMEDY) as (keyof typeof REMEDY)[]).flatMap(what =>
    comparison[what].map(path => `${path}: ${REMEDY[what]}\n`),
  );
  for (const line of lines) io.out(line);
  for (const problem of problems) io.out(`${problem}\n`);
  const files = lines.length === 0 ? `${total} files are fresh` : `${lines.length} of ${total} files need attention`;
  const releases = problems.length === 0 ? '' : `, ${problems.length} to correct before a release`;
  io.talk(`${files}${releases}\n`);
  return lines.length + problems.length === 0 ? 0 : 1;
}

/** Throws where charts/ is not what the model says: what is packaged must be what was reviewed. */
export function requireFresh(files: ReadonlyMap<string, string>, root = projectRoot): void {
  const { stale, edited, missing } = compareGenerated(root, files);
  const wrong = [...stale, ...edited, ...missing];
  if (wrong.length > 0)
    throw new GeneratorError(`${wrong.join(', ')}: not as the model says; run serverless-mesh generate first.`);
}
