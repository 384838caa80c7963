/** The text of a .prov before it is signed. */
import { sha256 } from '../output/sums.ts';
import type { Archive } from './archive.ts';

/**
 * Chart.yaml of the package, the end of that document, and the hash of the package: github.com/helm/helm,
 * pkg/provenance/sign.go (v3.17.2, v4.1.4), messageBlock. `helm verify` reads the hash, and shows nothing of the first part.
 */
export const provenanceText = (chartYaml: string, { fileName, data }: Archive): string =>
  `${chartYaml}\n...\nfiles:\n  ${fileName}: sha256:${sha256(data)}\n`;
