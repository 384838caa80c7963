/** What may stand at the end of a command line. Pure. */

export interface Option {
  /** Without dashes; the one to offer first, then its aliases. */
  readonly names: readonly string[];
  readonly about: string;
  readonly takesValue: boolean;
  readonly repeats: boolean;
  readonly choices: readonly string[];
}

export interface Positional {
  readonly name: string;
  readonly repeats: boolean;
  readonly choices: readonly string[];
}

/** What the command at hand knows: its commands, options and positionals. */
export interface Known {
  readonly commands: readonly Candidate[];
  readonly options: readonly Option[];
  readonly positionals: readonly Positional[];
}

export interface Candidate {
  readonly word: string;
  /** One line; empty for a value that says what it is. */
  readonly about: string;
}

export interface Line {
  /** Words behind the command and before the one at the cursor. */
  readonly before: readonly string[];
  /** The word at the cursor, up to it. */
  readonly current: string;
}

/** Values that a command takes and only the disk or the model knows, by the name of an option or positional. */
export type Values = (name: string, line: Line) => readonly string[];

/**
 * All that may be written instead of the current word, which they start with; none where a file may be meant, and the
 * shell completes it as such.
 */
export function candidates(line: Line, known: Known, values: Values): readonly Candidate[] {
  const { current } = line;
  return wordsFor(line, known, values).filter(({ word }) => word.startsWith(current));
}

function wordsFor(line: Line, known: Known, values: Values): readonly Candidate[] {
  const { before, current } = line;
  const valuesOf = ({ name, choices }: { readonly name: string; readonly choices: readonly string[] }) =>
    choices.length > 0 ? choices : values(name, line);
  const [, assigned] = /^(-[^=]*)=/.exec(current) ?? [];
  const owner = optionOf(assigned ?? before.at(-1), known);
  if (owner?.takesValue) {
    const own = valuesOf({ name: owner.names[0] ?? '', choices: owner.choices });
    return own.map(value => ({ word: assigned === undefined ? value : `${assigned}=${value}`, about: '' }));
  }
  if (current.startsWith('-')) return optionsLeft(before, known);
  const places = placesTaken(before, known);
  const positional = known.positionals[places] ?? known.positionals.findLast(p => p.repeats);
  const own = positional === undefined ? [] : valuesOf(positional).map(word => ({ word, about: '' }));
  return [...(places === 0 ? known.commands : []), ...own];
}

const optionOf = (word: string | undefined, { options }: Known): Option | undefined =>
  word?.startsWith('-') ? options.find(({ names }) => names.some(name => dashed(name) === word)) : undefined;

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);

function optionsLeft(before: readonly string[], { options }: Known): Candidate[] {
  const given = new Set(before.map(word => word.replace(/=.*/s, '')));
  return options
    .filter(({ names, repeats }) => repeats || !names.some(name => given.has(dashed(name))))
    .map(({ names: [name = ''], about }) => ({ word: dashed(name), about }));
}

/** How many positionals stand there already. */
function placesTaken(before: readonly string[], known: Known): number {
  return before.filter((word, i) => !word.startsWith('-') && !optionOf(before[i - 1], known)?.takesValue).length;
}
