/**
 * Usage: node --import tsx scripts/record-release.ts [CHART...]
 * Records the versions of the charts (all without a name) below releases/, once they are published: what later versions are
 * compared with. Refuses what the check of a release refuses. Then run npm run generate, and commit both.
 */
import { join } from 'node:path';
import { build } from '../generator/build.ts';
import { newRecords } from '../generator/changelog/release.ts';
import { chartsNamed } from '../generator/charts.ts';
import { requireFresh } from '../generator/commands/generate.ts';
import { GeneratorError } from '../generator/errors.ts';
import { projectRoot, readFrames } from '../generator/files.ts';
import { putInPlace, stage } from '../generator/output/replace.ts';

try {
  const charts = chartsNamed(process.argv.slice(2));
  const frames = readFrames();
  requireFresh(build(frames).files);
  const records = newRecords(charts, frames, projectRoot);
  putInPlace(stage([...records].map(([path, text]) => [join(projectRoot, path), text] as const)));
  for (const path of records.keys()) process.stdout.write(`recorded ${path}\n`);
  process.stderr.write(
    records.size === 0 ? 'These versions are recorded already.\n' : 'Now run npm run generate, and commit both.\n',
  );
} catch (error) {
  if (!(error instanceof GeneratorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code;
}
