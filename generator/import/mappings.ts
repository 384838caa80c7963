/** Domain mappings that the release may take over: such as the chart makes, of members of the mesh, that nobody else manages. */
import { ownerOf } from '../checks/preflight/existing.ts';
import { type KubeObject, listAt, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import type { Mesh } from './mesh-of.ts';
import { ofKind } from './observe.ts';
import { itemOf } from './read-back.ts';

/**
 * With their claims. `members` of Service Mesh 3; undefined where nothing says them, and the mappings do. Others stay their
 * teams': that a mapping is there does not say that the platform should have it.
 */
export function ownMappings(
  objects: readonly KubeObject[],
  mesh: Mesh,
  members: readonly string[] | undefined,
  release: ReleaseInfo | undefined,
): readonly KubeObject[] {
  if (!ofKind(objects, 'KnativeServing').some(o => textAt(o, 'spec', 'ingress', 'istio', 'enabled') === 'true'))
    return [];
  const namespaces = mesh.generation === 'v3' ? members : membersOf2(objects, mesh);
  const mappings = ofKind(objects, 'DomainMapping').filter(
    o =>
      itemOf('domainMappings', o) !== undefined &&
      (namespaces === undefined || namespaces.includes(namespaceOf(o))) &&
      !isForeign(o, release),
  );
  const claims = ofKind(objects, 'ClusterDomainClaim').filter(o =>
    mappings.some(m => nameOf(m) === nameOf(o) && namespaceOf(m) === textAt(o, 'spec', 'namespace')),
  );
  return [...mappings, ...claims.filter(o => !isMadeByKnative(objects) && !isForeign(o, release))];
}

/** Undefined where somebody else's roll says it. */
function membersOf2(objects: readonly KubeObject[], { namespace }: Mesh): readonly string[] | undefined {
  const rolls = ofKind(objects, 'ServiceMeshMemberRoll').filter(o => namespaceOf(o) === namespace);
  const members = ofKind(objects, 'ServiceMeshMember').filter(
    o => textAt(o, 'spec', 'controlPlaneRef', 'namespace') === namespace,
  );
  if (rolls.length + members.length === 0) return undefined;
  return [...rolls.flatMap(o => listAt(o, 'spec', 'members').map(String)), ...members.map(namespaceOf)];
}

const isMadeByKnative = (objects: readonly KubeObject[]) =>
  !ofKind(objects, 'KnativeServing').some(o =>
    ['autocreate-cluster-domain-claims', 'autocreateClusterDomainClaims'].some(
      key => textAt(o, 'spec', 'config', 'network', key) === 'false',
    ),
  );

function isForeign(object: KubeObject, release: ReleaseInfo | undefined): boolean {
  const { kind, release: of } = ownerOf(object);
  return kind !== 'unknown' && !(of?.name === release?.name && of?.namespace === release?.namespace);
}
