import { createRequire } from 'node:module';
import type { ErrorObject } from 'ajv';
import { childPath, type Problem, problemsOf } from './json-schema.ts';

interface ModelClass {
  readonly apiVersion: string;
  readonly kind: string;
  readonly prototype: { validate(): void };
}

const require = createRequire(import.meta.url);

/**
 * The class for a kind in one of the kubernetes-models packages; undefined if the package has none. These packages
 * hold the published schema of each kind as compiled code.
 */
export function findModel(packageName: string, apiVersion: string, kind: string): ModelClass | undefined {
  try {
    const model = require(`${packageName}/${apiVersion}/${kind}`)[kind] as ModelClass | undefined;
    return model?.apiVersion === apiVersion && model.kind === kind ? model : undefined;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined;
    throw error;
  }
}

/**
 * What the model's own schema says about the object, and every field that the schema does not know. The compiled
 * schemas ignore unknown fields, and cannot be closed from outside. But they look at every field that they know:
 * a field that is never looked at is a field that the API does not have.
 */
export function modelProblems(model: ModelClass, object: object): Problem[] {
  const data = structuredClone(object);
  const looked = new Map<object, Set<string>>();
  const problems = validateWatched(model, watch(data, looked, model.prototype));
  return [...problems, ...unknownFields(data, looked, '')];
}

function validateWatched(model: ModelClass, watched: object): Problem[] {
  try {
    model.prototype.validate.call(watched);
    return [];
  } catch (error) {
    const { errors } = error as { errors?: ErrorObject[] };
    if (errors === undefined) throw error;
    return problemsOf(errors);
  }
}

/** `target` behind a proxy that notes each key that is read, also further down. */
function watch<T extends object>(target: T, looked: Map<object, Set<string>>, prototype: object): T {
  const keys = looked.get(target) ?? new Set();
  looked.set(target, keys);
  return new Proxy(target, {
    get: (_, key) => {
      // The older packages keep the schema's name under symbols of the class.
      if (typeof key === 'symbol') return Reflect.get(key in prototype ? prototype : target, key);
      keys.add(key);
      const value = Reflect.get(target, key);
      return typeof value === 'object' && value !== null ? watch(value, looked, {}) : value;
    },
  });
}

function unknownFields(value: object, looked: ReadonlyMap<object, ReadonlySet<string>>, path: string): Problem[] {
  return Object.entries(value).flatMap(([key, child]) => {
    const childAt = childPath(path, key);
    if (!looked.get(value)?.has(key)) return [{ path: childAt, message: 'unknown field' }];
    // These schemas take null for every optional field; the API server would drop the field.
    if (child === null) return [{ path: childAt, message: 'must not be null' }];
    return typeof child === 'object' ? unknownFields(child, looked, childAt) : [];
  });
}
