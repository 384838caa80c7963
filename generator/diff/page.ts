/** A report for a terminal: what will happen, worst first, then what differs. */
import { styleText } from 'node:util';
import { oneLine } from '../cluster/secrets.ts';
import type { ObjectChange } from './change.ts';
import type { Severity } from './effects/row.ts';
import type { Effect } from './effects.ts';
import type { Report } from './report.ts';
import {
  about,
  becauseText,
  byValues,
  effectText,
  meaning,
  shareOut,
  shown,
  titleOfId,
  unlookedTexts,
} from './words.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;
const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });
const plain: Paint = (_, text) => text;

const styles: Readonly<Partial<Record<Severity, Style>>> = {
  ...{ unsupported: 'red', refused: 'red', interrupts: 'red' },
  ...{ membership: 'yellow', identity: 'yellow', traffic: 'yellow', certificate: 'yellow', restart: 'yellow' },
};
const signs = { added: ['+', 'green'], removed: ['-', 'red'], changed: ['~', 'yellow'] } as const;

export function reportPage(report: Report, columns: number, color: boolean): string {
  const paint = color ? coloured : plain;
  const { effects, values, objects, unlooked, notes, problems } = report;
  const { shared, own } = shareOut(objects);
  const line = (indent: number, text: string) => wrapped(text, indent, columns);
  const sides = (before: unknown, after: unknown, hidden: boolean): string[] =>
    hidden
      ? line(6, 'differs (not shown)')
      : [
          ...line(6, `- ${shown(before, false)}`).map(l => paint('red', l)),
          ...line(6, `+ ${shown(after, false)}`).map(l => paint('green', l)),
        ];
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [paint('bold', title), ...lines, ''];
  const objectLines = (o: ObjectChange): string[] => {
    const [sign, style] = signs[o.change];
    const head = `${sign} ${titleOfId(o.object)}`;
    return [
      ...line(0, head + about(o)).map(l => l.replace(head, paint(style, head))),
      ...o.fields.flatMap(f => [
        ...line(4, `${f.path}${f.item === undefined ? '' : ` (${f.item})`}${byValues(f.values)}`),
        ...sides(f.before, f.after, f.hidden),
      ]),
    ];
  };
  const lines = [
    ...section('What will happen', grouped(effects, paint, line)),
    ...section(
      'Values',
      values.flatMap(v => [...line(2, v.path), ...sides(v.before, v.after, v.hidden)]),
    ),
    ...section('Objects', [
      ...shared.flatMap(({ field: f, objects }) => [
        paint('yellow', `~ ${objects.length} objects`),
        ...line(4, `${f.path}${byValues(f.values)}`),
        ...sides(f.before, f.after, f.hidden),
      ]),
      ...own.flatMap(objectLines),
    ]),
    ...section(
      'Could not look',
      unlookedTexts(unlooked).flatMap(text => line(2, text)),
    ),
    ...section(
      'Could not read',
      problems.flatMap(problem => line(2, oneLine(problem))),
    ),
    ...section(
      'To know',
      notes.flatMap(note => line(2, note)),
    ),
  ];
  return lines
    .slice(0, -1)
    .map(l => `${l}\n`)
    .join('');
}

/** Below each meaning its effects, and the fields from which they come. */
function grouped(effects: readonly Effect[], paint: Paint, line: (indent: number, text: string) => string[]): string[] {
  return effects.flatMap((effect, i) => [
    ...(effect.severity === effects[i - 1]?.severity
      ? []
      : [paint(styles[effect.severity] ?? 'reset', meaning(effect))]),
    ...line(2, effectText(effect)),
    ...line(4, becauseText(effect).trim()).map(l => paint('dim', l)),
  ]);
}

/** Broken between words, further lines deeper; a word that is too long stays whole. */
function wrapped(text: string, indent: number, columns: number): string[] {
  const lines: string[] = [];
  let here = ' '.repeat(indent);
  if (text === '') return lines;
  for (const word of text.split(' ')) {
    const isFirst = here.trim() === '';
    // The sign of a side stands before its text.
    if (here.trim().length > 1 && here.length + 1 + word.length > columns) {
      lines.push(here);
      here = `${' '.repeat(indent + 2)}${word}`;
    } else here = isFirst ? here + word : `${here} ${word}`;
  }
  return [...lines, here];
}
