/** Envoy's RBAC rules in short words, to hold them against what is expected. */
import type { EnvoyView } from '../envoy-view.ts';

/** A node of Envoy's permissions and principals: one key, or two where a header or a state has a name. */
type Node = Readonly<Record<string, unknown>>;

/** An AuthorizationPolicy's rule, as Envoy has it. */
export interface Said {
  readonly from: string;
  readonly to: string;
}

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

/** The rules for requests of a sidecar, by their names. Throws where one of its chains has others than another. */
export function rulesOf({ listeners }: EnvoyView): Readonly<Record<string, Said>> {
  const chains = listeners
    .filter(({ name }) => name === 'virtualInbound')
    .flatMap(({ chains }) => chains.map(({ rbac = [] }) => rbac.filter(({ of }) => of === 'requests')))
    .filter(({ length }) => length > 0);
  const all = new Set(chains.map(filters => JSON.stringify(filters)));
  if (all.size > 1) throw new Error(`chains of different rules: ${[...all].join('\n')}`);
  return Object.fromEntries(
    (chains[0] ?? []).flatMap(({ action, policies }) =>
      Object.entries(policies as Record<string, { permissions: Node[]; principals: Node[] }>)
        .map(([name, { permissions, principals }]): [string, Said] => [
          `${action} ${name}`,
          { from: principals.map(say).join(' or '), to: permissions.map(say).join(' or ') },
        ])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}
