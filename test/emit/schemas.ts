export type Json = { readonly [keyword: string]: unknown };

/** Every schema in a schema, with its path: `kafka.listeners[].port`, `commonLabels.*`, and names of keys as `commonLabels.*~`. */
export function all(s: Json, path = ''): [path: string, schema: Json][] {
  const child = (name: string, x: unknown) =>
    typeof x === 'object' && x !== null ? all(x as Json, `${path}${name}`) : [];
  const dot = path === '' ? '' : '.';
  return [
    [path, s],
    ...Object.entries((s.properties ?? {}) as Json).flatMap(([key, x]) => child(`${dot}${key}`, x)),
    ...child('[]', s.items),
    ...child('.*', s.additionalProperties),
    ...child('.*~', s.propertyNames),
  ];
}

/** What RE2 or JavaScript does not read, or not alike. */
export function unreadable(pattern: string): string | undefined {
  if (/\(\?(?!:)/.test(pattern)) return 'a group other than (?:';
  if (/\\[1-9k]/.test(pattern)) return 'a backreference';
  if (/\\(?!x[0-9a-f]{2})[^\\.*+?()[\]{}|^$/tnr-]/.test(pattern)) return 'an escape that is no punctuation';
  if (/[*+?}]\+/.test(pattern)) return 'a possessive repeat';
  const counts = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, a, b]) => [Number(a), Number(b || 0)]);
  if (counts.some(n => n > 1000)) return 'a repeat over 1000';
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'no regular expression';
  }
  return undefined;
}
