import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { type Candidate, candidates, type Line, type Values } from '../completion/candidates.ts';
import { knownOf } from '../completion/known.ts';
import { type Shell, scripts } from '../completion/scripts.ts';
import type { Io, Status } from '../io.ts';

/** Prints the script of a shell. */
export async function runCompletion({ shell }: { readonly shell: Shell }, io: Io): Promise<Status> {
  io.out(scripts[shell]);
  return 0;
}

/**
 * Prints what may stand at the end of a command line, one word a line, with a tab and what it is: for the scripts.
 * `args` is `__complete` and the words behind the program's name, the last one as far as it is written, maybe empty.
 */
export async function runComplete(cli: Argv, [, ...args]: readonly string[], io: Io): Promise<Status> {
  // bash takes --output=json for three words.
  const words = args.map((word, i) => (word === '=' && i === args.length - 1 ? '' : word)).filter(word => word !== '=');
  const current = words.at(-1) ?? '';
  const { path, before } = await commandOf(cli, words.slice(0, -1));
  const { charts, mainChart } = await import('../charts.ts');
  const names = charts.map(({ name }) => name);
  for (const { word, about } of candidates(
    { before, current },
    await knownOf(cli, path),
    valuesOf(path, names, mainChart),
  ))
    io.out(`${word}${about && `\t${about}`}\n`);
  return 0;
}

/** The command that the words name, as deep as they go, and the words behind it. */
async function commandOf(cli: Argv, words: readonly string[]): Promise<{ path: string[]; before: readonly string[] }> {
  const isOne = (commands: readonly Candidate[], word?: string) => commands.some(c => c.word === word);
  const top = (await knownOf(cli, [])).commands;
  const at = words.findIndex(word => isOne(top, word));
  if (at < 0) return { path: [], before: words };
  const path = words.slice(at, at + 1);
  const below = (await knownOf(cli, path)).commands;
  if (isOne(below, words[at + 1])) path.push(words[at + 1]!);
  return { path, before: words.slice(at + path.length) };
}

/** `--chart` of migrate-plan is a file. */
const valuesOf =
  ([command]: readonly string[], charts: readonly string[], mainChart: string): Values =>
  (name, line) => {
    if (name === 'charts' || (name === 'chart' && command !== 'migrate-plan')) return charts;
    if (name !== 'environment' && name !== 'environments') return [];
    const chart = chartIn(line);
    return environmentsIn(chart === undefined || chart === mainChart ? 'environments' : join('environments', chart));
  };

function chartIn({ before }: Line): string | undefined {
  const at = before.findIndex(word => /^--chart(=|$)/.test(word));
  return at < 0 ? undefined : (/=(.*)/s.exec(before[at]!)?.[1] ?? before[at + 1]);
}

/** Names that stand for the files of a folder; none where there is no such folder. */
function environmentsIn(folder: string): string[] {
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter(entry => !entry.isDirectory());
    return files.flatMap(({ name }) => /^([^\t\n]+)\.yaml$/.exec(name)?.[1] ?? []).sort();
  } catch {
    return [];
  }
}
