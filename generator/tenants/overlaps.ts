/** Namespaces and prefixes of one tenant that are inside another one. */
import { type Finding, placeText } from '../findings.ts';
import { called, namespacesOf, type Place, prefixesOf, prefixOf, type Tenant } from './tenant.ts';

/** The tenants that have a prefix, in the order of the list. */
type ByPrefix = ReadonlyMap<string, readonly Tenant[]>;

/**
 * Each namespace that two tenants have, or that begins with the prefix of another one, and each prefix that does. Looks
 * everything up by name, because there may be thousands of tenants.
 */
export function overlaps(tenants: readonly Tenant[]): Finding[] {
  const byPrefix = tenantsByPrefix(tenants);
  return [...sharedNamespaces(tenants, byPrefix), ...tenants.flatMap(tenant => sharedPrefixes(tenant, byPrefix))];
}

export function tenantsByPrefix(tenants: readonly Tenant[]): ByPrefix {
  const byPrefix = new Map<string, Tenant[]>();
  for (const tenant of tenants) {
    const prefix = prefixOf(tenant);
    const known = byPrefix.get(prefix);
    if (known !== undefined) known.push(tenant);
    else if (prefix !== '') byPrefix.set(prefix, [tenant]);
  }
  return byPrefix;
}

interface Namespace {
  readonly tenant: Tenant;
  readonly name: string;
  readonly place: () => Place;
}

function sharedNamespaces(tenants: readonly Tenant[], byPrefix: ByPrefix): Finding[] {
  const first = new Map<string, Namespace>();
  const findings: Finding[] = [];
  for (const tenant of tenants)
    for (const { name, index } of namespacesOf(tenant)) {
      const namespace = { tenant, name, place: () => tenant.own(['namespaces', index]) };
      const known = first.get(name);
      if (known === undefined) first.set(name, namespace);
      // Twice in one tenant is for the schema to say.
      const other = known?.tenant === tenant ? undefined : known;
      if (other !== undefined) findings.push(inBoth(namespace, other));
      for (const owner of insideOf(namespace, byPrefix))
        if (owner !== other?.tenant) findings.push(inside(namespace, owner));
    }
  return findings;
}

/** Other tenants with whose prefix the name begins, one for each prefix. Not those whose prefix that of its own begins with. */
function insideOf({ tenant, name }: Namespace, byPrefix: ByPrefix): Tenant[] {
  const own = prefixOf(tenant);
  const told = own !== '' && name.startsWith(own) ? own.length : 0;
  return prefixesOf(name)
    .filter(prefix => prefix.length > told)
    .flatMap(prefix => byPrefix.get(prefix)?.find(other => other !== tenant) ?? []);
}

function inBoth({ name, place }: Namespace, other: Namespace): Finding {
  const where = placeText(other.place());
  return {
    ...place(),
    message: `is ${name}, which is a namespace of ${called(other.tenant)} too (${where}); leave it in one of the two`,
  };
}

function inside({ name, place }: Namespace, owner: Tenant): Finding {
  return {
    ...place(),
    message: `is ${name}, which begins with ${prefixText(owner)}, and so is inside that tenant; move it there, or change one of the two names`,
  };
}

/** A prefix that another tenant has too, or that begins with one. */
function sharedPrefixes(tenant: Tenant, byPrefix: ByPrefix): Finding[] {
  const own = prefixOf(tenant);
  const place = () => tenant.own(['namespacePrefix']);
  return prefixesOf(own).flatMap(prefix => {
    const [owner] = byPrefix.get(prefix) ?? [];
    if (owner === undefined || owner === tenant) return [];
    const message =
      prefix === own
        ? `is ${own}, as the prefix of ${called(owner)} (${prefixPlace(owner)}), so that each is inside the other; write another one`
        : `is ${own}, which begins with ${prefixText(owner)}, so that all of this tenant is inside that one; write prefixes of which none begins another`;
    return [{ ...place(), message }];
  });
}

const prefixPlace = (tenant: Tenant): string => placeText(tenant.own(['namespacePrefix']));
const prefixText = (tenant: Tenant): string =>
  `${prefixOf(tenant)}, the prefix of ${called(tenant)} (${prefixPlace(tenant)})`;
