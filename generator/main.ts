/** The command line. Each command is loaded when it is used; only this file ends the process. */

import yargs, { type Argv } from 'yargs';
import { GeneratorError } from './errors.ts';
import type { Io, Status } from './io.ts';

const io: Io = {
  out: text => process.stdout.write(text),
  talk: text => process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
};

let status: Status = 0;
async function run(result: Promise<Status>): Promise<void> {
  status = await result;
}

const withFiles = <T>(y: Argv<T>) =>
  y
    .positional('environments', {
      describe: 'values files, or names of files in environments/; each is one environment',
      type: 'string',
      array: true,
      default: [] as string[],
    })
    .option('file', {
      alias: 'f',
      describe: 'values file under each environment; may be repeated, later ones win, null deletes a key',
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
    });

const cli = yargs(process.argv.slice(2))
  .scriptName('serverless-mesh')
  .usage('$0 <command>\n\nHelm charts for OpenShift Serverless on OpenShift Service Mesh, from one typed model.')
  .command(
    'generate',
    'write charts/ from the model',
    y =>
      y
        .option('check', {
          describe: 'change nothing; list files that are stale, edited, missing or unknown, and exit 1',
          type: 'boolean',
          default: false,
        })
        .option('force', {
          describe: 'overwrite generated files that were edited by hand',
          type: 'boolean',
          default: false,
        })
        .example('$0 generate --check', 'in a pipeline: are the charts what the model says?'),
    a => run(import('./commands/generate.ts').then(c => c.runGenerate(a, io))),
  )
  .command(
    'validate [environments..]',
    'check values files: what is wrong, where, and what to write instead',
    y =>
      withFiles(y)
        .option('output', {
          alias: 'o',
          describe: 'format',
          choices: ['text', 'json'] as const,
          default: 'text' as const,
        })
        .example('$0 validate -f base.yaml dev staging prod', 'three environments on top of base.yaml'),
    a => run(import('./commands/validate.ts').then(c => c.runValidate({ ...a, files: a.file }, io))),
  )
  .command(
    'render [environments..]',
    'print the manifests of environments',
    y =>
      withFiles(y)
        .option('engine', {
          describe: 'model: in this process; helm: helm template',
          choices: ['model', 'helm'] as const,
          default: 'model' as const,
        })
        .option('release-name', { describe: 'name of the release', type: 'string', default: 'serverless-mesh' })
        .option('namespace', { alias: 'n', describe: 'namespace of the release', type: 'string', default: 'default' })
        .option('output', {
          alias: 'o',
          describe: 'format',
          choices: ['yaml', 'json'] as const,
          default: 'yaml' as const,
        })
        .option('out-dir', { describe: 'write one file per environment here, instead of printing', type: 'string' })
        .example('$0 render prod --out-dir rendered', 'rendered/prod.yaml'),
    a => run(import('./commands/render.ts').then(c => c.runRender({ ...a, files: a.file }, io))),
  )
  .command(
    'package [charts..]',
    'pack charts as .tgz, the same bytes on any machine, with checksums',
    y =>
      y
        .positional('charts', {
          describe: 'names of charts; all of them by default',
          type: 'string',
          array: true,
          default: [] as string[],
        })
        .option('out', { describe: 'folder for the packages', type: 'string', default: 'dist' })
        .example('$0 package --out dist', 'dist/serverless-mesh-0.1.0.tgz and dist/SHA256SUMS'),
    a =>
      run(
        import('./commands/package.ts').then(c =>
          c.runPackage({ ...a, sourceDateEpoch: process.env.SOURCE_DATE_EPOCH }, io),
        ),
      ),
  )
  .command(
    'certificates',
    'make a root and a wildcard certificate for the ingress gateway',
    y =>
      y
        .option('apps-domain', {
          describe: 'domain of the OpenShift routes, as apps.example.com',
          type: 'string',
          demandOption: true,
        })
        .option('out', { describe: 'folder for certificates and keys', type: 'string', default: 'certificates' })
        .option('days', {
          describe: 'life of the wildcard certificate in days, 1 to 825',
          type: 'number',
          default: 365,
        })
        .option('root-days', {
          describe: 'life of the root certificate in days, up to 3650',
          type: 'number',
          default: 3650,
        })
        .option('organization', {
          describe: 'organisation in both certificates',
          type: 'string',
          default: 'Example Inc.',
        })
        .option('bits', { describe: 'size of the RSA keys', type: 'number', default: 2048 })
        .option('namespace', {
          alias: 'n',
          describe: 'mesh.namespace, where the Secret goes',
          type: 'string',
          default: 'istio-system',
        })
        .option('secret-name', { describe: 'gateway.tls.secretName', type: 'string', default: 'wildcard-certs' })
        .example(
          '$0 certificates --apps-domain apps.example.com',
          'four files in certificates/, and the oc command for the Secret',
        ),
    a => run(import('./commands/certificates.ts').then(c => c.runCertificates({ ...a, outDir: a.out }, io))),
  )
  .demandCommand(1, 'name a command')
  .strict()
  .version(false)
  .help()
  .alias('h', 'help')
  .wrap(Math.min(110, process.stdout.columns ?? 110))
  .exitProcess(false)
  .fail((message, error) => {
    throw error ?? new GeneratorError(`${message}; see serverless-mesh --help.`, 2);
  });

try {
  await cli.parseAsync();
} catch (error) {
  if (!(error instanceof GeneratorError)) throw error;
  io.talk(`${error.message}\n`);
  status = error.code;
}
process.exitCode = status;
