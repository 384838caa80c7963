/** The command line. Each command is loaded when it is used; only this file ends the process. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import yargs from 'yargs';
import { answerCommands } from './command-line/answers.ts';
import { certificateCommands } from './command-line/certificates.ts';
import { modelCommands } from './command-line/charts.ts';
import { clusterCommands } from './command-line/clusters.ts';
import { moveCommands } from './command-line/moves.ts';
import { packageCommands } from './command-line/packages.ts';
import { GeneratorError } from './errors.ts';
import type { Io, Status } from './io.ts';
import { unexpectedText } from './unexpected.ts';
import { type KnownOptions, refuseMisuse, usageError } from './usage.ts';

const args = process.argv.slice(2);
/** As the script of a shell asks. It is no command for yargs, because its words are those of another command line. */
const completes = args[0] === '__complete';

const io: Io = {
  out: text => process.stdout.write(text),
  drained: async () => {
    // A reader that has gone never reads on, and the handler below ends the process where that matters.
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain').catch(() => {});
  },
  talk: text => process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
};

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has what it wants, as head has: no failure of ours.
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) io.talk(`standard output: ${unexpectedText(error)}\n`);
    process.exit(1);
  });

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

let status: Status = 0;
async function run(result: Promise<Status>): Promise<void> {
  status = await result;
}

/** In the order of the help. */
const groups = [modelCommands, packageCommands, certificateCommands, clusterCommands, answerCommands, moveCommands];
const bare = yargs(args)
  .scriptName('serverless-mesh')
  .usage('$0 <command>\n\nHelm charts for OpenShift Serverless on OpenShift Service Mesh, from one typed model.');
const cli = groups
  .reduce((y, add) => add(y, { io, run }), bare)
  .command(
    'completion <shell>',
    'print the script that makes a shell complete commands, options and environments',
    y =>
      y
        .positional('shell', { describe: 'your shell', choices: ['bash', 'zsh', 'fish'] as const, demandOption: true })
        .example('$0 completion zsh > ~/.zfunc/_serverless-mesh', 'for each one to come, where fpath has ~/.zfunc')
        .example('source <($0 completion bash)', 'for this shell'),
    a => run(import('./commands/completion.ts').then(c => c.runCompletion(a, io))),
  )
  .demandCommand(1, 'name a command')
  .strict()
  .detectLocale(false)
  .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false, 'short-option-groups': false })
  .check((given, options) => {
    refuseMisuse(given, options as unknown as KnownOptions, completes ? [] : args);
    return true;
  })
  .version(version)
  .help()
  .alias('h', 'help')
  .wrap(Math.min(110, process.stdout.columns ?? 110))
  .exitProcess(false)
  .fail((message, error) => {
    // What a command throws comes here, too.
    if (error && error.name !== 'YError') throw error;
    throw usageError(
      message,
      args,
      { commands, path: internals.getInternalMethods().getContext().commands },
      internals.getOptions(),
    );
  });

/** Not in its types. */
interface Internals {
  getOptions(): KnownOptions;
  getInternalMethods(): {
    getCommandInstance(): { getCommands(): string[] };
    /** Of the command at hand, as certificates renew. */
    getContext(): { readonly commands: readonly string[] };
  };
}
const internals = cli as unknown as Internals;
/** Asked now, for there are none any more while a command is parsed. */
const commands = internals.getInternalMethods().getCommandInstance().getCommands();

try {
  if (completes) await run(import('./commands/completion.ts').then(c => c.runComplete(cli, args, io)));
  else await cli.parseAsync();
} catch (error) {
  const known = error instanceof GeneratorError;
  io.talk(`${known ? error.message : unexpectedText(error)}\n`);
  status = known ? error.code : 1;
}
process.exitCode = status;
