/** A block of the document that is no prose: YAML to apply, a command to run, or what a command prints. */
export interface Listing {
  readonly kind: 'yaml' | 'command' | 'output';
  /** Number of the section that it stands in, as `1.4.2`. */
  readonly section: string;
  /** Step of the section's procedure; 0 where there is none. */
  readonly step: number;
  /** First line in the document, from 1. */
  readonly line: number;
  /** The last sentence before it. */
  readonly lead: string;
  /** Without indentation, and in YAML without callouts. */
  readonly text: string;
  /** What the numbers at line ends refer to. */
  readonly callouts: ReadonlyMap<number, string>;
}
interface Paragraph {
  readonly lines: readonly string[];
  readonly line: number;
}

// The document writes a no-break space after the number.
const heading = /^(\d+(?:\.\d+)+)\.\s\S/;
const numbers = /^\s*\d+(?: \d+)*$/;
const yamlStart = /^\s*(?:\.\.\.|---|(?:apiVersion|kind|metadata|spec):.*)$/;
/** What no prose of the document looks like: a key, an item with a key, a command, a document mark. */
const looksLikeCode = /^\s*(?:(?:- )?["\w./-]+:(?:\s|$)|\$ |- \S|\.\.\.$|---$)/;

/** Every listing of the document, in its order. Throws for a line that looks like code and stands outside of all. */
export function listingsOf(document: string): Listing[] {
  const found: Listing[] = [];
  let place = { section: '', step: 0, lead: '' };
  const paragraphs = paragraphsOf(document);
  for (const [index, paragraph] of paragraphs.entries()) {
    const [first = ''] = paragraph.lines;
    const common = { ...place, line: paragraph.line, callouts: new Map<number, string>() };
    if (heading.test(first)) place = { section: heading.exec(first)![1]!, step: 0, lead: '' };
    else if (yamlStart.test(first)) found.push({ ...common, ...yamlListing(paragraph, paragraphs[index + 1]) });
    else if (/^\s*\$ /.test(first)) found.push({ ...common, kind: 'command', text: dedent(paragraph.lines) });
    else if (place.lead === 'Example output') found.push({ ...common, kind: 'output', text: dedent(paragraph.lines) });
    else refuseCode(paragraph);
    place = { ...place, lead: paragraph.lines.at(-1)!.trim(), step: stepOf(first) ?? place.step };
  }
  return found;
}

const stepOf = (line: string): number | undefined => {
  const [, step] = /^ {2}(\d+)\. \S/.exec(line) ?? [];
  return step === undefined ? undefined : Number(step);
};

/** Runs of lines without a blank one; a step or a bullet also begins one, because none stands above it. */
function paragraphsOf(document: string): Paragraph[] {
  const paragraphs: { lines: string[]; line: number }[] = [];
  let open = false;
  for (const [index, line] of document.split(/\r?\n/).entries()) {
    if (line.trim() === '') open = false;
    else if (open && !/^\s*(?:\d+\. |• )/.test(line)) paragraphs.at(-1)!.lines.push(line);
    else {
      paragraphs.push({ lines: [line], line: index + 1 });
      open = true;
    }
  }
  return paragraphs;
}

/** Callouts stand right below the block, or in the next paragraph. */
function yamlListing(
  { lines, line }: Paragraph,
  next: Paragraph | undefined,
): Pick<Listing, 'kind' | 'text' | 'callouts'> {
  const end = lines.findIndex(text => numbers.test(text));
  const body = end === -1 ? lines : lines.slice(0, end);
  const below = end === -1 ? (next?.lines ?? []) : lines.slice(end);
  const callouts = calloutsOf(below);
  return { kind: 'yaml', text: withoutCallouts(dedent(body), [...callouts.keys()], line), callouts };
}

/** Lines of numbers, each followed by what it explains. */
function calloutsOf(lines: readonly string[]): Map<number, string> {
  const callouts = new Map<number, string>();
  for (let i = 0; i + 1 < lines.length && numbers.test(lines[i]!); i += 2)
    for (const number of lines[i]!.trim().split(' ')) callouts.set(Number(number), lines[i + 1]!.trim());
  return callouts;
}

/**
 * Takes the given numbers off the ends of lines. Throws unless they are 1, 2, 3 … and each ends exactly one line, in
 * this order: otherwise one of them may be a value.
 */
export function withoutCallouts(text: string, callouts: readonly number[], line: number): string {
  const seen: number[] = [];
  const lines = text.split('\n').map(yaml => {
    const [, rest, number] = /^(.*\S) (\d+)$/.exec(yaml) ?? [];
    if (rest === undefined || !callouts.includes(Number(number))) return yaml;
    seen.push(Number(number));
    return rest;
  });
  const wanted = callouts.map((_, index) => index + 1).join(' ');
  if (callouts.join(' ') !== wanted || seen.join(' ') !== wanted)
    throw new Error(`line ${line}: callouts ${callouts.join(' ')} are explained, lines end in ${seen.join(' ')}`);
  return lines.join('\n');
}

function dedent(lines: readonly string[]): string {
  const indents = lines.map(text => text.search(/\S/));
  return lines.map(text => text.slice(Math.min(...indents))).join('\n');
}

function refuseCode({ lines, line }: Paragraph): void {
  const bad = lines.findIndex(text => looksLikeCode.test(text));
  if (bad !== -1) throw new Error(`line ${line + bad}: looks like code, but is in no listing: ${lines[bad]!.trim()}`);
}
