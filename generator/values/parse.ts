import { EVENT_ID, type Event, parseEvents, YAMLException } from 'js-yaml';
import type { Finding } from '../findings.ts';
import { compose, type Node, type Report } from './compose.ts';
import { reportLines, reportScalars } from './helm-differences.ts';
import { isMap, type Values } from './maps.ts';
import { pathText, type ValuePath } from './path.ts';
import { read } from './read.ts';
import type { Expected } from './traps.ts';

export interface ParsedValues {
  /** Empty when the file is empty or cannot be read. Where there are findings, what the user most likely meant. */
  readonly values: Values;
  readonly findings: Finding[];
  /** Line, from 1, on which the value at this path stands (its key, in a map); undefined if the file does not set it. */
  readonly lineOf: (path: ValuePath) => number | undefined;
}

export interface ParseOptions {
  /** What the schema wants at a path, so that a finding can say what to write. */
  readonly expectedAt?: ((path: ValuePath) => Expected) | undefined;
  /** More values than these are refused, aliases written out. */
  readonly mostValues?: number;
  /** What such a file may begin with. */
  readonly example?: string;
}

type Problem = (message: string, at?: number, path?: ValuePath) => void;

/** Aliases can make a small file huge ("billion laughs") or deep; Helm has limits, too. */
const mostByDefault = 100_000;
const deepest = 500;

/**
 * A values file as Helm 3 and 4 both read it. Reports what only one of the two, neither, or only a YAML 1.1 reader would
 * read in this way. Never throws, and no message repeats a line of the file: it may hold a private key.
 */
export function parseValues(
  text: string,
  file: string,
  { expectedAt = () => undefined, mostValues = mostByDefault, example = 'kafka: {enabled: true}' }: ParseOptions = {},
): ParsedValues {
  const findings: Finding[] = [];
  const found: { readonly path: ValuePath; readonly at: number }[] = [];
  let places: ReadonlyMap<string, number> | undefined;
  const lineAt = lineFinder(text);
  const problem: Problem = (message, at, path = []) => {
    const line = at === undefined || at < 0 ? undefined : lineAt(at);
    findings.push({ file, ...(line === undefined ? {} : { line }), path: pathText(path), message });
  };
  const root = readable(text, mostValues, problem);
  const value =
    root &&
    read(root, [], {
      expectedAt,
      lineAt,
      report: (path, at, message) => problem(message, at, path),
      found: (path, at) => found.push({ path, at }),
    });
  if (root && value !== null && !isMap(value)) {
    const kind = Array.isArray(value) ? 'a list' : 'a single value';
    problem(`holds ${kind}; write a map, for example ${example}`, root.at);
  }
  const lineOf = (path: ValuePath) => {
    // Only made for a file with a finding: a sixth of the time that parsing takes.
    places ??= new Map(found.map(place => [JSON.stringify(place.path), place.at]));
    const at = places.get(JSON.stringify(path));
    return at === undefined ? undefined : lineAt(at);
  };
  return { values: isMap(value) ? value : {}, findings, lineOf };
}

/** The root of the only document; undefined when there is none, or when it cannot be read. */
function readable(text: string, mostValues: number, problem: Problem): Node | undefined {
  let sound = true;
  reportLines(text, (at, message) => {
    sound = false;
    problem(message, at);
  });
  if (!sound) return undefined;
  try {
    return onlyDocument(text, mostValues, problem);
  } catch (error) {
    if (!(error instanceof YAMLException)) problem('cannot be read as YAML; correct the file');
    else problem(`cannot be read as YAML: ${reason(error)}; ${advice(error.reason)}`, error.mark?.position);
    return undefined;
  }
}

function onlyDocument(text: string, mostValues: number, problem: Problem): Node | undefined {
  const report: Report = (at, message) => problem(message, at);
  const [first = [], ...others] = documents(parseEvents(text, {}));
  const other = others.find(events => !isEmpty(events));
  if (other !== undefined) {
    problem('holds several documents, of which Helm 3 reads only the first; put them into one', start(other));
  }
  if (first.length === 0) return undefined;
  reportScalars(text, first, report);
  const root = compose(text, first, report);
  if (root.size <= mostValues && root.depth <= deepest) return root;
  problem('is too large with its aliases written out; use fewer of them');
  return undefined;
}

/** The events of each document, without the document's own. */
function documents(events: readonly Event[]): Event[][] {
  const found: Event[][] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) found.push([]);
    else found.at(-1)?.push(event);
  }
  return found;
}

function isEmpty([first]: readonly Event[]): boolean {
  return first === undefined || (first.type === EVENT_ID.SCALAR && first.valueStart < 0 && first.tagStart < 0);
}

function start([first]: readonly Event[]): number | undefined {
  if (first === undefined || !('tagStart' in first)) return undefined;
  return first.type === EVENT_ID.SCALAR ? Math.max(first.valueStart, first.tagStart) : first.start;
}

/** The parser's own words without what it quotes from the file; error.message would show the line itself. */
function reason(error: YAMLException): string {
  return error.reason.replace(/(?: for)? ".*|: .*/s, '');
}

const advices: readonly (readonly [RegExp, string])[] = [
  [/\btab\b/, 'indent with spaces'],
  [/quoted scalar/, 'close the quotation mark'],
  [/flow collection/, 'close the bracket, and put a comma between two items'],
  [/escape|hexadecimal/, 'put the text in single quotes, or double the backslash'],
  [/non-printable|null byte/, 'remove the control character'],
  [/\balias\b|\banchor\b|\btag\b/, 'put a text that starts with *, & or ! in quotes'],
  [/indentation|mapping|separator/, "align the lines; put a text with ': ' or a special first character in quotes"],
];

function advice(reason: string): string {
  return advices.find(([pattern]) => pattern.test(reason))?.[1] ?? 'correct the line';
}

/** Line, from 1, of an offset in the text. */
function lineFinder(text: string): (at: number) => number {
  let ends: number[] | undefined;
  return at => {
    ends ??= Array.from(text.matchAll(/\r\n?|\n/g), match => match.index + match[0].length);
    return linesUpTo(at, ends) + 1;
  };
}

/** How many lines have ended at this offset; by halves, for a long file may have a finding on each line. */
function linesUpTo(at: number, ends: readonly number[]): number {
  let [from, to] = [0, ends.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ends[middle]! <= at) from = middle + 1;
    else to = middle;
  }
  return from;
}
