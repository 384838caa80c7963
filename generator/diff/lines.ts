/** A report as lines, each complete in itself, for logs and for grep. */
import { oneLine } from '../cluster/secrets.ts';
import type { Report } from './report.ts';
import {
  about,
  becauseText,
  byValues,
  effectText,
  fieldText,
  shareOut,
  shown,
  titleOfId,
  unlookedTexts,
} from './words.ts';

export function reportLines({ effects, values, objects, unlooked, notes, problems }: Report): string {
  const { shared, own } = shareOut(objects);
  const lines = [
    ...effects.map(e => `effect: ${e.severity}: ${effectText(e)}${becauseText(e)}`),
    ...values.map(v => `value: ${v.path}: ${shown(v.before, v.hidden)} -> ${shown(v.after, v.hidden)}`),
    ...shared.map(s => `changed: ${s.objects.length} objects: ${fieldText(s.field)}${byValues(s.field.values)}`),
    ...own.flatMap(o =>
      o.change === 'changed'
        ? o.fields.map(f => `changed: ${titleOfId(o.object)}${about(o)}: ${fieldText(f)}${byValues(f.values)}`)
        : [`${o.change}: ${titleOfId(o.object)}${about(o)}`],
    ),
    ...unlookedTexts(unlooked).map(text => `could not look: ${text}`),
    ...problems.map(problem => `could not read: ${oneLine(problem)}`),
    ...notes.map(note => `note: ${note}`),
  ];
  return lines.map(line => `${line}\n`).join('');
}
