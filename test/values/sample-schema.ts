import { Ajv } from 'ajv';
import { pathText } from '../../generator/values/path.ts';
import { schemaFindings } from '../../generator/values/schema-findings.ts';
import type { ValuesSchema } from '../../generator/values/schema-path.ts';

const closed = (properties: Record<string, ValuesSchema>) => ({
  type: 'object',
  properties,
  additionalProperties: false,
});
const flag = { type: 'boolean' };
const text = { type: 'string' };
const label = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]*$',
  maxLength: 10,
  hint: "lower-case letters, digits and '-', for example team-a",
};
const port = { type: 'integer', minimum: 1, maximum: 65535 };

export const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...closed({
    serverless: closed({ release: { type: 'string', enum: ['v1.36', 'v1.37', 'v1.38'] } }),
    serving: closed({ enabled: flag, ingress: { type: 'string', enum: ['istio', 'kourier'] } }),
    mesh: closed({
      namespace: label,
      members: { type: 'array', items: label, uniqueItems: true, maxItems: 3 },
      plain: { type: 'string', pattern: '^a+$' },
    }),
    kafka: {
      ...closed({
        enabled: flag,
        bootstrapServers: { type: 'array', items: text, minItems: 1 },
        listeners: { type: 'array', items: { ...closed({ name: label, port }), required: ['name', 'port'] } },
        broker: closed({ enabled: flag, replicationFactor: { type: 'integer', minimum: 1 } }),
      }),
      required: ['enabled'],
    },
    gateway: closed({
      hosts: { type: 'array', items: text, minItems: 2 },
      tls: closed({
        certificate: { type: 'string', maxLength: 5 },
        privateKey: { type: 'string', maxLength: 5, secret: true },
        token: { type: 'string', minLength: 2, pattern: '^[a-z]+$', secret: true },
        kind: { const: 'Issuer' },
      }),
    }),
    commonLabels: {
      type: 'object',
      minProperties: 1,
      propertyNames: {
        type: 'string',
        pattern: '^[a-z/]+$',
        maxLength: 20,
        hint: 'lower-case letters and /, for example my/key',
      },
      additionalProperties: { type: 'string', maxLength: 5 },
    },
    resources: { type: 'object' },
    either: { type: ['string', 'integer'] },
  }),
} as const satisfies ValuesSchema & Record<'$schema', string>;

const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

/** The findings about these values, each as `path: message`. */
export function told(values: unknown): string[] {
  validate(values);
  return schemaFindings(validate.errors ?? [], schema, values).map(
    ({ path, message }) => `${pathText(path)}: ${message}`,
  );
}
