/** artifacthub-repo.yml, by which Artifact Hub knows whose repository it is. */
import { dump } from 'js-yaml';
import type { Publisher } from './publisher.ts';

/**
 * The file of a classic repository, or that of one chart in a registry, which is a repository of its own for Artifact Hub;
 * undefined where the publisher says no identifier for it.
 * Source: https://artifacthub.io/docs/topics/repositories/#ownership-claim
 */
export function ownerFile({ artifactHub }: Publisher, chartInRegistry?: string): string | undefined {
  const { repositoryID: ofFolder, ociRepositories = [], owners = [] } = artifactHub ?? {};
  const ofChart = () => ociRepositories.find(({ chart }) => chart === chartInRegistry)?.repositoryID;
  const repositoryID = chartInRegistry === undefined ? ofFolder : ofChart();
  if (repositoryID === undefined) return undefined;
  const named = owners.map(({ name, email }) => ({ name, email }));
  return dump({ repositoryID, ...(named.length > 0 && { owners: named }) }, { lineWidth: -1, noRefs: true });
}
