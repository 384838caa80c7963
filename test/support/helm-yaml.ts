import {
  boolYaml11Tag,
  CORE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  load,
  type MappingTagDefinition,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
} from 'js-yaml';

// Helm and the API server read YAML with sigs.k8s.io/yaml: YAML 1.1 booleans, Go's integer literals (0777, 0o14, 0b11,
// 1_000), no sexagesimals (1:30), dates stay strings. No schema of js-yaml is equal to that; this one is, and
// helm-yaml.test.ts holds it against both Helms.
const goInteger = /^[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$/;
const goFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const notJson = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const goIntegerTag: typeof intCoreTag = { ...intCoreTag, resolve: text => integerOf(text) ?? NOT_RESOLVED };
const goFloatTag: typeof floatCoreTag = { ...floatCoreTag, resolve: text => floatOf(text) ?? NOT_RESOLVED };

/** Keys become strings as in JSON: `on: 1` is the key "true". No key at all (null) is an error, as it is for Helm. */
const jsonMapTag: MappingTagDefinition<Record<string, unknown>> = {
  ...mapTag,
  addPair: (map, key, value) => (key === null ? 'a key must not be null' : mapTag.addPair(map, key, value)),
};

const schema = CORE_SCHEMA.withTags(boolYaml11Tag, goIntegerTag, goFloatTag, jsonMapTag, mergeTag);

/**
 * One YAML document as Helm and Kubernetes read it, as plain JSON data; nothing but comments gives null.
 * Throws on a syntax error, a duplicate key, and a value that JSON cannot hold.
 */
export function parseAsHelm(text: string): unknown {
  return /^\s*[^\s#]/m.test(text) ? load(text, { schema }) : null;
}

/** Data as text for a values file or Chart.yaml: JSON, with what JSON allows unescaped and go-yaml refuses or folds escaped. */
export function jsonForHelm(data: unknown): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(data).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped)}\n`;
}

function integerOf(text: string): number | undefined {
  const digits = text.replaceAll('_', '').toLowerCase();
  if (text.startsWith('_') || !goInteger.test(digits)) return undefined;
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/.exec(digits) ?? [];
  // Number() reads 0b, 0o and 0x as Go does, but takes 012 for decimal twelve.
  const value = Number(/^0[0-7]+$/.test(body) ? `0o${body}` : body);
  return sign === '-' && value !== 0 ? -value : value;
}

function floatOf(text: string): number | undefined {
  if (notJson.test(text)) throw new Error(`${text} is not a JSON value; Helm and Kubernetes refuse it`);
  const digits = text.replaceAll('_', '');
  if (text.startsWith('_') || !goFloat.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}
