import { join } from 'node:path';
import { buildAll } from '../build.ts';
import { changesOf } from '../changelog/changes.ts';
import { charts as allCharts, chartsNamed } from '../charts.ts';
import { GeneratorError } from '../errors.ts';
import { areOfCheckout, projectRoot, readFrames } from '../files.ts';
import type { Io, Status } from '../io.ts';
import type { Chart } from '../model/chart.ts';
import { writeTogether } from '../output/together.ts';
import { defaultMtime } from '../pack/archive.ts';
import { type PackOptions, pack } from '../pack/pack.ts';
import { readPublished } from '../pack/published.ts';
import { keyFiles, provenanceOf, releaseFiles } from '../pack/release-files.ts';
import type { Signer } from '../pack/sign.ts';
import { requireNewVersions } from '../pack/version-bump.ts';
import type { Publisher } from '../publisher/publisher.ts';
import { readLicense, readPublisher } from '../publisher/read.ts';
import { requireFresh } from './generate.ts';
import { type SigningOptions, signerOf } from './signing.ts';

export interface PackageOptions extends SigningOptions {
  readonly charts: readonly string[];
  readonly out: string;
  /** Seconds since 1970 for the files in the package; SOURCE_DATE_EPOCH. */
  readonly sourceDateEpoch?: string | undefined;
  /** What only the publisher knows; publisher.yaml, if there is one. */
  readonly publisher?: string | undefined;
  /** An index.yaml or release.json, or a folder with one, whose versions must not change. */
  readonly published?: string | undefined;
  /** The checkout whose charts/ must be fresh; tests give their own. */
  readonly root?: string;
}

/**
 * Packs charts: a .tgz each, the same bytes on any machine, with signature if there is a key, SBOM, manifest and SHA256SUMS.
 * All files are replaced together, or none.
 */
export async function runPackage(options: PackageOptions, io: Io): Promise<Status> {
  const { charts, out, sourceDateEpoch, root = projectRoot } = options;
  if (out === '') throw new GeneratorError('--out is empty; name a folder.', 2);
  const wanted = chartsNamed(charts);
  const date = dateOf(sourceDateEpoch);
  const publisher = readPublisher(options.publisher);
  const license = readLicense(publisher);
  const published = options.published === undefined ? [] : readPublished(options.published);
  const signer = await signerOf(options, date);
  requireOwnKey(publisher, signer);
  const frames = readFrames();
  const files = buildAll(frames);
  if (areOfCheckout(frames)) requireFresh(files, root);
  const optionsOf = (chart: Chart): PackOptions => {
    const changes = changesOf(chart.name, chart.version);
    const others = allCharts.map(({ name }) => name);
    return { files, frames, license, date, packing: { publisher, changes, others, fingerprint: signer?.fingerprint } };
  };
  const packed = wanted.map(chart => pack(chart, optionsOf(chart)));
  await requireNewVersions(packed, published, optionsOf);
  const made = await releaseFiles(packed, { publisher, signer, date });
  const signed = [...packed.map(({ archive }) => provenanceOf(archive.fileName)), ...Object.values(keyFiles)];
  const stale = signed.filter(name => !made.has(name));
  const at = (name: string) => join(out, name);
  writeTogether(new Map([...made].map(([name, content]) => [at(name), content])), { date, obsolete: stale.map(at) });
  for (const name of made.keys()) io.out(`${at(name)}\n`);
  return 0;
}

/** Artifact Hub would show the fingerprint of one key, and the signatures would be of another. */
function requireOwnKey({ signKey }: Publisher, signer: Signer | undefined): void {
  const said = signKey?.fingerprint?.toUpperCase();
  if (said !== undefined && signer !== undefined && said !== signer.fingerprint)
    throw new GeneratorError(
      `--sign-key: is the key ${signer.fingerprint}, but signKey.fingerprint of the publisher is ${said}; sign with that key, or correct the fingerprint.`,
    );
}

/** The last second that gzip can say, in 2106. */
const latestEpoch = 0xff_ff_ff_ff;

function dateOf(epoch: string | undefined): number {
  if (epoch === undefined || epoch === '') return defaultMtime;
  if (!/^\d{1,10}$/.test(epoch) || Number(epoch) > latestEpoch)
    throw new GeneratorError(
      `SOURCE_DATE_EPOCH: is no number of seconds; write digits only, at most ${latestEpoch}, or unset it.`,
      2,
    );
  return Number(epoch);
}
