/** Domain mappings: whether they can be made, and who claims their domains. */
import { and, at, eq, or } from '../../../gotmpl/functions.ts';
import { answer, defineJoined, defineStatic } from '../../../gotmpl/index.ts';
import { v } from '../values.ts';

/** Knative's own definitions come with the first KnativeServing, after the first install. */
export const knowsDomainMappings = defineStatic('serverless-mesh.knowsDomainMappings', 'true');
export const mappingsKnown = answer(knowsDomainMappings);

const network = at(v.serving.config, 'network');
/**
 * The operator has Knative claim each domain for the first namespace that maps it; then it also deletes the claim
 * (knative/serving pkg/reconciler/domainmapping/reconciler.go). Where that is off, the claims are the chart's.
 */
const claimsAreOurs = or(
  eq(at(network, 'autocreate-cluster-domain-claims'), 'false'),
  eq(at(network, 'autocreateClusterDomainClaims'), 'false'),
);
export const claimsWanted = and(mappingsKnown, claimsAreOurs);

export const mappedHosts = defineJoined(
  'serverless-mesh.mappedHosts',
  'Domains that are mapped.',
  v.domainMappings,
  'mapping',
  mapping => mapping.host,
);
export const mappedNamespaces = defineJoined(
  'serverless-mesh.mappedNamespaces',
  'Their namespaces, in the same order.',
  v.domainMappings,
  'mapping',
  mapping => mapping.namespace,
);

export interface Mapping {
  readonly host: string;
  readonly namespace: string;
  readonly service: string;
  readonly secretName: string;
}
