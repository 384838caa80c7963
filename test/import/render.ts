/** What an installation holds that somebody made from the chart: without what Helm and the Jobs add. */

import type { KubeObject } from '../../generator/cluster/fields.ts';
import { idOf } from '../../generator/import/compare.ts';
import { release } from '../../generator/import/distance.ts';
import { type Imported, importInstallation } from '../../generator/import/import.ts';
import { clusterOf } from '../../generator/installation/folder.ts';
import type { Installation } from '../../generator/installation/installation.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { flat } from '../support/render.ts';

export const folderOf = (objects: readonly KubeObject[]): Installation => ({
  from: 'folder',
  cluster: clusterOf(objects),
  placeOf: () => undefined,
  problems: [],
});

const ofHelm = /^(app\.kubernetes\.io|helm\.sh|argocd\.argoproj\.io)\//;
const without = (map: unknown, keep: (key: string) => boolean) =>
  Object.fromEntries(Object.entries((map ?? {}) as object).filter(([key]) => keep(key)));

/** Jobs, their permissions and scripts, tests, Secrets and namespaces are not taken over. */
export function installedObjects(values: Values): KubeObject[] {
  const common = {
    ...(values.commonLabels as object | undefined),
    ...(values.commonAnnotations as object | undefined),
  };
  const keep = (key: string) => !ofHelm.test(key) && !Object.hasOwn(common, key);
  return flat(evaluateChart(serverlessMesh, values, release))
    .filter(
      ({ source, object }) => !/\/(jobs|tests)\//.test(source) && !['Secret', 'Namespace'].includes(`${object.kind}`),
    )
    .map(({ object }) => {
      const { labels, annotations, ...metadata } = object.metadata as Record<string, unknown>;
      return {
        ...object,
        metadata: { ...metadata, labels: without(labels, keep), annotations: without(annotations, keep) },
      };
    });
}

export const byId = (objects: readonly KubeObject[]): Record<string, KubeObject> =>
  Object.fromEntries(objects.map(o => [idOf(o), o] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

export const options = {
  release: { name: 'serverless-mesh', namespace: 'default' },
  chart: 'chart.tgz',
  file: 'values.yaml',
};

/** Fails with the sentences where it is refused. */
export async function imported(installation: Installation, more: object = {}): Promise<Imported> {
  const found = await importInstallation(installation, { ...options, ...more });
  if (!('steps' in found)) throw new Error(found.join('\n'));
  return found;
}
export async function refused(installation: Installation, more: object = {}): Promise<readonly string[]> {
  const found = await importInstallation(installation, { ...options, ...more });
  return 'steps' in found ? found.problems : found;
}
