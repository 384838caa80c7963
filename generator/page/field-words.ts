/** What a JSON schema of any publisher says of one value, in words. */
import type { Kind } from './fields.ts';
import { oneLine, plainText } from './safe.ts';

/** A JSON schema of which nothing is known yet. */
export type Rule = Readonly<Record<string, unknown>>;

const isRule = (x: unknown): x is Rule => typeof x === 'object' && x !== null && !Array.isArray(x);

/** The type that the rule names, or else that of the default. */
function typesOf(rule: Rule, value: unknown): string[] {
  if (typeof rule.type === 'string') return [oneLine(rule.type)];
  if (Array.isArray(rule.type)) return rule.type.map(oneLine).filter(Boolean);
  if (isRule(rule.properties)) return ['object'];
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return ['array'];
  return [typeof value];
}

/** `string`, `list of string`, `map of string`; 'any' where nothing is said. */
export function typeWords(rule: Rule, value: unknown, depth = 0): string {
  const inner = (x: unknown) => (isRule(x) && depth < 3 ? ` of ${typeWords(x, undefined, depth + 1)}` : '');
  const words = typesOf(rule, value).map(type => {
    if (type === 'array') return `list${inner(rule.items)}`;
    if (type === 'object' && !isRule(rule.properties)) return `map${inner(rule.additionalProperties)}`;
    return type;
  });
  return words.length === 0 ? 'any' : words.join(' or ');
}

export function kindOf(rule: Rule, value: unknown, hasChildren: boolean): Kind {
  const types = typesOf(rule, value);
  if (Array.isArray(rule.enum) && rule.enum.length > 0) return 'choice';
  if (types.length !== 1) return hasChildren ? 'section' : 'json';
  if (types[0] === 'object' && hasChildren && !isRule(rule.additionalProperties)) return 'section';
  if (types[0] === 'boolean') return 'flag';
  if (types[0] === 'integer' || types[0] === 'number') return 'number';
  if (types[0] === 'string') return 'text';
  const items = isRule(rule.items) ? rule.items.type : undefined;
  return types[0] === 'array' && items === 'string' ? 'list' : 'json';
}

/** Limits in the words that the page shows. The names are JSON schema's; the script reads them to check what is written. */
const limits = {
  pattern: 'Pattern',
  format: 'Format',
  minimum: 'Minimum',
  maximum: 'Maximum',
  minLength: 'Shortest, characters',
  maxLength: 'Longest, characters',
  minItems: 'Items at least',
  maxItems: 'Items at most',
  const: 'Always',
} as const;

export interface Limit {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

export function limitsOf(rule: Rule): Limit[] {
  return Object.entries(limits).flatMap(([key, name]) => {
    const value = rule[key];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return [{ name, key, value: plainText(String(value)) }];
  });
}
