/** A cluster that is asked over its API. */
import type { Api } from '../cluster/api.ts';
import { readCluster } from '../cluster/cluster.ts';
import type { Installation } from './installation.ts';

export const fromCluster = (api: Api): Installation => ({
  from: 'cluster',
  cluster: readCluster(api),
  placeOf: () => undefined,
  problems: [],
});
