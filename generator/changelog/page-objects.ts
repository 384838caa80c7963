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

/** What differs for each example of `before`, or why its values are refused. An example is compared with that of the same values. */
export function exampleDifferences(
  before: ChartRecord,
  after: ChartRecord,
): { readonly name: string; readonly found: string | ObjectDifferences }[] {
  return before.examples.flatMap(example => {
    const now = after.examples.find(e => isDeepStrictEqual(e.values, example.values));
    return now === undefined ? [] : [{ name: example.name, found: differenceOf(example, now) }];
  });
}

/** One part for all examples with the same differences. */
export function objectsPart(before: ChartRecord, after: ChartRecord): ObjectsPart[] {
  const groups: { names: string[]; found: string | ObjectDifferences }[] = [];
  for (const { name, found } of exampleDifferences(before, after)) {
    const same = groups.find(g => isDeepStrictEqual(g.found, found));
    if (same) same.names.push(name);
    else groups.push({ names: [name], found });
  }
  const differ = groups.filter(({ found }) => typeof found === 'string' || !isSame(found));
  return differ.map(({ names, found }) => ({
    title: `Objects with ${names.join(', ')}: ${words(found)}`,
    lines: typeof found === 'string' ? '' : diffLines(found).join('\n'),
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
