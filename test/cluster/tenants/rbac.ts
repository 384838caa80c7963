/** Envoy's RBAC rules in short words, to hold them against what is expected. */
import type { EnvoyView, Rbac } from '../envoy-view.ts';

/** A node of Envoy's permissions and principals: one key, or two where a header or a state has a name. */
type Node = Readonly<Record<string, unknown>>;

const lists = { andRules: 'rules', orRules: 'rules', andIds: 'ids', orIds: 'ids' } as const;

/** `=TEXT`, `TEXT*`, `*TEXT` or `~REGEX`; throws for what is none of them. */
function matcher(node: Node): string {
  const { ignoreCase, ...rest } = node as { ignoreCase?: boolean };
  const [[key, value] = []] = Object.entries(rest);
  const text = String(value);
  const said = {
    exact: () => `=${text}`,
    prefix: () => `${text}*`,
    suffix: () => `*${text}`,
    safeRegex: () => `~${(value as { regex: string }).regex}`,
  }[key as string];
  if (said === undefined) throw new Error(`unknown matcher ${JSON.stringify(node)}`);
  return ignoreCase ? `${said()} (any case)` : said();
}

/** A permission or a principal. Throws for what no rule of ours becomes, so that nothing is overlooked. */
function say(node: Node): string {
  const [[key, value] = []] = Object.entries(node) as [string, Node][];
  switch (key) {
    case 'any':
      return 'any';
    case 'andRules':
    case 'andIds':
    case 'orRules':
    case 'orIds': {
      const parts = (value![lists[key]] as Node[]).map(say);
      const word = key.startsWith('and') ? ' and ' : ' or ';
      return parts.length === 1 ? parts[0]! : `(${parts.join(word)})`;
    }
    case 'notId':
    case 'notRule':
      return say(value!) === 'any' ? 'nobody' : `not ${say(value!)}`;
    case 'header':
      return `${value!.name === ':authority' ? 'host' : `header ${value!.name}`} ${matcher(value!.stringMatch as Node)}`;
    case 'urlPath':
      return `path ${matcher(value!.path as Node)}`;
    case 'destinationPort':
      return `port ${value}`;
    case 'filterState':
      return `${value!.key} ${matcher(value!.stringMatch as Node)}`;
    case 'authenticated':
      return `principal ${matcher(value!.principalName as Node)}`;
    default:
      throw new Error(`unknown rule ${JSON.stringify(node)}`);
  }
}

/** `POLICY RULE`, the rule by its number: istiod says it so, `ns[NAMESPACE]-policy[POLICY]-rule[RULE]`. */
function nameOf(name: string): string {
  const [, policy, rule] = /-policy\[(.+)\]-rule\[(\d+)\]$/.exec(name) ?? [];
  if (policy === undefined) throw new Error(`unknown name ${name}`);
  return `${policy} ${rule}`;
}

export interface Rules {
  /** `POLICY RULE: FROM -> TO`, sorted. */
  readonly requests: readonly string[];
  /** `POLICY RULE`, sorted: those that hold for what is no HTTP, too. */
  readonly connections: readonly string[];
}

interface Policy {
  readonly permissions: readonly Node[];
  readonly principals: readonly Node[];
}

/** What a sidecar lets in. Throws where one of its chains has other rules than another, or denies by rules. */
export function rulesOf({ listeners }: EnvoyView): Rules {
  const chains = listeners.filter(({ name }) => name === 'virtualInbound').flatMap(({ chains }) => chains);
  const the = (of: Rbac['of'], line: (name: string, policy: Policy) => string) => {
    const filters = chains.map(({ rbac = [] }) => rbac.filter(one => one.of === of)).filter(({ length }) => length > 0);
    const [first = [], ...others] = new Map(filters.map(filter => [JSON.stringify(filter), filter])).values();
    if (others.length > 0 || first.length > 1 || first.some(({ action }) => action !== 'ALLOW'))
      throw new Error(`rules of more than one sort: ${JSON.stringify([first, ...others])}`);
    return first
      .flatMap(({ policies }) => Object.entries(policies as Record<string, Policy>))
      .map(([name, policy]) => line(nameOf(name), policy))
      .sort();
  };
  const words = (nodes: readonly Node[]) => nodes.map(say).join(' or ');
  return {
    requests: the(
      'requests',
      (name, { permissions, principals }) => `${name}: ${words(principals)} -> ${words(permissions)}`,
    ),
    connections: the('connections', name => name),
  };
}
