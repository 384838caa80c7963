/** Rules of domain mappings. */
import { and, eq, hasSuffix, listOf, not, oneOf, or, repeats } from '../../../gotmpl/functions.ts';
import { each, fail, fmt, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { mappedHosts } from '../domains/mappings.ts';
import { gatewaysWanted, v, v3 } from '../values.ts';
import { rule } from './rule.ts';

const mappings = v.domainMappings;
/** Who is in the mesh is said by mesh.members, unless somebody else's roll says it. */
const membersAreKnown = or(v3, v.mesh.memberRoll.create, v.mesh.serviceMeshMembers.create);

export const domainRules: readonly Rule[] = [
  rule(
    mappings,
    when(
      and(mappings, not(gatewaysWanted)),
      fail`lead through the ingress gateway of the mesh, which needs serving.enabled and serving.ingress istio; set both, or leave the mappings out`,
    ),
  ),
  rule(
    mappings,
    when(
      repeats(listOf(mappedHosts)),
      fail`has a host twice; a cluster can map a domain only once, leave one of them out`,
    ),
  ),
  rule(
    mappings,
    each(mappings, 'mapping', mapping =>
      when(
        or(eq(mapping.host, v.cluster.dnsDomain), hasSuffix(mapping.host, fmt`.${v.cluster.dnsDomain}`)),
        fail`has host ${mapping.host}, which is in the DNS domain of the cluster, and Knative refuses that; write a domain of your own`,
      ),
    ),
  ),
  rule(
    mappings,
    each(mappings, 'mapping', mapping =>
      when(
        and(membersAreKnown, not(oneOf(mapping.namespace, v.mesh.members))),
        fail`has namespace ${mapping.namespace}, which is not in mesh.members; write one of them, or add it there`,
      ),
    ),
  ),
];
