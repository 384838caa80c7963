/** Names of tenants: what the chart leaves open, because Helm names the release. */
import { type Finding, placeText } from '../findings.ts';
import type { ValueFinding } from '../values/environments.ts';
import { isLabel, type Tenant } from './tenant.ts';

/** The longest name of a release: https://helm.sh/docs/topics/charts/. */
const longest = 53;

/** A tenant of a list is also a release of Helm's, with the same name. */
export function nameFindings(name: unknown): ValueFinding[] {
  const finding = (message: string) => [{ path: ['name'], message }];
  if (name === '') return finding(`is missing; ${needed.name}`);
  if (!isLabel(name) || name.length <= longest) return [];
  return finding(
    `has ${name.length} characters, and a release of Helm, which has the name of its tenant, at most ${longest}; write a shorter one`,
  );
}

/** In a list each tenant needs what the chart takes from its release, or refuses to do without. */
export const ofOneInList = (finding: ValueFinding): ValueFinding => {
  const message = finding.message.replace(', or "" for none', '');
  const [key, ...below] = finding.path;
  if (below.length > 0 || (key !== 'name' && key !== 'namespaces')) return finding;
  return { ...finding, message: message.startsWith('was deleted') ? `is null; ${needed[key]}` : message };
};
const needed = {
  name: 'write a name, which its policies and its Helm release get',
  namespaces: 'list the namespaces of the tenant',
};

/**
 * Two tenants of one name, whose objects would be the same. Other collisions there are none: in `allow-NAME-to-RECEIVER-1`
 * no receiver holds `-to-`, so the name ends at the last one; and what the chart serverless-mesh has there ends with no
 * number (test/tenants/objects.test.ts).
 */
export function sameNames(tenants: readonly Tenant[]): Finding[] {
  const first = new Map<string, Tenant>();
  return tenants.flatMap(tenant => {
    const { name, own } = tenant;
    if (!isLabel(name)) return [];
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, tenant);
      return [];
    }
    const place = own(['name']);
    return [
      { ...place, message: `is ${name}, as ${otherName(other)} is called already; give one of them another name` },
    ];
  });
}

function otherName({ own }: Tenant): string {
  return `${own([]).path} (${placeText(own(['name']))})`;
}
