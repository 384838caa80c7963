/** The part of the changelog about rendered objects. */
import { isDeepStrictEqual } from 'node:util';
import type { FieldDifference } from '../differences/fields.ts';
import { isSame, type ObjectDifferences, objectDifferences } from '../differences/objects.ts';
import { textDifference } from '../differences/text.ts';
import type { ChartRecord, RecordedExample } from './record.ts';

export interface ObjectsPart {
  readonly title: string;
  /** Lines of a diff; empty where the title says all. */
  readonly lines: string;
}

/** One part for all examples with the same differences. An example is compared with that of the same values. */
export function objectsPart(before: ChartRecord, after: ChartRecord): ObjectsPart[] {
  const groups: { names: string[]; found: string | ObjectDifferences; lines: string }[] = [];
  for (const example of before.examples) {
    const now = after.examples.find(e => isDeepStrictEqual(e.values, example.values));
    // Recorded before this version existed, or by another hand: nothing to compare with.
    if (now === undefined) continue;
    const found = differenceOf(example, now);
    const lines = typeof found === 'string' ? '' : diffLines(found).join('\n');
    const same = groups.find(g => isDeepStrictEqual(g.found, found));
    if (same) same.names.push(example.name);
    else groups.push({ names: [example.name], found, lines });
  }
  const differ = groups.filter(({ found }) => typeof found === 'string' || !isSame(found));
  return differ.map(({ names, found, lines }) => ({
    title: `Objects with ${names.join(', ')}: ${words(found)}`,
    lines,
  }));
}

function differenceOf(before: RecordedExample, after: RecordedExample): string | ObjectDifferences {
  if (after.refused.length > 0 && before.refused.length === 0) return `refused now: ${after.refused.join('; ')}.`;
  return objectDifferences(before.objects, after.objects);
}

function words(found: string | ObjectDifferences): string {
  if (typeof found === 'string') return found;
  const { added, removed, changed } = found;
  const counts = Object.entries({ added, removed, changed }).filter(([, list]) => list.length > 0);
  return counts.map(([what, list]) => `${list.length} ${what}`).join(', ');
}

function diffLines({ added, removed, changed }: ObjectDifferences): string[] {
  return [
    ...removed.map(id => `- ${id}`),
    ...added.map(id => `+ ${id}`),
    ...changed.flatMap(({ id, fields }) => [`  ${id}`, ...fields.flatMap(fieldLines)]),
  ];
}

/** Before and after, on a line each; of a longer text, the lines that differ. */
function fieldLines({ path, before, after }: FieldDifference): string[] {
  if (isLong(before) && isLong(after))
    return [
      `    ${path}:`,
      ...textDifference(before, after)
        .split('\n')
        .map(line => `${line.charAt(0)}     ${line.slice(1)}`),
    ];
  const line = (sign: string, value: unknown) =>
    value === undefined ? [] : [`${sign}   ${path}: ${JSON.stringify(value)}`];
  return [...line('-', before), ...line('+', after)];
}

const isLong = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');
