import { isDeepStrictEqual } from 'node:util';

/** Every place where two plain values differ, as `path: wanted …, got …`; nothing when they are deeply equal. */
export function differences(wanted: unknown, got: unknown, path = ''): string[] {
  // Not uvu's equal: it takes maps with an own key "constructor" for different, whatever they hold.
  if (isDeepStrictEqual(wanted, got)) return [];
  if (!isContainer(wanted) || !isContainer(got) || Array.isArray(wanted) !== Array.isArray(got))
    return [`${path}: wanted ${shown(wanted)}, got ${shown(got)}`];
  const keys = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  return [...keys].flatMap(key => differences(own(wanted, key), own(got, key), `${path}/${key}`));
}

const isContainer = (x: unknown): x is object => typeof x === 'object' && x !== null;
const own = (x: object, key: string): unknown => (Object.hasOwn(x, key) ? Reflect.get(x, key) : undefined);

/** JSON in ASCII, so that a control character can be seen. */
export const shown = (x: unknown): string =>
  (JSON.stringify(x) ?? 'nothing')
    .replace(/[^ -~]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/^(.{300}).+(.{100})$/, '$1 … $2');
