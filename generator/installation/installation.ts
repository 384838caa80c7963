/** What is installed somewhere: in a cluster, or in a folder of manifests. doctor, import and diff read it alike. */
import type { Cluster } from '../cluster/cluster.ts';

export interface Installation {
  /** A cluster to ask. That of a folder says `Unseen` to whatever only a running cluster knows. */
  readonly cluster: Cluster;
  /** A folder has what people wrote: no status, and nothing that operators made of it. */
  readonly from: 'cluster' | 'folder';
  /** Where an object stands, as `mesh.yaml:12`; undefined in a cluster. */
  readonly placeOf: (object: unknown) => string | undefined;
  /** What could not be read, one sentence each: whatever follows is without it. */
  readonly problems: readonly string[];
}
