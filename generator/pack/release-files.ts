/** All files of a release: packages, signatures, what is in them, the public key, the manifest, and the hashes of all. */
import { sha256, sumsText } from '../output/sums.ts';
import type { Publisher } from '../publisher/publisher.ts';
import type { PackedChart } from './pack.ts';
import { provenanceText } from './provenance.ts';
import { manifestFile, type ReleasedChart, type ReleasedFile, type ReleaseManifest } from './release-manifest.ts';
import { sbom } from './sbom.ts';
import type { Signer } from './sign.ts';

export const sumsFile = 'SHA256SUMS';
/** The public key: binary, as `helm --keyring` takes it, and armored. */
export const keyFiles = { keyring: 'signing-key.gpg', armored: 'signing-key.asc' } as const;
export const provenanceOf = (packageFile: string) => `${packageFile}.prov`;

export interface ReleaseOptions {
  readonly publisher: Publisher;
  readonly signer?: Signer | undefined;
  /** In seconds since 1970. */
  readonly date: number;
}

type Files = Map<string, string | Uint8Array>;

/** Name -> content; SHA256SUMS, which is over all others, is the last. */
export async function releaseFiles(packed: readonly PackedChart[], options: ReleaseOptions): Promise<Files> {
  const { signer, publisher, date } = options;
  const created = new Date(date * 1000).toISOString().replace('.000Z', 'Z');
  const files: Files = new Map();
  const add = (name: string, content: string | Uint8Array): ReleasedFile => {
    files.set(name, content);
    return { name, sha256: sha256(content), size: Buffer.byteLength(content) };
  };
  const charts: ReleasedChart[] = [];
  for (const { chart, chartYaml, archive } of packed) {
    const { name, version, appVersion } = chart;
    const released = { name, version, appVersion, package: add(archive.fileName, archive.data) };
    const signature = await signer?.sign(provenanceText(chartYaml, archive));
    charts.push({
      ...released,
      ...(signer === undefined || signature === undefined
        ? {}
        : { provenance: { ...add(provenanceOf(archive.fileName), signature), fingerprint: signer.fingerprint } }),
      sbom: add(`${name}-${version}.cdx.json`, sbom(chart, archive, { publisher, created })),
    });
  }
  if (signer !== undefined) {
    add(keyFiles.keyring, signer.keyring);
    add(keyFiles.armored, signer.armored);
  }
  const manifest: ReleaseManifest = {
    schemaVersion: 1,
    created,
    charts: charts.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  add(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  files.set(sumsFile, sumsText(new Map([...files].map(([name, content]) => [name, sha256(content)]))));
  return files;
}
