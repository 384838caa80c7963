/** What a request must be for a rule to allow it, in words in which N stands for each namespace of a tenant. */
import type { Tenant } from './example.ts';
import type { Operation, Rule } from './policies.ts';

export interface Limit {
  /** Empty: any request. */
  readonly words: string;
  /** The tenants whose namespaces N stands for: one, or where a rule names two, N1 and N2. */
  readonly tenants: readonly string[];
}

export const anyRequest: Limit = { words: '', tenants: [] };

/** `quoted` is what stands for a value: in Markdown, its stars would be lost. */
export function limitOf(
  { to, when }: Pick<Rule, 'to' | 'when'>,
  tenants: readonly Tenant[],
  quoted = (value: string) => value,
): Limit {
  const values = (all: readonly string[]) => collapsed(all, tenants).map(quoted).join(', ');
  const operations = to.map(operation => operationWords(operation, values));
  const conditions = when.map(({ header, values: wanted }) => `header ${header}: ${values(wanted)}`);
  const either = operations.join(', or ');
  const first = operations.length > 1 && conditions.length > 0 ? `(${either})` : either;
  const marked = [first, ...conditions].filter(words => words !== '').join(' and ');
  const named = [...new Set([...marked.matchAll(/\{(.+?)\}/g)].map(match => match[1]!))];
  const words = marked.replaceAll(/\{(.+?)\}/g, (_, name) => (named.length > 1 ? `N${named.indexOf(name) + 1}` : 'N'));
  return { words, tenants: named };
}

const words = { methods: 'method', ports: 'port', paths: 'path', hosts: 'host' } as const;

const operationWords = (operation: Operation, values: (all: readonly string[]) => string): string =>
  (Object.keys(words) as (keyof typeof words)[])
    .filter(field => operation[field] !== undefined)
    .map(field => `${words[field]} ${values(operation[field]!)}`)
    .join(' and ');

/**
 * The values, with those that are there for every namespace of a tenant written once: `*.a-shop.svc` and `*.a-stock.svc`
 * become `*.{a}.svc`. What is there for some of them only stays as it is, and so shows.
 */
export function collapsed(values: readonly string[], tenants: readonly Tenant[]): string[] {
  const marks = values.map(value => {
    for (const tenant of tenants)
      for (const namespace of tenant.namespaces) {
        const mark = value.replace(new RegExp(`(?<![-a-z0-9])${namespace}(?![-a-z0-9])`), `{${tenant.name}}`);
        const all = tenant.namespaces.map(each => mark.replace(`{${tenant.name}}`, each));
        if (mark !== value && all.every(one => values.includes(one))) return mark;
      }
    return value;
  });
  return [...new Set(marks)];
}
