/** The matrix as a picture: callers down the side, pods along the top. */

import { drawing, line, lines, margin, text } from '../svg/svg.ts';
import { type Legend, legendOf } from './legend.ts';
import type { Cell, Matrix } from './matrix.ts';
import { calleeTitle, callerTitle } from './titles.ts';

const labelWidth = 260;
const columnWidth = 58;
const wrapAt = 36;
const areaHeight = 26;
const headHeight = 204;

const style = {
  light: `.none { fill: #f6f8fa } .some { fill: #cfe8ff } .all { fill: #0a5bc4 } .open { fill: #fff1c2 }
.on-all { fill: #ffffff } .rule { stroke: #d1d9e0 }`,
  dark: `.none { fill: #161b22 } .some { fill: #14406e }
.all { fill: #1a62d6 } .open { fill: #5c4a12 } .on-all { fill: #ffffff } .rule { stroke: #3d444d }`,
};

export function pictureOf(matrix: Matrix): string {
  const legend = legendOf(matrix);
  const left = margin + labelWidth;
  const top = margin + line + 12 + areaHeight + headHeight;
  const width = left + matrix.columns.length * columnWidth + margin;
  const heads = headsOf(matrix, left, top);
  const rows = rowsOf(matrix, legend, left, top);
  const words = legendLines(legend, width);
  const foot = words.map((one, index) => text(margin, rows.bottom + 28 + index * (line + 2), one));
  const height = rows.bottom + 28 + words.length * (line + 2) + margin - line;
  const mesh = matrix.example.generation === 'v2' ? 'Service Mesh 2' : 'Service Mesh 3';
  return drawing({
    title: `Who may call whom, with ${mesh}`,
    description:
      'A row for each caller, a column for the pods called. The table "What is allowed" in README.md has the same in words.',
    origin: 'Generated from the policies of the model by "serverless-mesh generate"; do not edit.',
    width,
    height,
    style,
    parts: [...heads, ...rows.parts, ...foot],
  });
}

/** Areas along the top, and below them what is called, upright. */
function headsOf(matrix: Matrix, left: number, top: number): string[] {
  const { columns } = matrix;
  return columns.flatMap((column, index) => {
    const { name, details } = calleeTitle(column, matrix);
    const x = left + index * columnWidth;
    const words = lines(details, ', ', 28);
    const first = x + columnWidth / 2 + 4 - ((words.length - 1) * line) / 2;
    const isFirst = column.area !== columns[index - 1]?.area;
    return [
      ...(isFirst ? [`<path class="rule" d="M${x} ${top - headHeight - areaHeight + 6}V${top}"/>`] : []),
      ...(isFirst ? [text(x + 6, top - headHeight - 8, name, ' class="name"')] : []),
      ...words.map((one, n) => {
        const at = first + n * line;
        return text(at, top - 8, one, ` transform="rotate(-90 ${at} ${top - 8})"`);
      }),
    ];
  });
}

function rowsOf(matrix: Matrix, legend: Legend, left: number, top: number) {
  const { rows, cells } = matrix;
  let y = top;
  const parts = rows.flatMap((row, index) => {
    const { name, details } = callerTitle(row, matrix);
    const words = lines(details, ', ', wrapAt);
    const height = (words.length + 1) * line + 12;
    const from = y;
    y += height;
    return [
      `<path class="rule" d="M${margin} ${from}H${left + cells[index]!.length * columnWidth}"/>`,
      text(margin, from + line + 2, name, ' class="name"'),
      ...words.map((one, n) => text(margin, from + line * (n + 2) + 2, one, ' class="detail"')),
      ...cells[index]!.flatMap((cell, column) => drawn(cell, legend, left + column * columnWidth, from, height)),
    ];
  });
  return { parts, bottom: y };
}

function drawn(cell: Cell, legend: Legend, x: number, y: number, height: number): string[] {
  const tokens = legend.tokens(cell);
  const kind = tokens.length === 0 ? 'none' : tokens[0] === 'all' || tokens[0] === 'open' ? tokens[0] : 'some';
  const middle = x + columnWidth / 2;
  const words = lines(tokens, ' ', 8);
  const first = y + height / 2 + 4 - ((words.length - 1) * line) / 2;
  return [
    `<rect class="${kind}" x="${x + 2}" y="${y + 2}" width="${columnWidth - 4}" height="${height - 4}" rx="4"/>`,
    ...words.map((one, n) =>
      text(middle, first + n * line, one, ` text-anchor="middle"${kind === 'all' ? ' class="on-all"' : ''}`),
    ),
  ];
}

/** What the words in the cells mean. */
function legendLines({ limits }: Legend, width: number): string[] {
  const short = Math.floor((width - 2 * margin) / 7);
  return [
    'all: any request.  Empty: none, the answer is 403.  open: no policy guards these pods, so everybody may call them.',
    ...limits.map((words, index) => `${index + 1}: ${words}`),
    'A letter behind a number is a tenant: N stands for each of its namespaces. Several numbers: each of them is enough.',
  ].flatMap(words => lines(words.split(' '), ' ', short));
}
