import { put } from '../put.ts';
import type { ListNode, MapNode, Node, ScalarNode } from './compose.ts';
import { isMap, type Values } from './maps.ts';
import type { ValuePath } from './path.ts';
import { coreScalar, helmScalar, type ScalarValue } from './scalars.ts';
import { mayShow, quoted } from './show.ts';
import { type Expected, keyTrap, plainReading } from './traps.ts';

export interface Reader {
  readonly expectedAt: (path: ValuePath) => Expected;
  readonly report: (path: ValuePath, at: number, message: string) => void;
  /** Called for each value: its path and where it (for a map: its key) stands. */
  readonly found: (path: ValuePath, at: number) => void;
  readonly lineAt: (at: number) => number;
}

/** So begins what is reported of a key that a map has twice. */
export const twice = 'stands twice';

/** The value of a node at `path`; everything that Helm would read otherwise, or not at all, is reported. */
export function read(node: Node, path: ValuePath, reader: Reader): unknown {
  if (node.kind === 'scalar') return readScalar(node, path, reader);
  checkTag(node, path, reader);
  return node.kind === 'list' ? readList(node, path, reader) : readMap(node, path, reader);
}

function readList(node: ListNode, path: ValuePath, reader: Reader): unknown[] {
  return node.items.map((item, index) => {
    reader.found([...path, index], item.at < 0 ? node.at : item.at);
    return read(item, [...path, index], reader);
  });
}

function readMap(node: MapNode, path: ValuePath, reader: Reader): Values {
  const result: Values = {};
  const written = new Map<string, number>();
  for (const { key, value } of node.entries) {
    if (isMergeKey(key)) {
      if (written.has('<<')) reader.report(path, key.at, '<< stands twice; write one << with a list of aliases');
      written.set('<<', key.at);
      merge(result, value, key.at, path, reader, written);
      continue;
    }
    const name = keyText(key, path, reader);
    if (name === undefined) continue;
    const at = [...path, name];
    const first = written.get(name);
    if (first !== undefined) {
      reader.report(at, key.at, `${twice}, first on line ${reader.lineAt(first)}; keep one of the two`);
    }
    written.set(name, key.at);
    reader.found(at, key.at);
    put(result, name, read(value, at, reader));
  }
  return result;
}

/**
 * A merge key, as Helm takes it: in the order of the lines, so that a key above `<<` is replaced, where the YAML
 * specification keeps it. The two agree when `<<` comes first, so we insist on that.
 */
function merge(
  result: Values,
  source: Node,
  at: number,
  path: ValuePath,
  reader: Reader,
  written: ReadonlyMap<string, number>,
): void {
  // An alias of a list, which stands above the key, is refused by Helm.
  const sources = source.kind === 'list' && source.at > at ? source.items : [source];
  if (!sources.every(node => node.kind === 'map')) {
    reader.report(path, at, '<< needs a map or a list of maps; write an alias of a map behind it');
    return;
  }
  // The first map of the list wins.
  for (const node of sources.toReversed()) {
    const merged = read(node, path, reader);
    for (const [key, value] of Object.entries(isMap(merged) ? merged : {})) {
      if (written.has(key)) {
        const shown = mayShow(key) ? quoted(key) : 'a key';
        reader.report(path, at, `Helm lets << replace ${shown} above it; write << as the first key of the map`);
      }
      put(result, key, value);
    }
  }
}

function isMergeKey(key: Node): boolean {
  return key.kind === 'scalar' && key.plain && key.text === '<<' && key.tag === undefined;
}

function keyText(key: Node, path: ValuePath, reader: Reader): string | undefined {
  if (key.kind !== 'scalar') {
    reader.report(path, key.at, 'has a list or a map as a key, which Helm refuses; write a text');
    return undefined;
  }
  const problem = key.plain && key.tag === undefined ? keyTrap(key.text) : undefined;
  if (problem !== undefined) reader.report(path, key.at, problem);
  if (key.tag !== undefined) reader.report(path, key.at, 'has a key with a tag; remove the tag, and quote the key');
  return key.text;
}

function readScalar(node: ScalarNode, path: ValuePath, reader: Reader): ScalarValue {
  const tag = tagName(node);
  if (tag === 'str' || (tag === undefined && !node.plain)) return node.text;
  if (tag !== undefined) return readTagged(node, tag, path, reader);
  const { value, message } = plainReading(node.text, reader.expectedAt(path));
  if (message !== undefined) reader.report(path, node.at, message);
  return value;
}

const fits: ReadonlyMap<string, (value: ScalarValue) => boolean> = new Map([
  ['bool', value => typeof value === 'boolean'],
  ['int', value => Number.isInteger(value)],
  ['float', value => Number.isFinite(value)],
  ['null', value => value === null],
]);

function readTagged(node: ScalarNode, tag: string, path: ValuePath, reader: Reader): ScalarValue {
  const value = coreScalar(node.text);
  const fit = fits.get(tag);
  if (fit === undefined) checkTag(node, path, reader);
  else if (fit(value) && value === helmScalar(node.text)) return value;
  else reader.report(path, node.at, `is no value for its tag !!${tag}; remove the tag`);
  return node.text;
}

/** Lists and maps may carry their own tag, which says nothing; any other tag, Helm drops without a word. */
function checkTag(node: Node, path: ValuePath, reader: Reader): void {
  const tag = tagName(node);
  if (tag === undefined || tag === { list: 'seq', map: 'map', scalar: 'str' }[node.kind]) return;
  // A line of a private key that begins with ! would be a tag.
  const shown = /^!{0,2}[a-z]{1,12}$/.test(tag) ? ` ${node.tag}` : '';
  reader.report(path, node.at, `has the tag${shown}, which Helm ignores; remove the tag`);
}

/** `str` for `!!str`, `!<tag:yaml.org,2002:str>` and `!`; any other tag as it is written. */
function tagName({ tag, kind }: Node): string | undefined {
  if (tag === '!') return kind === 'scalar' ? 'str' : undefined;
  return tag?.replace(/^!!|^!<tag:yaml\.org,2002:(.*)>$/, '$1');
}
