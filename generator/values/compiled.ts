/**
 * The compiled schema of each chart's values. From source, ajv compiles it when it is first asked for; the build puts
 * ajv's stand-alone code in the place of this file, so that the built command needs no ajv (scripts/build.ts).
 */
import { Ajv, type ValidateFunction } from 'ajv';
import { charts } from '../charts.ts';

export type Validate = Pick<ValidateFunction, 'errors'> & ((values: unknown) => boolean);

const compiled = new Map<string, Validate>();

/** The check of a chart's merged values; after a call that gives false, its `errors` say why. */
export function validatorOf(chart: string): Validate {
  const known = compiled.get(chart);
  if (known) return known;
  const schema = charts.find(c => c.name === chart)?.values;
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema as object);
  compiled.set(chart, validate);
  return validate;
}
