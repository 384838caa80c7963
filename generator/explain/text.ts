/** Answers in words. */
import type { FieldAnswer, ObjectAnswer, Use, ValueAnswer } from './answers.ts';
import { isDefault } from './answers.ts';
import type { Why } from './why.ts';

const shown = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'string'
    ? /^[\x21-\x7e][\x20-\x7e]{0,159}$/.test(value)
      ? value
      : short(JSON.stringify(value))
    : short(JSON.stringify(value));
};
const short = (text: string) => (text.length <= 160 ? text : `${text.slice(0, 159)}…`);
const line = (label: string, text: string) => `  ${label.padEnd(10)} ${text}\n`;
const use = ({ path, value, from }: Use) =>
  from === 'Helm' ? path : `${path} (${shown(value)}${from === 'default' ? ', the default' : `, ${from}`})`;
const uses = (label: string, all: readonly Use[]) => all.map((u, i) => line(i === 0 ? label : '', use(u))).join('');
const why = (all: readonly Why[]) =>
  all
    .map(w =>
      line(
        'differs',
        `${w.why} The documentation has: ${w.documentation}${w.source === undefined ? '' : ` (${w.source})`}`,
      ),
    )
    .join('');

export function fieldText(f: FieldAnswer): string {
  return [
    `${f.object}: ${f.field}\n`,
    line('is', shown(f.value)),
    f.fixed ? line('from', 'the chart: the same for all values') : uses('from', f.madeOf),
    uses('there by', f.dependsOn),
    ...f.notes.map(n => line('note', n)),
    why(f.differences),
  ].join('');
}

/** About the object as a whole. */
export function objectText(o: ObjectAnswer): string {
  return [
    `${o.object}\n`,
    line('what', o.what),
    uses('there by', o.dependsOn),
    line('template', `${o.template} (${o.model})`),
    line('stage', o.stage),
    line('source', o.source),
    why(o.differences),
  ].join('');
}

/** One line for each field, for a look at the whole. */
export const fieldLines = (o: ObjectAnswer): string =>
  [
    ...o.fields.map(
      f => `  ${f.field} = ${shown(f.value)}${f.fixed ? '' : `  <- ${f.madeOf.map(u => u.path).join(', ')}`}\n`,
    ),
    ...o.leftOut.map(l => `  ${l.field} is left out  <- ${l.dependsOn.map(u => u.path).join(', ')}\n`),
  ].join('');

export const leftOutText = (object: string, { field, dependsOn }: ObjectAnswer['leftOut'][number]): string =>
  [`${object}: ${field}\n`, line('is', 'left out, or has fewer items, with these values'), uses('by', dependsOn)].join(
    '',
  );

export function valueText(v: ValueAnswer): string {
  const place = ({ object, field }: ValueAnswer['fields'][number]) =>
    field === '' ? `${object}, as a whole` : `${object}: ${field}`;
  const list = (label: string, all: readonly string[]) =>
    all.map((text, i) => line(i === 0 ? label : '', text)).join('');
  return [
    `${v.value}\n`,
    line(
      'is',
      `${shown(v.is)}${v.from === 'default' || isDefault(v) ? ', the default' : `, ${v.from}; by default ${shown(v.default) || '""'}`}`,
    ),
    line('what', `${v.title}. ${v.meaning}`),
    line('type', v.type),
    list('fields', v.fields.map(place)),
    list('decides', v.decides.map(place)),
    list(
      'without',
      v.leftOut.map(l => `${l.template}: ${l.what}`),
    ),
    list('refused', v.refused),
  ].join('');
}
