/** Commands that pack, compare and publish versions. */
import { number, textOrJson, withPublish, word } from '../options.ts';
import type { AddCommands } from './add-commands.ts';

export const packageCommands: AddCommands = (cli, { io, run }) =>
  cli
    .command(
      'package [charts..]',
      'pack charts as .tgz, the same bytes on any machine, with checksums and SBOM, and signed if you name a key',
      y =>
        y
          .positional('charts', {
            describe: 'names of charts; all of them by default',
            type: 'string',
            array: true,
            default: [] as string[],
          })
          .option('out', { describe: 'folder for the packages', ...word, default: 'dist' })
          .option('publisher', {
            describe: 'file with what only you know: home, maintainers, license; publisher.yaml, if there is one',
            ...word,
          })
          .option('sign-key', { describe: 'file with the secret OpenPGP key that signs, of the kind RSA', ...word })
          .option('passphrase-file', { describe: 'file with the passphrase of the key', ...word })
          .option('passphrase-fd', { describe: 'number of an open file descriptor with the passphrase', ...number })
          .option('published', {
            describe: 'index.yaml or release.json, or a folder with one: refuse to change what is in there',
            ...word,
          })
          .example(
            '$0 package --out dist',
            'dist/serverless-mesh-0.1.0.tgz and so on, dist/release.json, dist/SHA256SUMS',
          )
          .example(
            '$0 package --sign-key signing.key --passphrase-fd 3 3<passphrase',
            'also *.tgz.prov, for helm verify',
          )
          .example('$0 package serverless-mesh-operators', 'one chart only'),
      a =>
        run(
          import('../commands/package.ts').then(c =>
            c.runPackage({ ...a, sourceDateEpoch: process.env.SOURCE_DATE_EPOCH }, io),
          ),
        ),
    )
    .command(
      'changelog',
      'say what differs between two versions of a chart: values, and the objects of published versions',
      y =>
        y
          .option('chart', { describe: 'chart of the versions', ...word, default: 'serverless-mesh' })
          .option('from', { describe: 'package, folder of a chart, or published version', ...word, demandOption: true })
          .option('to', { describe: 'the same; the chart as this tool makes it, without it', ...word })
          .option('output', textOrJson)
          .example(
            '$0 changelog --from serverless-mesh-0.1.0.tgz --to serverless-mesh-0.2.0.tgz',
            'before an upgrade: values that are new, gone or other',
          ),
      a => run(import('../commands/changelog.ts').then(c => c.runChangelog(a, io))),
    )
    .command(
      'publish [target]',
      'publish what package made: to a folder that any web server can serve, or to an OCI registry',
      y => withPublish(y),
      a => run(import('../commands/publish.ts').then(c => c.runPublish(a, io))),
    );
