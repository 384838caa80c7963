/** CHANGELOG.md: what people are told of each version, and the computed differences of values and objects beside it. */
import { compare } from 'semver';
import { textDifference } from '../differences/text.ts';
import { type FlatValues, valueDifferences } from '../differences/values.ts';
import { fill } from '../emit/frames.ts';
import { table } from '../emit/markdown.ts';
import { entriesOf } from './changes.ts';
import { type Change, type History, history, kinds } from './history.ts';
import { objectsPart } from './page-objects.ts';
import type { ChartRecord } from './record.ts';
import type { ChartHistory } from './releases.ts';

/** The text of CHANGELOG.md from its frame. Newest version first; charts of one version in the order given. */
export function changelogPage(frame: string, charts: readonly ChartHistory[], told: History = history): string {
  const sections = charts.flatMap(chart => sectionsOf(chart, told));
  const versions = [...new Set(sections.map(s => s.version))].sort((a, b) => compare(b, a));
  return fill(frame, {
    versions: versions.map(version => {
      const those = sections.filter(s => s.version === version);
      const open = those.filter(s => !s.published).map(s => s.chart);
      const all = open.length === those.length ? 'not published yet' : `${open.join(', ')}: not published yet`;
      return { version, state: open.length === 0 ? '' : ` (${all})`, charts: those };
    }),
  });
}

interface Section {
  readonly version: string;
  readonly chart: string;
  readonly published: boolean;
  /** Markdown, without a line break at the end. */
  readonly body: string;
}

function sectionsOf({ current, published }: ChartHistory, told: History): Section[] {
  const isPublished = published.some(p => p.version === current.version);
  const all = isPublished ? published : [current, ...published];
  return all.map((record, i) => {
    const { version, chart } = record;
    const parts = [entriesPart(entriesOf(chart, version, told)), ...differenceParts(all[i + 1], record)];
    return { version, chart, published: isPublished || i > 0, body: parts.filter(Boolean).join('\n\n') };
  });
}

const capital = (s: string) => s.charAt(0).toUpperCase() + s.slice(1);

function entriesPart(changes: readonly Change[]): string {
  const parts = kinds.flatMap(kind => {
    const of = changes.filter(c => c.kind === kind).map(c => `- ${c.description}.`);
    return of.length === 0 ? [] : [`**${capital(kind)}**\n\n${of.join('\n')}`];
  });
  return parts.join('\n\n');
}

/** Of the first version, only how much there is. */
function differenceParts(before: ChartRecord | undefined, after: ChartRecord): string[] {
  return before === undefined ? [firstPart(after)] : differences(before, after);
}

/** What differs between two versions, as Markdown. */
export const differencesText = (before: ChartRecord, after: ChartRecord): string =>
  differences(before, after).filter(Boolean).join('\n\n') || 'Values and objects are the same.';

function differences(before: ChartRecord, after: ChartRecord): string[] {
  const values = valuesPart(before, after);
  const text = textDifference(before.valuesYaml, after.valuesYaml);
  const yaml = text === '' ? '' : folded('Difference of values.yaml', fenced(text));
  const objects = objectsPart(before, after).map(({ title, lines }) =>
    lines === '' ? title : folded(title, fenced(lines)),
  );
  return [values, yaml, ...objects];
}

function firstPart({ values, examples }: ChartRecord): string {
  const [defaults] = examples;
  const count = Object.keys(values).filter(path => !/\[\]|\.\*/.test(path)).length;
  const objects =
    defaults === undefined || defaults.refused.length > 0
      ? ''
      : `; ${defaults.objects.size} objects with the default values`;
  return `${count} values${objects}.`;
}

function valuesPart(before: ChartRecord, after: ChartRecord): string {
  const rows = valueDifferences(before.values, after.values).map(d => {
    const keys = d.keywords.length === 0 ? ['type', 'default'] : d.keywords;
    return [`\`${d.path}\``, cellOf(d.before, keys), cellOf(d.after, keys)];
  });
  return rows.length === 0 ? '' : table(['Value', before.version, after.version], rows);
}

function cellOf(row: FlatValues[string] | undefined, keywords: readonly string[]): string {
  if (row === undefined) return '';
  const told = keywords.filter(k => row[k] !== undefined).map(k => `\`${k}: ${JSON.stringify(row[k])}\``);
  return told.length === 0 ? 'no limit' : told.join(', ');
}

/** Closed until the reader opens it. */
const folded = (title: string, body: string): string =>
  `<details>\n<summary>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</summary>\n\n${body}\n\n</details>`;

/** A block of code that holds any text, a fence too. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}
