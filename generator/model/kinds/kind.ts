/**
 * Kinds for which no package has types: a schema of exactly the fields that we set, each kind with its source.
 * It gives the TypeScript type and the check of every rendered object; a test holds it against the real CRD.
 */
import { type TProperties, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
export const object = <P extends TProperties>(properties: P) => Type.Object(properties, closed);
export const strings = Type.Unsafe<Readonly<Record<string, string>>>({
  type: 'object',
  additionalProperties: { type: 'string' },
});

const Metadata = object({
  name: Type.String(),
  namespace: Type.Optional(Type.String()),
  labels: Type.Optional(strings),
  annotations: Type.Optional(strings),
});

/** Schema of a kind: its API version, name and spec. */
export const kind = <A extends string, K extends string, S extends TProperties>(apiVersion: A, name: K, spec: S) =>
  object({ apiVersion: Type.Literal(apiVersion), kind: Type.Literal(name), metadata: Metadata, spec: object(spec) });

/** A toleration of Kubernetes, as we set it. */
export const Toleration = object({
  key: Type.String(),
  operator: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
  effect: Type.Optional(Type.String()),
});
/** Where a pod runs. */
export const placement = {
  nodeSelector: Type.Optional(strings),
  tolerations: Type.Optional(Type.Array(Toleration)),
};

/** A collector of traces, in the configuration of Istio of both generations. */
export const TracingProvider = object({
  name: Type.String(),
  opentelemetry: object({ service: Type.String(), port: Type.Integer() }),
});
