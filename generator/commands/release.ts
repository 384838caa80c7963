/** The release that a command line names. */
import { GeneratorError } from '../errors.ts';
import { shortened } from '../values/show.ts';

export interface ReleaseOptions {
  readonly releaseName: string;
  readonly namespace: string;
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const releaseNames = new RegExp(`^${label}(\\.${label})*$`);
const namespaces = new RegExp(`^${label}$`);

/** Refuses what Helm, or Kubernetes behind it, would refuse. */
export function checkRelease({ releaseName, namespace }: ReleaseOptions): void {
  const shown = (text: string) => shortened(JSON.stringify(text));
  if (!releaseNames.test(releaseName) || releaseName.length > 53)
    throw new GeneratorError(
      `--release-name ${shown(releaseName)} is no name that Helm accepts; write at most 53 lower-case letters, digits, '-' and '.', as serverless-mesh.`,
      2,
    );
  if (!namespaces.test(namespace) || namespace.length > 63)
    throw new GeneratorError(
      `--namespace ${shown(namespace)} is no name of a namespace; write at most 63 lower-case letters, digits and '-', as default.`,
      2,
    );
}
