/** An import as text for a terminal, and as JSON. */
import { titleOf } from '../cluster/fields.ts';
import { stepLines, wrapped } from '../migrate/text.ts';
import { mayTell } from '../values/private-key.ts';
import { mayShow, shortened } from '../values/show.ts';
import type { Imported } from './import.ts';
import type { Meaning, Remaining } from './remains.ts';
import { overridesFrom } from './values-text.ts';

const widest = 110;

const groups: readonly (readonly [Meaning, string])[] = [
  ['changed', 'Cannot be expressed: the release writes something else'],
  ['lost', 'Cannot be expressed: the release takes it out of the list'],
  ['kept', 'Cannot be expressed: Helm leaves the field as it is, but no value says it'],
  ['corrected', 'The chart corrects the document here'],
  ['filled', 'The release adds to your objects'],
];

export function importText({ remains, steps, notes, problems }: Imported, subject: string, columns = widest): string {
  const width = Math.min(columns, widest);
  const bullets = (all: readonly string[]) => all.flatMap(text => wrapped(text, width, '- ', '  '));
  const part = (title: string, all: readonly string[]) => (all.length === 0 ? [] : ['', `${title}:`, ...bullets(all)]);
  return [
    subject,
    ...part('Nothing may be taken over before this is settled', problems),
    ...part('Of the values', notes),
    ...groups.flatMap(([meaning, title]) => part(title, sentences(remains.fields.filter(f => f.meaning === meaning)))),
    ...part('Cannot be expressed: these stay outside the release', remains.inexpressible),
    ...part('Objects that the release adds', remains.added.map(titleOf)),
    ...part('Objects of yours that the release leaves alone', remains.alone),
    ...(problems.length > 0 ? [] : ['', 'How the release takes them over:']),
    ...(problems.length > 0 ? [] : steps.flatMap((step, i) => stepLines(step, i + 1, width))),
    '',
  ].join('\n');
}

/** Fields that one sentence explains are told together. */
function sentences(fields: readonly Remaining[]): string[] {
  const byWhy = new Map<string, Remaining[]>();
  for (const f of fields) {
    const key = f.why === undefined ? '' : `${f.object} ${f.why}`;
    byWhy.set(key, [...(byWhy.get(key) ?? []), f]);
  }
  return [...byWhy].flatMap(([key, all]) => {
    const [first] = all;
    if (key === '' || first?.why === undefined)
      return [...new Set(all.map(f => `${f.object} ${anyItem(f.field)}: ${turn(f)}`))];
    const source = first.source === undefined ? '' : ` (${first.source})`;
    const turns = [...new Set(all.map(f => `${anyItem(f.field)}: ${turn(f)}`))];
    return [`${first.object}: ${turns.join('; ')}. ${first.why}${source}`];
  });
}

/** What is the same in each item of a list is said once. */
const anyItem = (field: string) => field.replace(/\[\d+\]/g, '[*]');

/** `8080 becomes 8081`. */
function turn({ there, rendered }: Remaining): string {
  if (there === undefined) return `not there, becomes ${shown(rendered)}`;
  return rendered === undefined
    ? `${shown(there)} is not in the release`
    : `${shown(there)} becomes ${shown(rendered)}`;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return mayShow(text) ? shortened(text) : '(not shown)';
};

export interface AboutImport {
  readonly from: string;
  readonly valuesFile: string;
  readonly status: number;
}

export function importJson({ values, from, remains, steps, notes, problems }: Imported, about: AboutImport): string {
  const { taken, fields, added, ...rest } = remains;
  const shownFields = fields.map(f => ({ ...f, there: told(f.there), rendered: told(f.rendered) }));
  const content = {
    ...about,
    values: overridesFrom(values),
    readFrom: Object.fromEntries(from),
    problems,
    notes,
    fields: shownFields,
    ...rest,
    added: added.map(titleOf),
    takesOver: taken.map(titleOf),
    steps,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
/** JSON has no undefined; a field that is not there is left out. */
const told = (value: unknown) => {
  const isShown = typeof value === 'string' ? mayShow(value) : mayTell(value);
  return isShown ? value : '(not shown)';
};
