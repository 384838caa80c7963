/** A folder as `package` writes it, of small charts, for the tests of publish. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256, sumsText } from '../../generator/output/sums.ts';
import { type Archive, packChart } from '../../generator/pack/archive.ts';
import { manifestFile, type ReleasedFile, type ReleaseManifest } from '../../generator/pack/release-manifest.ts';

export interface ChartOptions {
  readonly name?: string;
  readonly version?: string;
  /** Tells contents apart. */
  readonly motd?: string;
  readonly created?: string;
  /** Bytes of a file that cannot be compressed, in a chart that shall be larger. */
  readonly padding?: number;
  /** The public key, in the folder of signed packages. */
  readonly key?: string;
  /** The same, binary. */
  readonly keyring?: Uint8Array;
  /** Makes the provenance file of a package; without it, there is none. */
  readonly sign?: (archive: Archive, chartYaml: string) => Uint8Array;
}

const home = mkdtempSync(join(tmpdir(), 'publish-test-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));
let folders = 0;

/** A path that does not exist yet. */
export const newPath = (): string => join(home, `folder-${folders++}`);

const chartYaml = (name: string, version: string) => `apiVersion: v2
name: ${name}
description: "Bread & butter <of> ${name}"
type: application
version: ${version}
appVersion: "1.10"
kubeVersion: ">=1.24.0-0"
home: https://example.com
sources:
  - https://example.com/source
keywords: [example]
maintainers:
  - name: A. Person
    email: a@example.com
  - name: B. Person
annotations:
  z.example.com/last: "yes"
  a.example.com/first: "1"
`;

/** Bytes that look random, the same ones each time. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
}

/** What the release holds, by file name, without SHA256SUMS. */
function releaseFiles(charts: readonly ChartOptions[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const add = (name: string, data: Uint8Array): ReleasedFile => {
    files.set(name, data);
    return { name, sha256: sha256(data), size: data.length };
  };
  const released = charts.map(({ name = 'bread', version = '1.2.3', motd = 'hello', padding = 0, sign }) => {
    const yaml = chartYaml(name, version);
    const archive = packChart(
      name,
      version,
      new Map<string, string | Uint8Array>([
        ['Chart.yaml', yaml],
        ['values.yaml', `motd: ${motd}\n`],
        ['values.schema.json', '{"type": "object"}\n'],
        ['README.md', `# ${name}\n`],
        ['templates/motd.yaml', template],
        ...(padding > 0 ? [['files/noise', noise(padding)] as const] : []),
      ]),
    );
    const provenance = sign?.(archive, yaml);
    return {
      name,
      version,
      appVersion: '1.10',
      package: add(archive.fileName, archive.data),
      ...(provenance && {
        provenance: { ...add(`${archive.fileName}.prov`, provenance), fingerprint: 'A'.repeat(40) },
      }),
      sbom: add(
        `${name}-${version}.cdx.json`,
        bytes(`{"bomFormat": "CycloneDX", "components": [{"name": "${motd}"}]}\n`),
      ),
    };
  });
  if (charts[0]?.key !== undefined) add('signing-key.asc', bytes(charts[0].key));
  if (charts[0]?.keyring !== undefined) add('signing-key.gpg', charts[0].keyring);
  const created = charts[0]?.created ?? '2026-01-02T03:04:05Z';
  const manifest: ReleaseManifest = { schemaVersion: 1, created, charts: released };
  files.set(manifestFile, bytes(`${JSON.stringify(manifest, null, 2)}\n`));
  return files;
}

const bytes = (text: string) => new TextEncoder().encode(text);

const template = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  motd: {{ .Values.motd | quote }}
`;

/** Writes the folder, and returns its path. */
export function writeRelease(...charts: readonly ChartOptions[]): string {
  const folder = newPath();
  mkdirSync(folder);
  const files = releaseFiles(charts.length === 0 ? [{}] : charts);
  for (const [name, data] of files) writeFileSync(join(folder, name), data);
  const sums = sumsText(new Map([...files].map(([name, data]) => [name, sha256(data)])));
  writeFileSync(join(folder, 'SHA256SUMS'), sums);
  return folder;
}
