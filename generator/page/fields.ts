/** values.schema.json and values.yaml of any publisher, as a tree of fields for the page. */
import { load } from 'js-yaml';
import { kindOf, type Limit, limitsOf, type Rule, typeWords } from './field-words.ts';
import { oneLine, plainText } from './safe.ts';

export interface Field {
  /** As `--set` writes it; `[]` stands for an item of a list, `*` for a key of a map. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly kind: Kind;
  /** JSON of the default; '' without one. */
  readonly default: string;
  readonly choices: readonly string[];
  readonly limits: readonly Limit[];
  readonly deprecated: boolean;
  readonly children: readonly Field[];
}

/** How a user writes it: a section and a part of a list or map are not written by themselves. */
export type Kind = 'section' | 'part' | 'text' | 'number' | 'flag' | 'choice' | 'list' | 'json';

/** Schemas may refer to themselves, and a hostile one may be deep. */
const deepest = 12;
const most = 3000;

/** The fields of a chart; of values.yaml alone where there is no schema. A default in values.yaml counts, as for Helm. */
export function fieldsOf(schema: object | undefined, valuesYaml: string | undefined): Field[] {
  const values = parsed(valuesYaml);
  const root: Rule = { ...schema };
  const budget = { left: most };
  const fields = childrenOf({ root, rule: root, path: '', value: values, part: false, depth: 0, budget });
  return budget.left > 0 ? fields : [...fields, cut];
}

/** A field that says that the page does not show all. */
const cut: Field = {
  path: '…',
  title: '',
  description: `This page shows ${most} values; helm show values prints all.`,
  type: '',
  kind: 'part',
  default: '',
  choices: [],
  limits: [],
  deprecated: false,
  children: [],
};

function parsed(text: string | undefined): unknown {
  try {
    return load(text ?? '');
  } catch {
    return undefined;
  }
}

interface Place {
  readonly root: Rule;
  readonly rule: Rule;
  readonly path: string;
  readonly value: unknown;
  readonly part: boolean;
  readonly depth: number;
  readonly budget: { left: number };
}

const isMap = (x: unknown): x is Rule => typeof x === 'object' && x !== null && !Array.isArray(x);

function childrenOf(place: Place): Field[] {
  const { rule, path, value } = place;
  if (place.depth >= deepest) return [];
  const named = isMap(rule.properties) ? rule.properties : {};
  const values = isMap(value) ? value : {};
  // A map of the user's own keys is one field, shown with its default.
  const further = rule.properties === undefined && rule.type !== undefined ? [] : Object.keys(values);
  const keys = [...new Set([...Object.keys(named), ...further])];
  const fields = keys.flatMap(key => {
    if (place.budget.left-- <= 0) return [];
    const child = own(named, key);
    const at = { path: below(path, key), rule: isMap(child) ? child : {}, value: own(values, key) };
    return [fieldAt({ ...place, ...at, depth: place.depth + 1 })];
  });
  return [...fields, ...partsOf(place, rule.items, '[]'), ...partsOf(place, rule.additionalProperties, '.*')];
}

/** The fields of each item of a list, or of each entry of a map. */
function partsOf(place: Place, rule: unknown, suffix: string): Field[] {
  const each = isMap(rule) ? resolved(place.root, rule) : {};
  if (!isMap(each.properties)) return [];
  const path = place.path + suffix;
  return childrenOf({ ...place, rule: each, path, value: undefined, part: true, depth: place.depth + 1 });
}

const below = (path: string, key: string) => (path === '' ? '' : `${path}.`) + oneLine(key).replace(/[.\\]/g, '\\$&');

const own = (map: Rule, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);

/** A rule with what it refers to in its own schema; other references are left alone: the page asks no network. */
function resolved(root: Rule, rule: Rule, times = 5): Rule {
  const { $ref, ...rest } = rule;
  if (typeof $ref !== 'string' || !/^#(\/|$)/.test($ref) || times === 0) return rule;
  const keys = $ref
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = keys.reduce<unknown>((at, key) => (isMap(at) ? own(at, key) : undefined), root);
  return isMap(target) ? resolved(root, { ...target, ...rest }, times - 1) : rule;
}

function fieldAt(place: Place): Field {
  const rule = resolved(place.root, place.rule);
  const value = place.value === undefined ? rule.default : place.value;
  const children = childrenOf({ ...place, rule });
  const kind = kindOf(rule, value, children.length > 0);
  return {
    path: place.path,
    title: oneLine(rule.title),
    description: plainText(rule.description),
    type: typeWords(rule, value),
    kind: place.part && kind !== 'section' ? 'part' : kind,
    default: kind === 'section' || value === undefined ? '' : plainText(JSON.stringify(value)),
    choices: Array.isArray(rule.enum) ? rule.enum.map(x => plainText(JSON.stringify(x))) : [],
    limits: limitsOf(rule),
    deprecated: rule.deprecated === true,
    children,
  };
}
