/** A wrong command line, in one sentence that says what to write. */
import { GeneratorError } from './errors.ts';
import { nearest } from './values/nearest.ts';
import { alternatives } from './values/show.ts';

/** What yargs knows of the command at hand. */
export interface KnownOptions {
  readonly key: Readonly<Record<string, unknown>>;
  readonly alias: Readonly<Record<string, readonly string[]>>;
  readonly array: readonly string[];
  readonly boolean: readonly string[];
}

const program = 'serverless-mesh';
const dashed = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`);

/**
 * Throws a usage error for what yargs lets pass, and reads otherwise than it is meant: words behind -- (dropped), an
 * option of one value that is given several times (a list), a switch with another value than true or false (false).
 */
export function refuseMisuse(
  given: Readonly<Record<string, unknown>>,
  { key, array, boolean }: KnownOptions,
  args: readonly string[],
): void {
  if (args.includes('--'))
    throw new GeneratorError('-- is not needed; leave it out, and write ./ before a file name that starts with -.', 2);
  const names = Object.keys(key);
  const twice = names.find(name => !array.includes(name) && Array.isArray(given[name]));
  if (twice !== undefined) throw new GeneratorError(`${dashed(twice)} is given several times; write it once.`, 2);
  const misread = names.find(
    name => boolean.includes(name) && args.some(arg => arg.startsWith(`--${name}=`) && !/=(true|false)$/.test(arg)),
  );
  if (misread !== undefined) throw new GeneratorError(`--${misread} takes no value; write --${misread} alone.`, 2);
}

interface Commands {
  readonly commands: readonly string[];
  /** The command at hand, as certificates renew. */
  readonly path: readonly string[];
}

/** Of the one command that has some. */
const subcommands: Readonly<Record<string, readonly string[]>> = { certificates: ['renew', 'check'] };

/** yargs would ask for an option of the command first, and take the word for one too many. */
function wrongSubcommand(args: readonly string[], path: readonly string[], help: string): string | undefined {
  const [command = '', ...below] = path;
  const known = subcommands[command];
  const word = args[args.indexOf(command) + 1];
  if (known === undefined || below.length > 0 || word === undefined || word.startsWith('-')) return undefined;
  const near = nearest(word, known);
  return `${word} is no command of ${command}; ${near ? `did you mean ${near}?` : `write ${alternatives(known)}, or none`} (${help})`;
}

/** What yargs says, in our words. */
export function usageError(
  message: string,
  args: readonly string[],
  { commands, path }: Commands,
  options: KnownOptions,
): GeneratorError {
  const command = args.find(arg => commands.includes(arg));
  const help = `see ${[program, ...(path.length > 0 ? path : [command])].filter(Boolean).join(' ')} --help`;
  const word = wrongSubcommand(args, path, help);
  if (word !== undefined) return new GeneratorError(`${word}.`, 2);
  const sentence = sentences
    .map(([pattern, say]) => {
      const [all, name = '', given = '', choices = ''] = pattern.exec(message) ?? [];
      return all && say(name, { args, commands, command, options, given, choices, help });
    })
    .find(Boolean);
  return new GeneratorError(`${sentence || `${message.replace(/\s+/g, ' ')}; ${help}`}.`, 2);
}

interface Context {
  readonly args: readonly string[];
  readonly commands: readonly string[];
  readonly command: string | undefined;
  readonly options: KnownOptions;
  readonly given: string;
  readonly choices: string;
  readonly help: string;
}

const sentences: readonly (readonly [RegExp, (name: string, context: Context) => string])[] = [
  [/^name a command$/, (_, { commands, help }) => `no command is given; write one of ${commands.join(', ')} (${help})`],
  [/^Unknown (?:argument|command)s?: ([^,]+)/, unknown],
  [
    /^Missing required arguments?: ([^,\n]+)/,
    (name, c) => `${dashed(name)} is missing; write it with its value (${c.help})`,
  ],
  [
    /^Not enough arguments following: (.+)/,
    (name, c) => `${dashed(name)} lacks its value; write one behind it (${c.help})`,
  ],
  [
    /^Missing argument values?: ([^,]+)/,
    (name, c) => `${dashed(name)} lacks its value; write one behind it (${c.help})`,
  ],
  [
    /^Not enough non-option arguments/,
    (_, { command, help }) => `${command} lacks a word; write it behind ${command} (${help})`,
  ],
  [
    /Argument: (\S+), Given: (.*), Choices: (.*)/,
    (name, { args, given, choices }) =>
      `${isBehindCommand(given, args) ? name : dashed(name)} is ${given}; write ${alternatives(choices.replaceAll('"', '').split(', '))}`,
  ],
];

/** True for a word that is no value of an option. */
function isBehindCommand(given: string, args: readonly string[]): boolean {
  const at = args.findIndex(arg => JSON.stringify(arg) === given);
  return at > 0 && !args[at - 1]!.startsWith('-');
}

function unknown(name: string, { args, commands, command, options, help }: Context): string {
  if (command === undefined && args[0] === name) {
    const near = nearest(name, commands);
    return `${name} is no command; ${near ? `did you mean ${near}?` : `write one of ${commands.join(', ')}`} (${help})`;
  }
  const typed = args.find(arg => arg.startsWith('-') && arg.replace(/^-+/, '').startsWith(name))?.replace(/=.*/s, '');
  if (typed === undefined) return `${name} is one word too many; leave it out (${help})`;
  const near = nearest(
    name,
    [...Object.keys(options.key), ...Object.values(options.alias).flat()].filter(n => n.length > 1),
  );
  return `${typed} is no option; ${near ? `did you mean ${dashed(near)}?` : 'leave it out'} (${help})`;
}
