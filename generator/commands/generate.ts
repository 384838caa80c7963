import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Built, build } from '../build.ts';
import { charts } from '../charts.ts';
import { GeneratorError } from '../errors.ts';
import { areOfCheckout, projectRoot, readFrames } from '../files.ts';
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
 * nothing: of the checkout, or as the installed npm package, charts/ in the current folder, beside which charts of others
 * may stand.
 */
export function runGenerate({ check, force, root }: GenerateOptions, io: Io): Status {
  const frames = readFrames();
  return areOfCheckout(frames)
    ? generate({ check, force, root: root ?? projectRoot }, build(frames), io)
    : generate({ check, force, root: root ?? usersFolder(), ours: isOfOurCharts }, build(frames), io);
}

/** Whatever the record of a checkout names beyond the charts would be removed there. */
function usersFolder(): string {
  const root = process.cwd();
  if (existsSync(join(root, 'chart-templates')))
    throw new GeneratorError(
      'generate: this folder is a checkout of the project; run its own node bin/serverless-mesh.js generate.',
      2,
    );
  return root;
}

const isOfOurCharts = (path: string): boolean => charts.some(({ name }) => path.startsWith(`charts/${name}/`));

interface Task extends GenerateOptions {
  readonly root: string;
  /** Which paths below charts/ nobody else may use; without it all. */
  readonly ours?: (path: string) => boolean;
}

function generate({ check, force, root, ours }: Task, { files, problems }: Built, io: Io): Status {
  if (check) {
    const found = compareGenerated(root, files);
    return report({ ...found, unknown: found.unknown.filter(ours ?? (() => true)) }, files.size, problems, io);
  }
  const { written, unchanged, removed } = writeGenerated(root, files, { force });
  for (const path of written) io.out(`wrote ${path}\n`);
  for (const path of removed) io.out(`removed ${path}\n`);
  for (const problem of problems) io.talk(`note: ${problem}\n`);
  io.talk(`${written.length} written, ${removed.length} removed, ${unchanged} unchanged\n`);
  return 0;
}

const REMEDY = {
  stale: 'is older than the model; run serverless-mesh generate',
  edited: 'was edited by hand; keep the edit as values or in the model, then run serverless-mesh generate --force',
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
