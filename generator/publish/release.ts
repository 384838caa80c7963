/** The folder that `package` writes, read and checked, before anything of it is published. */
import { join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { parseSums, sha256 } from '../output/sums.ts';
import { readChart } from '../pack/read-archive.ts';
import { manifestFile, type ReleasedChart, type ReleasedFile, type ReleaseManifest } from '../pack/release-manifest.ts';
import { isMap } from '../values/maps.ts';
import { type Metadata, readMetadata } from './chart-metadata.ts';

export interface ReleaseFile {
  readonly name: string;
  readonly data: Uint8Array;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
}

export interface ReleaseChart {
  readonly metadata: Metadata;
  /** By path in the chart. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly package: ReleaseFile;
  readonly provenance?: ReleaseFile;
  /** CycloneDX, in JSON. */
  readonly sbom: ReleaseFile;
}

export interface Release {
  /** RFC 3339 in UTC, whole seconds. */
  readonly created: string;
  readonly charts: readonly ReleaseChart[];
  /** The public key of signed packages: for helm --keyring, and for people. */
  readonly keys: readonly ReleaseFile[];
}

const keyFile = /^signing-key\.(gpg|asc)$/;
const sumsFile = 'SHA256SUMS';

/** Content of a file in the folder; undefined where there is none. */
export type ReadFile = (name: string) => Uint8Array | undefined;

/**
 * Checks every file against SHA256SUMS and release.json, each package against its own Chart.yaml, and each provenance file
 * against its package. Throws a GeneratorError that names the first file that is missing, changed or contradicts another;
 * nothing may be published then.
 */
export async function readRelease(folder: string, readFile: ReadFile): Promise<Release> {
  const at = (name: string) => join(folder, name);
  const again = 'pack the charts again with serverless-mesh package.';
  const needed = (name: string): Uint8Array => {
    const data = readFile(name);
    if (data === undefined) throw new GeneratorError(`${at(name)}: is missing; ${again}`);
    return data;
  };
  const sums = parseSums(textOf(needed(sumsFile)), at(sumsFile), again.slice(0, -1));
  const read = (name: string): ReleaseFile => {
    const data = needed(name);
    const file = { name, data, sha256: sha256(data) };
    const wanted = sums.get(name);
    if (wanted === undefined) throw new GeneratorError(`${at(name)}: is not in ${sumsFile}; ${again}`);
    if (wanted !== file.sha256)
      throw new GeneratorError(`${at(name)}: is not the file that ${sumsFile} lists, for its sum differs; ${again}`);
    return file;
  };
  for (const name of sums.keys()) read(name);
  const manifest = readManifest(textOf(read(manifestFile).data), at(manifestFile));
  const charts = [];
  for (const chart of manifest.charts) charts.push(await readReleased(chart, read, at));
  const keys = [...sums.keys()].filter(name => keyFile.test(name)).map(read);
  return { created: manifest.created, charts, keys };
}

const textOf = (data: Uint8Array) => new TextDecoder().decode(data);

const isFile = (file: unknown): file is ReleasedFile =>
  isMap(file) && typeof file.name === 'string' && !file.name.includes('/') && typeof file.sha256 === 'string';

function readManifest(text: string, where: string): ReleaseManifest {
  let manifest: Partial<ReleaseManifest> | null = null;
  try {
    manifest = JSON.parse(text);
  } catch {
    // Told below.
  }
  const { schemaVersion, created = '', charts } = manifest ?? {};
  const sound =
    schemaVersion === 1 &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(created) &&
    Array.isArray(charts) &&
    charts.every(c => isFile(c?.package) && isFile(c.sbom) && (c.provenance === undefined || isFile(c.provenance)));
  if (!sound)
    throw new GeneratorError(`${where}: is no manifest of a release; pack the charts with this version of the tool.`);
  if (charts.length === 0) throw new GeneratorError(`${where}: names no chart; pack one with serverless-mesh package.`);
  return manifest as ReleaseManifest;
}

async function readReleased(
  chart: ReleasedChart,
  read: (name: string) => ReleaseFile,
  at: (name: string) => string,
): Promise<ReleaseChart> {
  const same = ({ name, sha256: listed }: ReleasedFile): ReleaseFile => {
    const file = read(name);
    if (file.sha256 === listed) return file;
    throw new GeneratorError(
      `${at(manifestFile)}: has another sum for ${name} than ${sumsFile}; pack the charts again.`,
    );
  };
  const packed = same(chart.package);
  const files = await readChart(packed.data, at(packed.name));
  const metadata = readMetadata(textOf(files.get('Chart.yaml')!), at(packed.name));
  const expected = `${metadata.name}-${metadata.version}.tgz`;
  if (packed.name !== expected || metadata.name !== chart.name || metadata.version !== chart.version)
    throw new GeneratorError(`${at(packed.name)}: holds ${expected}; pack the charts again.`);
  const provenance = chart.provenance && same(chart.provenance);
  if (provenance) checkProvenance(textOf(provenance.data), packed, at(provenance.name));
  return { metadata, files, package: packed, sbom: same(chart.sbom), ...(provenance && { provenance }) };
}

/** A provenance file signs the sum of its package: another sum, and no helm verify would ever succeed. */
function checkProvenance(text: string, { name, sha256: sum }: ReleaseFile, where: string): void {
  const signed = text
    .split(/\r?\n/)
    .map(line => /^\s+(\S+): sha256:([0-9a-f]{64})$/.exec(line))
    .find(match => match?.[1] === name);
  if (signed?.[2] !== sum)
    throw new GeneratorError(`${where}: does not sign the package ${name} beside it; pack and sign the charts again.`);
}
