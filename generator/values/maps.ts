/** A map as it comes out of YAML: own keys only, in the file's order. */
export type Values = Record<string, unknown>;

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets an own key. A plain assignment of the key `__proto__` would change the object's prototype instead. */
export function put(target: Values, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else target[key] = value;
}
