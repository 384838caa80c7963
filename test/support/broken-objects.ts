/** The object with some fields of its spec replaced. */
export function withSpec(object: { readonly spec: object }, change: object): Record<string, unknown> {
  return { ...object, spec: { ...object.spec, ...change } };
}

/** A copy of the object for each map inside it, with a field there that no API has. */
export function withUnknownField(object: object): { path: string; broken: Record<string, unknown> }[] {
  return mapPaths(object, []).map(keys => {
    const broken = structuredClone(object) as Record<string, unknown>;
    const map = keys.reduce((value, key) => value[key] as Record<string, unknown>, broken);
    map.unknown = { unknown: [] };
    return { path: keys.join('.'), broken };
  });
}

function mapPaths(value: unknown, keys: readonly string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, child]) => mapPaths(child, [...keys, key]));
  return Array.isArray(value) ? below : [[...keys], ...below];
}
