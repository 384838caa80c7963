/** An installation as a picture. */
import { drawing, line, lines, margin, text, titled } from '../svg/svg.ts';
import type { Installation, Protection } from './installation.ts';
import { type Arrow, type Box, layoutOf } from './layout.ts';
import { inset, width } from './rooms.ts';
import { looks, style } from './style.ts';
import { sentenceOf } from './table.ts';
import { letter } from './wrap.ts';

/** `where`: where the same stands in words. */
export function installationPicture(installation: Installation, title: string, where: string): string {
  const facts = installation.facts.flatMap(fact => lines(fact.split(' '), ' ', (width - 2 * margin) / letter));
  const top = margin + line + 8 + facts.length * line;
  const { boxes, arrows, bottom } = layoutOf(installation, top);
  const legend = legendOf(installation, bottom + 24);
  return drawing({
    title,
    description: `Boxes are namespaces and the pods in them, arrows go from who calls to who is called. ${where}`,
    origin: 'Generated from the objects that the model renders, by serverless-mesh; do not edit.',
    width,
    height: legend.bottom + margin,
    style,
    parts: [
      ...facts.map((fact, index) => text(margin, margin + 2 * line + 4 + index * line, fact, ' class="detail"')),
      ...boxes.filter(({ kind }) => kind === 'namespace').map(drawnBox),
      ...boxes.filter(({ kind }) => kind === 'party').map(drawnBox),
      ...arrows.map(drawnArrow),
      ...legend.parts,
    ],
  });
}

function drawnBox({ kind, name, details, inMesh, left, top, width: wide, height }: Box): string {
  return [
    `<g><rect class="${kind}" x="${left}" y="${top}" width="${wide}" height="${height}" rx="5"/>`,
    ...(inMesh ? [bar(left, top, height)] : []),
    ...name.map((words, n) => text(left + inset, top + line * (n + 1), words, ' class="name"')),
    ...details.map((words, n) => text(left + inset, top + line * (name.length + n + 1), words, ' class="detail"')),
    '</g>',
  ].join('\n');
}
/** The sign of pods with a proxy. */
const bar = (left: number, top: number, height: number) =>
  `<rect class="mesh" x="${left}" y="${top}" width="4" height="${height}" rx="2"/>`;

function drawnArrow({ edge, from: [x, y], to: [toX, toY], above, below }: Arrow): string {
  const isAcross = y === toY;
  const side = Math.sign(isAcross ? toX - x : toY - y);
  // Ends before the box, so that a thick line does not stand out of its head.
  const end = isAcross ? `H${toX - 7 * side}` : `V${toY - 7 * side}`;
  const middle = (x + toX) / 2;
  const first = (y + toY) / 2 - ((below.length - 1) * line) / 2 + 4;
  const label = isAcross
    ? [
        ...above.map((words, n) => text(middle, y - 6 - n * line, words, ' text-anchor="middle" class="bold"')),
        ...below.map((words, n) => text(middle, y + line + n * line, words, ' text-anchor="middle"')),
      ]
    : below.map((words, n) => text(x + 10, first + n * line, words));
  const name = looks[edge.protection][0];
  return [
    `<g class="edge">${titled(sentenceOf(edge))}`,
    `<path class="line ${name}" d="M${x} ${y}${end}"/>`,
    head(name, toX, toY, isAcross ? [side, 0] : [0, side]),
    ...label,
    '</g>',
  ].join('\n');
}

/** The point of an arrow; a cross where the call is refused. */
function head(name: string, x: number, y: number, [dx, dy]: readonly [number, number]): string {
  const at = (along: number, aside: number) => `${x - dx * along - dy * aside} ${y - dy * along - dx * aside}`;
  const shape =
    name === 'refused'
      ? `M${at(12, -5)}L${at(2, 5)}M${at(12, 5)}L${at(2, -5)}`
      : `M${at(0, 0)}L${at(9, -5)}L${at(9, 5)}Z`;
  return `<path class="head ${name}" d="${shape}"/>`;
}

/** What the lines mean that are there. */
function legendOf({ edges, parties }: Installation, top: number) {
  const used = (Object.keys(looks) as Protection[]).filter(one => edges.some(({ protection }) => protection === one));
  const parts = used.map((protection, n) => {
    const y = top + n * (line + 2);
    const [name, meaning] = looks[protection];
    return [
      `<path class="line ${name}" d="M${margin} ${y - 4}H${margin + 40}"/>`,
      ...(name === 'refused' ? [head(name, margin + 40, y - 4, [1, 0])] : []),
      text(margin + 52, y, `${protection}: ${meaning}`),
    ].join('\n');
  });
  const y = top + used.length * (line + 2);
  const proxies = parties.some(({ inMesh }) => inMesh)
    ? [bar(margin + 18, y - 12, 16), text(margin + 52, y, 'pods with a proxy of the mesh')]
    : [];
  return { parts: [...parts, ...proxies], bottom: y };
}
