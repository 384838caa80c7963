/**
 * A chart as an artifact of a registry, the same bytes as `helm push` makes for the same files and date.
 * Source: https://helm.sh/docs/topics/registries/#helm-chart-manifest, https://github.com/helm/helm/blob/main/pkg/registry/client.go
 */
import { sha256 } from '../../output/sums.ts';
import { isMap } from '../../values/maps.ts';
import { type Metadata, sortedByKey } from '../chart-metadata.ts';
import type { ReleaseChart } from '../release.ts';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}
export interface Blob extends Descriptor {
  readonly data: Uint8Array;
}
export interface Artifact {
  readonly manifest: Blob;
  /** What must be in the repository before the manifest. */
  readonly blobs: readonly Blob[];
}

export const imageManifest = 'application/vnd.oci.image.manifest.v1+json';
const mediaTypes = {
  config: 'application/vnd.cncf.helm.config.v1+json',
  chart: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  provenance: 'application/vnd.cncf.helm.chart.provenance.v1.prov',
} as const;

export function blob(mediaType: string, data: string | Uint8Array): Blob {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  return { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length, data: bytes };
}

export const descriptor = ({ mediaType, digest, size }: Descriptor): Descriptor => ({ mediaType, digest, size });

/** `created`, in RFC 3339, is the date of the artifact: with the clock's, each push would have another digest. */
export function chartArtifact({ metadata, package: packed, provenance }: ReleaseChart, created: string): Artifact {
  const config = blob(mediaTypes.config, goJson(metadata));
  const layers = [blob(mediaTypes.chart, packed.data)];
  if (provenance !== undefined) layers.push(blob(mediaTypes.provenance, provenance.data));
  layers.sort((a, b) => (a.digest < b.digest ? -1 : 1));
  const manifest = {
    schemaVersion: 2,
    config: descriptor(config),
    layers: layers.map(descriptor),
    annotations: annotations(metadata, created),
  };
  return { manifest: blob(imageManifest, goJson(manifest)), blobs: [...layers, config] };
}

const prefix = 'org.opencontainers.image.';

/** Source: https://github.com/helm/helm/blob/main/pkg/registry/chart.go */
function annotations(metadata: Metadata, created: string): Record<string, string> {
  const { name, version, description, home, sources, maintainers } = metadata;
  const people = (Array.isArray(maintainers) ? maintainers : []).filter(isMap);
  const of = {
    description,
    title: name,
    version,
    url: home,
    created,
    source: Array.isArray(sources) ? sources[0] : '',
    authors: people.map(({ name = '', email }) => (email ? `${name} (${email})` : name)).join(', '),
  };
  const given = Object.entries(of).filter(([, text]) => typeof text === 'string' && text.trim() !== '');
  const own = Object.fromEntries(given.map(([key, text]) => [prefix + key, String(text)]));
  const charts = Object.entries(isMap(metadata.annotations) ? metadata.annotations : {})
    .filter(([key]) => key !== `${prefix}title` && key !== `${prefix}version`)
    .map(([key, text]) => [key, String(text)]);
  return sortedByKey({ ...own, ...Object.fromEntries(charts) });
}

const hex = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON as Go writes it: what a browser could take for markup is escaped. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, hex);
}
