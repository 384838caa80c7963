import { Ajv, type ErrorObject } from 'ajv';
import { freeFormKeyword, type JsonSchema, uniqueByKeyword } from './crd-schema.ts';

/** What is wrong, and where: `spec.servers[0].port.name`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

export interface Checked {
  readonly problems: readonly Problem[];
  /** Paths of content that the schema says nothing about. */
  readonly freeForm: readonly string[];
}

// Keywords report through this list, as ajv has no notes beside errors. A check is synchronous, so one list will do.
let freeForm: string[] = [];

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  // The API server fills in a CRD's defaults before it validates.
  useDefaults: true,
  validateFormats: false,
  unicodeRegExp: false,
  logger: false,
});
ajv.addKeyword({
  keyword: freeFormKeyword,
  validate: (_: unknown, data: unknown, __: unknown, context?: { instancePath: string }) => {
    if (typeof data !== 'object' || Object.keys(data ?? {}).length > 0)
      freeForm.push(dotted(context?.instancePath ?? ''));
    return true;
  },
});
ajv.addKeyword({
  keyword: uniqueByKeyword,
  type: 'array',
  validate: (keys: readonly string[], list: readonly Record<string, unknown>[]) =>
    new Set(list.map(item => JSON.stringify(keys.map(key => item[key])))).size === list.length,
});

/** A function that checks data against a JSON schema; it never changes the data. */
export function compileSchema(schema: JsonSchema): (data: unknown) => Checked {
  const validate = ajv.compile(schema);
  return data => {
    freeForm = [];
    validate(structuredClone(data));
    return { problems: problemsOf(validate.errors ?? []), freeForm: [...new Set(freeForm)] };
  };
}

/** ajv's errors in our words, each once. */
export function problemsOf(errors: readonly ErrorObject[]): Problem[] {
  const unique = new Map(errors.flatMap(problemOf).map(problem => [`${problem.path}: ${problem.message}`, problem]));
  return [...unique.values()];
}

/** A JSON pointer as we write paths: `/spec/ports/0/a.b` becomes `spec.ports[0]["a.b"]`. */
export function dotted(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  return parts.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~')).reduce(childPath, '');
}

export function childPath(path: string, key: string): string {
  if (/^\d+$/.test(key)) return `${path}[${key}]`;
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function problemOf(error: ErrorObject): Problem[] {
  const { keyword, params, instancePath, propertyName, message = keyword } = error;
  const path = dotted(instancePath);
  if (keyword === 'propertyNames') return [{ path: childPath(path, params.propertyName), message: 'not a valid key' }];
  // What is wrong with a key is said by the line above.
  if (propertyName !== undefined) return [];
  if (keyword === 'additionalProperties') {
    return [{ path: childPath(path, params.additionalProperty), message: 'unknown field' }];
  }
  if (keyword === 'required') return [{ path: childPath(path, params.missingProperty), message: 'missing' }];
  if (keyword === 'enum') return [{ path, message: `must be one of ${params.allowedValues.join(', ')}` }];
  if (keyword === uniqueByKeyword) return [{ path, message: 'two items have the same key' }];
  return [{ path, message }];
}
