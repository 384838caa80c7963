import { put } from '../put.ts';
import { isMap, type Values } from './maps.ts';

/**
 * What a chart with the default values `base` gets from these `-f` files, exactly as Helm 3 and 4 merge them. First the
 * files, one on top of the other: maps merge, everything else replaces, null included. Then the result on the defaults:
 * maps merge, everything else replaces, null deletes the default. So a null that a later file sets again is forgotten,
 * and the default comes back below a map; a null for a key without a default stays null.
 * Helms differ only for a default that is itself null; charts of ours have none.
 * Returns a new map, which shares unchanged parts with the inputs.
 */
export function mergeValues(base: Values, ...overrides: readonly Values[]): Values {
  return onDefaults(overrides.reduce(onFile, {}), base);
}

function onFile(lower: Values, upper: Values): Values {
  return mergeKeys(lower, upper, (old, given) => (isMap(old) && isMap(given) ? onFile(old, given) : given));
}

function onDefaults(given: Values, defaults: Values): Values {
  return mergeKeys(defaults, given, (usual, value) => {
    if (value === null) return undefined;
    return isMap(usual) && isMap(value) ? onDefaults(value, usual) : value;
  });
}

/** The keys of both maps, those of `lower` first; `both` decides where both have one, and undefined leaves it out. */
function mergeKeys(lower: Values, upper: Values, both: (low: unknown, up: unknown) => unknown): Values {
  const result: Values = {};
  for (const [key, value] of Object.entries(lower)) {
    const merged = Object.hasOwn(upper, key) ? both(value, upper[key]) : value;
    if (merged !== undefined) put(result, key, merged);
  }
  for (const [key, value] of Object.entries(upper)) {
    if (!Object.hasOwn(lower, key)) put(result, key, value);
  }
  return result;
}
