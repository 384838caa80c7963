/**
 * The few shapes that values have. Each gives a JSON schema that both Helm engines, OpenShift's console form and
 * Artifact Hub read alike (draft-07, closed objects, RE2-safe patterns, no $ref and no anyOf).
 * Our own keywords, which never reach values.schema.json: `hint` (what is allowed, in words), `secret` (never shown),
 * `deprecated`, which becomes part of the description.
 */
import { type TSchema, Type } from 'typebox';

/** A value, or some of its choices, that will be removed. It must be so in two published minor versions before. */
export type Deprecation = {
  /** The first version of the chart that says so. */
  readonly since: string;
  /** What to use, as `gateway.tls.source`; follows "use". */
  readonly instead: string;
  /** The choices that will be removed; the whole value without it. */
  readonly members?: readonly string[];
};

type Words = {
  /** Label of the field in a form. */
  readonly title: string;
  /** What it means for a user, in one or two sentences. */
  readonly description: string;
  readonly deprecated?: Deprecation;
};
type TextRules = {
  readonly pattern?: string;
  readonly hint?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
};

/** A group of values. Closed: a misspelt name is refused. */
export const section = <P extends Record<string, TSchema>>(words: Words, properties: P) =>
  Type.Object(properties, { ...words, additionalProperties: false });
export const flag = (words: Words & { default: boolean }) => Type.Boolean(words);
export const choice = <const T extends string>(values: readonly T[], words: Words & { default: NoInfer<T> }) =>
  Type.Enum<T[]>([...values], { type: 'string', ...words });
export const integer = (words: Words & { default?: number; minimum: number; maximum: number }) => Type.Integer(words);
export const text = (words: Words & TextRules & { default?: string }) => Type.String(words);
/** PEM, or nothing. Checked by a rule and not by a pattern, because Helm 4 prints a value that breaks a pattern. */
export const pem = (words: Words & { secret?: true }) => Type.String({ default: '', maxLength: 65536, ...words });
export const list = <I extends TSchema>(
  items: I,
  words: Words & { default?: unknown[]; minItems?: number; maxItems: number; uniqueItems?: true },
) => Type.Array(items, words);
/** A map of the user's own keys. */
export const map = <V extends TSchema>(
  keys: TextRules,
  values: V,
  words: Words & { default?: object; minProperties?: number },
) =>
  Type.Unsafe<Record<string, Static<V>>>({
    type: 'object',
    propertyNames: { type: 'string', ...keys },
    additionalProperties: values,
    ...words,
  });
type Static<V extends TSchema> = import('typebox').Static<V>;

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const name = `${label}(\\.${label})*`;
/**
 * istiod refuses hosts whose last label is a number, and so all IP addresses (istio/istio pkg/config/validation/agent,
 * ValidateFQDN); top-level domains begin with a letter anyway.
 */
const topLevel = '[a-z]([-a-z0-9]{0,61}[a-z0-9])?';
const host = `(${label}\\.)*${topLevel}`;

/** Grammars of names, each with its words. Sources: Kubernetes object names (RFC 1123), labels and ConfigMap keys. */
export const grammar = {
  dnsLabel: {
    pattern: `^${label}$`,
    maxLength: 63,
    hint: "lower-case letters, digits and '-', at most 63 characters, for example team-a",
  },
  dnsName: {
    pattern: `^${name}$`,
    maxLength: 253,
    hint: "a DNS name of lower-case letters, digits, '-' and '.', for example apps.example.com",
  },
  host: {
    pattern: `^${host}$`,
    maxLength: 253,
    hint: "a DNS name of lower-case letters, digits, '-' and '.', and no IP address, for example apps.example.com",
  },
  clusterDomain: {
    pattern: `^${host}$`,
    // A Service and its namespace, of 63 characters each, stand before it, and istiod takes 255.
    maxLength: 120,
    hint: "a DNS name of lower-case letters, digits, '-' and '.', at most 120 characters, for example cluster.local",
  },
  gatewayHost: {
    // istiod refuses names without a dot.
    pattern: `^(\\*|(\\*|${label})\\.${host})$`,
    maxLength: 253,
    hint: 'a DNS name with a dot, optionally with *. in front, or * alone, for example *.apps.example.com',
  },
  hostPort: {
    pattern: `^${host}:[1-9][0-9]{0,4}$`,
    // istiod takes hosts of 255 characters.
    maxLength: 257,
    hint: 'host:port with a DNS name and no IP address, without a scheme, for example my-cluster-kafka-bootstrap.kafka:9092',
  },
  image: {
    pattern: '^[a-z0-9]([-a-z0-9._/:@]*[a-z0-9])?$',
    maxLength: 512,
    hint: 'an image reference, for example registry.redhat.io/ubi9/httpd-24:9.7',
  },
  labelKey: {
    pattern: `^(${name}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`,
    // The prefix has at most 253 characters, which a pattern cannot say; a key of 255 has none that is longer.
    maxLength: 255,
    hint: "an optional DNS prefix and '/', then letters, digits, '-', '_' and '.', at most 255 characters, for example example.com/team",
  },
  labelValue: {
    pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$',
    maxLength: 63,
    hint: "letters, digits, '-', '_' and '.', at most 63 characters, beginning and ending with a letter or digit",
  },
  quantity: {
    pattern: '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$',
    maxLength: 32,
    hint: 'a quantity of Kubernetes in quotes, for example "250m" or 512Mi',
  },
  configKey: {
    pattern: '^[-._a-zA-Z0-9]+$',
    maxLength: 253,
    hint: "letters, digits, '-', '_' and '.', for example domain-template",
  },
} as const satisfies Record<string, TextRules>;

/** Any text of a user's that both Helms read. */
export const freeText = {
  // Helm 3 checks values as YAML, whose readers refuse these characters unless they are escaped, which its JSON is not;
  // and where an object is applied as YAML, U+0085 becomes a space and U+FEFF is refused (test/cluster/accepted.test.ts).
  pattern: '^[^\\x7f-\\x9f\ufeff\ufffe\uffff]*$',
  maxLength: 16384,
  hint: 'text without the characters U+007F to U+009F, U+FEFF, U+FFFE and U+FFFF, which YAML cannot carry',
} as const satisfies TextRules;

/** The same grammar, or nothing. */
export const optional = (rules: TextRules & { pattern: string; hint: string }): TextRules => ({
  ...rules,
  pattern: `^(${rules.pattern.slice(1, -1)})?$`,
  hint: `${rules.hint}, or "" for none`,
});
