/** What yargs knows of a command, as it is just before it would print the help of it. */
import type { Argv } from 'yargs';
import type { Known } from './candidates.ts';

/** Not in its types. */
interface Internals {
  getOptions(): {
    readonly key: Readonly<Record<string, unknown>>;
    readonly alias: Readonly<Record<string, readonly string[]>>;
    readonly array: readonly string[];
    readonly boolean: readonly string[];
    readonly choices: Readonly<Record<string, readonly string[]>>;
  };
  getGroups(): Readonly<Record<string, readonly string[]>>;
  getInternalMethods(): {
    getUsageInstance(): {
      /** Command line, description, and more. */
      getCommands(): readonly (readonly [string, string | undefined, ...unknown[]])[];
      getDescriptions(): Readonly<Record<string, string | undefined>>;
      getPositionalGroupName(): string;
    };
  };
}

/** Of the command at this path, as `['certificates', 'renew']`; of the program for none. No command runs. */
export async function knownOf(cli: Argv, path: readonly string[]): Promise<Known> {
  let known: Known | undefined;
  await cli.parseAsync([...path, '--help'], {}, () => {
    known = read(cli as unknown as Internals);
  });
  if (known === undefined) throw new Error('yargs did not call back');
  return known;
}

function read(cli: Internals): Known {
  const { key, alias, array, boolean, choices } = cli.getOptions();
  const usage = cli.getInternalMethods().getUsageInstance();
  const descriptions = usage.getDescriptions();
  const positionals = cli.getGroups()[usage.getPositionalGroupName()] ?? [];
  const isShort = (name: string) => name.length === 1 && namesOf(name, alias).length > 1;
  const about = (name: string) => (descriptions[name] ?? '').replace('__yargsString__:', '').replace(/\s+/g, ' ');
  return {
    commands: usage
      .getCommands()
      .map(([line, text]) => ({ word: line.split(' ')[0]!, about: text ?? '' }))
      .filter(({ word }) => word !== '$0'),
    options: Object.keys(key)
      .filter(name => !positionals.includes(name) && !isShort(name))
      .map(name => ({
        names: namesOf(name, alias),
        about: about(name),
        takesValue: !boolean.includes(name),
        repeats: array.includes(name),
        choices: choices[name] ?? [],
      })),
    positionals: positionals.map(name => ({ name, repeats: array.includes(name), choices: choices[name] ?? [] })),
  };
}

/** The name, and those that mean the same: `help` is there as an alias of `h`. */
function namesOf(name: string, alias: Readonly<Record<string, readonly string[]>>): string[] {
  const groups = Object.entries(alias).map(([first, others]) => [first, ...others]);
  return [...new Set([name, ...groups.filter(group => group.includes(name)).flat()])];
}
