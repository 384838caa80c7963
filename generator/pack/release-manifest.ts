/** release.json, which `package` writes beside the packages: what was released, for `publish` and for other programs. */

/** A file in the folder of the manifest. */
export interface ReleasedFile {
  readonly name: string;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

export interface ReleasedChart {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly package: ReleasedFile;
  /** The .prov of a signed package, and the fingerprint of the key, in upper-case hexadecimal. */
  readonly provenance?: ReleasedFile & { readonly fingerprint: string };
  /** CycloneDX, in JSON. */
  readonly sbom: ReleasedFile;
}

export interface ReleaseManifest {
  readonly schemaVersion: 1;
  /** RFC 3339 in UTC, whole seconds: SOURCE_DATE_EPOCH, or the date of the files in the packages. */
  readonly created: string;
  /** Sorted by name. */
  readonly charts: readonly ReleasedChart[];
}

export const manifestFile = 'release.json';
