/** Objects that somebody else manages: a release must not take them from him. */
import { ownerOf } from '../checks/preflight/existing.ts';
import { type KubeObject, titleOf } from '../cluster/fields.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';

/** One sentence for each owner, with his objects. An object of this very release is no one else's. */
export function foreignOwners(taken: readonly KubeObject[], { name, namespace }: ReleaseInfo): string[] {
  const byOwner = new Map<string, KubeObject[]>();
  for (const object of taken) {
    const owner = ownerOf(object);
    const isOurs = owner.release?.name === name && owner.release.namespace === namespace;
    if (owner.kind === 'unknown' || isOurs) continue;
    byOwner.set(owner.words, [...(byOwner.get(owner.words) ?? []), object]);
  }
  return [...byOwner].map(
    ([words, objects]) =>
      `${objects.map(titleOf).join(', ')} ${objects.length === 1 ? 'belongs' : 'belong'} to ${words}, which would write over what the release writes; stop it from managing ${objects.length === 1 ? 'it' : 'them'}, then import again.`,
  );
}
