/** Rendered data of which two versions can be compared. */
export type Tree = { readonly [key: string]: Tree } | string;
/** Maps stay maps, lists of named things become maps by name, all else is text: so that a difference reads well. */
export function treeOf(value: unknown): Tree {
  if (Array.isArray(value) && value.every(item => nameOf(item) !== undefined))
    return Object.fromEntries(value.map(item => [nameOf(item), treeOf(item)]));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, treeOf(child)]));
}
function nameOf(item: unknown): string | undefined {
  const { kind, metadata, name } = item as { kind?: string; metadata?: { name?: string }; name?: string };
  return kind === undefined ? name : `${kind} ${metadata?.name}`;
}
/** What is in one and not in the other, by path. */
export function differences(before: Tree | undefined, after: Tree | undefined, path: string): string[] {
  if (before === undefined || after === undefined) return [`${path}: ${before === undefined ? 'added' : 'removed'}`];
  if (typeof before === 'string' || typeof after === 'string')
    return before === after ? [] : [`${path}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .filter(key => before[key] !== after[key])
    .flatMap(key => differences(before[key], after[key], path === '' ? key : `${path} / ${key}`));
}
