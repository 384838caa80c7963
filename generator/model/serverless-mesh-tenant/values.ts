/** Typed references to the chart's values. */
import { TenantValues } from '../../../values-schema/tenant/index.ts';
import { defineList, defineText, type Expr, fmt, listFrom, refs, textOf } from '../../gotmpl/expr.ts';
import { eq, inParts, not, orElse, pick, single } from '../../gotmpl/functions.ts';
import { knativeServingIngress } from '../facts/names.ts';
import { release } from '../release.ts';

export const v = refs<TenantValues>(TenantValues);

export const tenantHelper = defineText(
  'serverless-mesh-tenant.tenant',
  'Name of the tenant, after which its policies are named.',
  orElse(v.name, release.Name),
);
export const tenant = textOf(tenantHelper);

/** Where the pods of the ingress gateway are. */
export const gatewayNamespace = pick(eq(v.mesh.generation, 'v3'), knativeServingIngress, v.mesh.namespace);

export const sourcesHelper = defineList(
  'serverless-mesh-tenant.sources',
  'The namespaces of the tenant as policies name them: all, or what their names begin with.',
  pick(not(eq(v.namespacePrefix, '')), single(fmt`${v.namespacePrefix}*`), v.namespaces),
);
export const sources = listFrom(sourcesHelper);

/**
 * Namespaces whose hosts stand in one policy. With the sources, twice each, no object has more than 200 KiB
 * (test/at-install/tenant-size.test.ts); client-side apply can keep 256 KiB in an annotation.
 */
export const namespacesPerPolicy = 150;
/**
 * Policies that stand in one document, a List, so that the names of the namespaces stand there once and not in each
 * policy. YAML parsers refuse documents that consist of little else than repetitions
 * (https://github.com/yaml/go-yaml/blob/v3.0.4/decode.go, allowedAliasRatio): with 50, the largest lists that
 * rules.ts accepts still pass, but by little.
 */
const perList = 50;
export const partsOfPolicies: Expr<readonly (readonly string[])[]> = inParts(v.namespaces, namespacesPerPolicy);
export const partsOfLists: Expr<readonly (readonly string[])[]> = inParts(v.namespaces, perList);
