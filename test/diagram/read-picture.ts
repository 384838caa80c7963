/** Reads a picture of an installation back: boxes, and arrows by what they touch and the words beside them. */
import { type Area, all, apart, areaOf, classes, type Element, number, parseSvg } from '../svg/read-svg.ts';

export interface ReadBox extends Area {
  readonly kind: 'namespace' | 'party';
  readonly inMesh: boolean;
  /** All words in it, the name first. */
  readonly words: readonly string[];
}
export interface ReadArrow {
  /** What the boxes at its ends are: a namespace with one box in it is the same as that. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly look: string;
  /** Its protection, ports and further words, as they stand there. */
  readonly label: string;
  readonly line: Area;
}
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly ReadBox[];
  readonly arrows: readonly ReadArrow[];
  readonly texts: readonly Area[];
  /** Words outside boxes and arrows: title, sentences, legend. */
  readonly words: readonly string[];
}

export function readPicture(svg: string): Picture {
  const root = parseSvg(svg);
  const groups = root.children.filter(({ name }) => name === 'g');
  const boxes = groups.filter(group => !classes(group).includes('edge')).map(boxOf);
  const arrows = groups.filter(group => classes(group).includes('edge')).map(group => arrowOf(group, boxes));
  return {
    width: number(root, 'width'),
    height: number(root, 'height'),
    boxes,
    arrows,
    texts: all(root)
      .filter(({ name }) => name === 'text')
      .map(areaOf),
    words: root.children.filter(({ name }) => name === 'text').map(({ words }) => words),
  };
}

function boxOf({ children }: Element): ReadBox {
  const rect = children[0]!;
  const [left, top] = [number(rect, 'x'), number(rect, 'y')];
  const words = children.filter(({ name }) => name === 'text').map(text => text.words);
  return {
    kind: classes(rect).includes('namespace') ? 'namespace' : 'party',
    inMesh: children.some(child => classes(child).includes('mesh')),
    words,
    what: words.join(' '),
    left,
    top,
    right: left + number(rect, 'width'),
    bottom: top + number(rect, 'height'),
  };
}

function arrowOf({ children }: Element, boxes: readonly ReadBox[]): ReadArrow {
  const [line, head] = children.filter(({ name }) => name === 'path') as [Element, Element];
  const [, x, y, way, end] = /^M([\d.]+) ([\d.]+)([HV])([\d.]+)$/.exec(line.attributes.d!)!;
  const from = { x: Number(x), y: Number(y) };
  const to = way === 'H' ? { x: Number(end), y: from.y } : { x: from.x, y: Number(end) };
  const label = children.filter(({ name }) => name === 'text').map(({ words }) => words);
  const look = classes(line).find(name => name !== 'line')!;
  if (!classes(head).includes(look)) throw new Error(`the head of ${label} looks otherwise than its line`);
  const [dx, dy] = [Math.sign(to.x - from.x), Math.sign(to.y - from.y)];
  return {
    from: touched(boxes, from.x, from.y),
    // The head takes the last pixels.
    to: touched(boxes, to.x + 7 * dx, to.y + 7 * dy),
    look,
    label: label.join(' '),
    line: {
      what: label.join(' '),
      left: Math.min(from.x, to.x) - (dx === 0 ? 5 : 0),
      right: Math.max(from.x, to.x) + (dx === 0 ? 5 : 0),
      top: Math.min(from.y, to.y) - (dy === 0 ? 2 : 0),
      bottom: Math.max(from.y, to.y) + (dy === 0 ? 2 : 0),
    },
  };
}

/** The words of the box whose border is there, the inner one of two. */
function touched(boxes: readonly ReadBox[], x: number, y: number): readonly string[] {
  const near = (a: number, b: number) => Math.abs(a - b) < 0.5;
  const found = boxes.filter(
    b =>
      (y >= b.top && y <= b.bottom && (near(x, b.left) || near(x, b.right))) ||
      (x >= b.left && x <= b.right && (near(y, b.top) || near(y, b.bottom))),
  );
  const box = found.find(({ kind }) => kind === 'party') ?? found[0];
  if (box === undefined) throw new Error(`an arrow ends at ${x} ${y}, where no box is`);
  const inner = boxes.filter(b => b.kind === 'party' && box.kind === 'namespace' && !apart(b, box));
  return [box, ...(inner.length === 1 ? inner : [])].map(({ what }) => what);
}
