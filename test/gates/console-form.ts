/** The form that OpenShift's console makes of values.schema.json: what it shows of the values. */
import type { Check, Gate } from './gate.ts';
import type { JsonSchema } from './schema-rules.ts';
import { type Subject, textOf } from './subject.ts';
import { withFile, withProperty } from './violations.ts';

const unsupported = ['allOf', 'anyOf', 'oneOf'];
const scalars = ['string', 'number', 'integer', 'boolean'];
const schemaOf = (s: Subject) => JSON.parse(textOf(s, 'values.schema.json') || '{}') as JsonSchema;

/** As rjsf's getSchemaType: a type and null is that type, an enum is text, properties make an object. */
function typeOf(schema: JsonSchema): string | undefined {
  const { type } = schema;
  if (type === undefined && schema.const !== undefined) return typeof schema.const;
  if (type === undefined && schema.enum !== undefined) return 'string';
  if (type === undefined && (schema.properties ?? schema.additionalProperties) !== undefined) return 'object';
  if (Array.isArray(type)) return type.length === 2 && type.includes('null') ? type.find(t => t !== 'null') : undefined;
  return type as string | undefined;
}

/** As the console's hasNoFields: true for what the form leaves out. */
function isHidden(schema: JsonSchema | undefined): boolean {
  if (schema === undefined || Object.keys(schema).length === 0) return true;
  if (unsupported.some(keyword => keyword in schema)) return true;
  const type = typeOf(schema);
  if (type === 'array') return isHidden(schema.items);
  if (type === 'object') return Object.values(schema.properties ?? {}).every(isHidden);
  return !scalars.includes(type ?? '');
}

interface Field {
  readonly path: string;
  readonly hidden: boolean;
  /** Can be given as one text, number or yes and no. */
  readonly scalar: boolean;
}
function fieldsOf(schema: JsonSchema, path: string, hidden: boolean): Field[] {
  const below = [
    ...Object.entries(schema.properties ?? {}).map(
      ([key, child]) => [path === '' ? key : `${path}.${key}`, child] as const,
    ),
    ...(schema.items === undefined ? [] : [[`${path}[]`, schema.items] as const]),
  ];
  if (below.length === 0) {
    const type = typeOf(schema);
    return [{ path, hidden: hidden || isHidden(schema), scalar: type !== 'object' && type !== 'array' }];
  }
  return below.flatMap(([where, child]) => fieldsOf(child, where, hidden || isHidden(schema)));
}
const hiddenFields = (s: Subject, scalar: boolean) =>
  fieldsOf(schemaOf(s), '', false)
    .filter(field => field.hidden && field.scalar === scalar)
    .map(({ path }) => `${path}: is hidden`);

const checks: readonly Check[] = [
  {
    id: 'the form is there',
    rule: 'no allOf, anyOf or oneOf at the root, and a schema that is not empty',
    find: s => {
      const schema = schemaOf(s);
      if (Object.keys(schema).length === 0) return ['values.schema.json: is empty'];
      return unsupported.filter(keyword => keyword in schema).map(keyword => `values.schema.json: has ${keyword}`);
    },
    violation: withFile('values.schema.json', '{"type": "object", "anyOf": []}'),
    found: 'values.schema.json: has anyOf',
  },
  {
    id: 'draft-07',
    rule: 'a draft that ajv 6 of the form knows',
    find: s => (schemaOf(s).$schema === 'http://json-schema.org/draft-07/schema#' ? [] : ['$schema: is another draft']),
    violation: withFile('values.schema.json', '{"$schema": "https://json-schema.org/draft/2020-12/schema"}'),
    found: '$schema: is another draft',
  },
  {
    id: 'scalars',
    rule: 'every scalar value is shown, also below lists and objects',
    find: s => hiddenFields(s, true),
    violation: withProperty('port', { type: 'object', properties: { a: { type: ['string', 'integer'] } } }),
    found: 'port.a: is hidden',
  },
  {
    id: 'maps',
    rule: 'maps and free objects are hidden by nature: each is known',
    find: s => hiddenFields(s, false),
    violation: withProperty('more', { type: 'object', additionalProperties: { type: 'string' } }),
    found: 'more: is hidden',
  },
];

export const consoleForm: Gate = {
  id: 'console-form',
  title: "OpenShift's console form, written from its rules",
  source:
    'https://github.com/openshift/console/blob/master/frontend/packages/console-shared/src/components/dynamic-form/utils.ts',
  looked:
    'values.schema.json of the packages, by the rules of hasNoFields and of getSchemaType in rjsf, which it calls.',
  checks,
};
