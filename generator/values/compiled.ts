/**
 * The compiled schemas: of each chart's values, and of publisher.yaml. From source, ajv compiles it when it is first asked for; the build puts
 * ajv's stand-alone code in the place of this file, so that the built command needs no ajv (scripts/build.ts).
 */
import { Ajv, type ValidateFunction } from 'ajv';
import { charts } from '../charts.ts';
import { publisherSchema } from '../publisher/schema.ts';

export type Validate = Pick<ValidateFunction, 'errors'> & ((values: unknown) => boolean);

/** By name: that of a chart, or publisher. */
export const schemas: Readonly<Record<string, object>> = {
  ...Object.fromEntries(charts.map(({ name, values }) => [name, values])),
  publisher: publisherSchema,
};
const compiled = new Map<string, Validate>();

/** The check of a chart's merged values, or of publisher.yaml; after a call that gives false, its `errors` say why. */
export function validatorOf(name: string): Validate {
  const known = compiled.get(name);
  if (known) return known;
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schemas[name] as object);
  compiled.set(name, validate);
  return validate;
}
