/**
 * The AuthorizationPolicies that we can read: what our policies use and nothing else. Another field, action or kind
 * of value is an error, so that no policy is ever judged by half of what it says. A list without a value is an error as in
 * istio/istio pkg/config/validation/validation.go.
 * Fields: https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
import { type TProperties, Type } from 'typebox';
import { object, strings } from '../model/kinds/kind.ts';

const some = { minItems: 1 } as const;
const optional = (pattern: string) => Type.Optional(Type.Array(Type.String({ pattern }), some));
/** Exact, `prefix*`, `*suffix` or `*`, and no template of a path. */
const pattern = '^(\\*|\\*[^*{}]+|[^*{}]+\\*?)$';
/** A map that is not empty: Istio refuses an empty source or operation. */
const filled = <P extends TProperties>(fields: P) =>
  Type.Object(fields, { additionalProperties: false, minProperties: 1 });

export const source = filled({ namespaces: optional(pattern), principals: optional(pattern) });
export const operation = filled({
  hosts: optional(pattern),
  paths: optional(pattern),
  ports: optional('^[1-9][0-9]{0,4}$'),
  methods: optional('^[A-Z]+$'),
});
const condition = object({
  key: Type.String({ pattern: '^request\\.headers\\[[^\\]]+\\]$' }),
  values: Type.Array(Type.String({ pattern }), some),
});
const rule = object({
  from: Type.Optional(Type.Array(object({ source }), some)),
  to: Type.Optional(Type.Array(object({ operation }), some)),
  when: Type.Optional(Type.Array(condition, some)),
});
/** Istio logs what a dry run would do, and does not do it: reference, annotation istio.io/dry-run. */
const annotations = Type.Unsafe<object>({ type: 'object', propertyNames: { not: { const: 'istio.io/dry-run' } } });

export const authorizationPolicy = object({
  apiVersion: Type.Enum(['security.istio.io/v1beta1', 'security.istio.io/v1']),
  kind: Type.Literal('AuthorizationPolicy'),
  metadata: object({
    name: Type.String(),
    namespace: Type.String(),
    labels: Type.Optional(strings),
    annotations: Type.Optional(annotations),
  }),
  spec: object({
    selector: Type.Optional(object({ matchLabels: strings })),
    action: Type.Optional(Type.Literal('ALLOW')),
    rules: Type.Optional(Type.Array(rule)),
  }),
});
