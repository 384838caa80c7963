import { join } from 'node:path';
import { buildAll } from '../build.ts';
import { chartsNamed } from '../charts.ts';
import { docsFolder } from '../emit/frames.ts';
import { GeneratorError } from '../errors.ts';
import { areOfCheckout, projectRoot, readFrames } from '../files.ts';
import type { Io, Status } from '../io.ts';
import { writeWhole } from '../output/replace.ts';
import { checksums, packChart } from '../pack/archive.ts';
import { requireFresh } from './generate.ts';

export interface PackageOptions {
  readonly charts: readonly string[];
  readonly out: string;
  /** Seconds since 1970 for the files in the package; SOURCE_DATE_EPOCH. */
  readonly sourceDateEpoch?: string | undefined;
  /** The checkout whose charts/ must be fresh; tests give their own. */
  readonly root?: string;
}

/** Packs charts: a .tgz each, the same bytes on any machine, and SHA256SUMS. Holds what the model says, and no other file; without docs/. */
export function runPackage({ charts, out, sourceDateEpoch, root = projectRoot }: PackageOptions, io: Io): Status {
  if (out === '') throw new GeneratorError('--out is empty; name a folder.', 2);
  const wanted = chartsNamed(charts);
  const options = mtimeOption(sourceDateEpoch);
  const frames = readFrames();
  const files = buildAll(frames);
  if (areOfCheckout(frames)) requireFresh(files, root);
  const archives = wanted.map(({ name, version }) => {
    const prefix = `charts/${name}/`;
    const own = [...files].filter(([path]) => path.startsWith(prefix) && !path.startsWith(`${prefix}${docsFolder}`));
    return packChart(name, version, new Map(own.map(([path, text]) => [path.slice(prefix.length), text])), options);
  });
  for (const { fileName, data } of archives) {
    writeWhole(join(out, fileName), data);
    io.out(`${join(out, fileName)}\n`);
  }
  writeWhole(join(out, 'SHA256SUMS'), checksums(archives));
  io.out(`${join(out, 'SHA256SUMS')}\n`);
  return 0;
}

/** The last second that gzip can say, in 2106. */
const latestEpoch = 0xff_ff_ff_ff;

function mtimeOption(epoch: string | undefined): { mtime?: number } {
  if (epoch === undefined || epoch === '') return {};
  if (!/^\d{1,10}$/.test(epoch) || Number(epoch) > latestEpoch)
    throw new GeneratorError(
      `SOURCE_DATE_EPOCH: is no number of seconds; write digits only, at most ${latestEpoch}, or unset it.`,
      2,
    );
  return { mtime: Number(epoch) };
}
