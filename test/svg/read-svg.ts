/** Reads an SVG of ours back, as somebody would who looks at it: elements with their attributes and words. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Text directly inside it. */
  readonly words: string;
}
/** What a text or a line takes of the picture. */
export interface Area {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels that a letter takes, by a wide estimate: fonts differ. */
export const letter = 7;
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
const unescaped = (text: string) =>
  text.replace(/&[^;\s]*;?/g, entity => {
    if (!(entity in entities)) throw new Error(`no XML: ${entity}`);
    return entities[entity]!;
  });
const token = /<!--(?:(?!--)[\s\S])*-->|<(\/?)([a-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

/** The root. Throws where the text is no well-formed XML, or has more in it than our pictures need. */
export function parseSvg(text: string): Element {
  const top: { name: string; attributes: Record<string, string>; children: Element[]; words: string } = {
    name: '',
    attributes: {},
    children: [],
    words: '',
  };
  const open = [top];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new Error(`no XML at ${JSON.stringify(text.slice(at, at + 60))}`);
    const [, slash, name, attributes = '', empty, words] = found;
    if (words !== undefined) open.at(-1)!.words += unescaped(words);
    else if (slash === '/') {
      if (open.length < 2 || open.pop()!.name !== name) throw new Error(`no XML: </${name}> ends nothing`);
    } else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, unescaped(value!)]);
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`no XML: <${name}> twice`);
      const element = { name, attributes: Object.fromEntries(pairs), children: [], words: '' };
      open.at(-1)!.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [root, ...more] = top.children;
  if (open.length > 1 || root === undefined || more.length > 0 || top.words.trim() !== '')
    throw new Error(`no XML: ${open.at(-1)!.name} stays open, or there is no single root`);
  return root;
}

export const all = (element: Element): readonly Element[] => [element, ...element.children.flatMap(all)];
export const number = ({ attributes }: Element, name: string) => Number(attributes[name]);
export const classes = ({ attributes }: Element) => (attributes.class ?? '').split(' ');

/** The box of a text that is not turned. */
export function areaOf(text: Element): Area {
  const [x, y, long] = [number(text, 'x'), number(text, 'y'), text.words.length * letter];
  const left = text.attributes['text-anchor'] === 'middle' ? x - long / 2 : x;
  return { what: text.words, left, right: left + long, top: y - 10, bottom: y + 3 };
}

export const apart = (one: Area, other: Area) =>
  one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
