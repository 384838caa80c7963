/** The command line. Each command is loaded when it is used; only this file ends the process. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import yargs from 'yargs';
import { GeneratorError } from './errors.ts';
import type { Io, Status } from './io.ts';
import {
  appsDomain,
  certificateDays,
  certificatesFolder,
  clusterOptions,
  fileOption,
  number,
  textOrJson,
  withChart,
  withCluster,
  withConnection,
  withFiles,
  withImages,
  withOneEnvironment,
  withPublish,
  withRelease,
  withSecret,
  word,
} from './options.ts';
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

const cli = yargs(args)
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
        .option('output', textOrJson)
        .example('$0 validate -f base.yaml dev staging prod', 'three environments on top of base.yaml')
        .example('$0 validate --chart serverless-mesh-operators operators.yaml', 'values of another chart'),
    a => run(import('./commands/validate.ts').then(c => c.runValidate({ ...a, files: a.file }, io))),
  )
  .command(
    'render [environments..]',
    'print the manifests of environments',
    y =>
      withFiles(y)
        .option('engine', {
          describe: 'model: in this process; helm: helm template',
          requiresArg: true,
          choices: ['model', 'helm'] as const,
          default: 'model' as const,
        })
        .option('release-name', { describe: 'name of the release; the name of the chart without it', ...word })
        .option('namespace', { alias: 'n', describe: 'namespace of the release', ...word, default: 'default' })
        .option('output', {
          alias: 'o',
          describe: 'format',
          requiresArg: true,
          choices: ['yaml', 'json'] as const,
          default: 'yaml' as const,
        })
        .option('out-dir', { describe: 'write one file per environment here, instead of printing', ...word })
        .example('$0 render prod --out-dir rendered', 'rendered/prod.yaml')
        .example('$0 render --chart serverless-mesh-operators', 'the Subscriptions of the operators'),
    a => run(import('./commands/render.ts').then(c => c.runRender({ ...a, files: a.file }, io))),
  )
  .command(
    'diagram [environment]',
    'show what an environment installs, who talks to whom and what protects it, as SVG or in words',
    y =>
      y
        .positional('environment', { describe: 'values file, or name of a file in environments/', type: 'string' })
        .option('file', fileOption)
        .option('output', {
          alias: 'o',
          describe: 'format',
          requiresArg: true,
          choices: ['svg', 'text', 'json'] as const,
          default: 'svg' as const,
        })
        .option('out', { describe: 'write it to this file, instead of printing', ...word })
        .example('$0 diagram prod --out prod.svg', 'a picture for light and dark pages')
        .example('$0 diagram prod -o text', 'the same in words'),
    a => run(import('./commands/diagram.ts').then(c => c.runDiagram(clusterOptions(a), io))),
  )
  .command(
    'tenants',
    'check a whole list of tenants against each other and the mesh, and print the manifests of all',
    y =>
      y
        .option('file', {
          ...fileOption,
          describe:
            'file with tenants, each with the values of the chart serverless-mesh-tenant, and defaults for all; may be repeated',
        })
        .option('mesh-values', {
          ...fileOption,
          alias: [],
          describe:
            'values file of the chart serverless-mesh, to compare the tenants with; may be repeated, later ones win',
        })
        .option('check', { describe: 'print what is wrong, and no manifests', type: 'boolean', default: false })
        .option('output', {
          alias: 'o',
          describe: 'format: yaml or json; with --check text or json',
          requiresArg: true,
          choices: ['yaml', 'json', 'text'] as const,
        })
        .option('out-dir', {
          describe: 'write one file per tenant here, all or none, instead of printing',
          ...word,
        })
        .example('$0 tenants -f environments/tenants/prod.yaml --out-dir rendered', 'rendered/orders.yaml and so on')
        .example(
          '$0 tenants -f base.yaml -f team-a.yaml -f team-b.yaml --mesh-values prod.yaml --check',
          'each team keeps its own file',
        ),
    a =>
      run(
        import('./commands/tenants.ts').then(c => c.runTenants({ ...a, files: a.file, meshFiles: a.meshValues }, io)),
      ),
  )
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
        .example('$0 package --sign-key signing.key --passphrase-fd 3 3<passphrase', 'also *.tgz.prov, for helm verify')
        .example('$0 package serverless-mesh-operators', 'one chart only'),
    a =>
      run(
        import('./commands/package.ts').then(c =>
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
    a => run(import('./commands/changelog.ts').then(c => c.runChangelog(a, io))),
  )
  .command(
    'publish [target]',
    'publish what package made: to a folder that any web server can serve, or to an OCI registry',
    y => withPublish(y),
    a => run(import('./commands/publish.ts').then(c => c.runPublish(a, io))),
  )
  .command('certificates', 'make, renew and check the wildcard certificate of the ingress gateway', y =>
    y
      .command(
        '$0',
        'make a root and a wildcard certificate for the ingress gateway',
        z =>
          withSecret(z)
            .option('apps-domain', { ...appsDomain, demandOption: true })
            .option('out', certificatesFolder)
            .option('days', { ...certificateDays, default: 365 })
            .option('root-days', {
              describe: 'life of the root certificate in days, up to 3650',
              ...number,
              default: 3650,
            })
            .option('organization', {
              describe: 'organisation in both certificates',
              ...word,
              default: 'Example Inc.',
            })
            .option('bits', { describe: 'size of the RSA keys', ...number, default: 2048 })
            .example(
              '$0 certificates --apps-domain apps.example.com',
              'four files in certificates/, and the oc command for the Secret',
            ),
        a => run(import('./commands/certificates.ts').then(c => c.runCertificates({ ...a, outDir: a.out }, io))),
      )
      .command(
        'renew',
        'replace wildcard.crt and wildcard.key by new ones from the same root',
        z =>
          withSecret(z)
            .option('apps-domain', {
              ...appsDomain,
              describe: 'domain of the OpenShift routes; the names of the certificate in use, without it',
            })
            .option('out', certificatesFolder)
            .option('days', { ...certificateDays, default: 365 })
            .option('bits', { describe: 'size of the new RSA key; as the one in use, without it', ...number })
            .example(
              '$0 certificates renew --out certificates',
              'a new pair, the one before as wildcard.old.*, and the oc command for the Secret',
            ),
        a => run(import('./commands/certificates-renew.ts').then(c => c.runRenew({ ...a, outDir: a.out }, io))),
      )
      .command(
        'check',
        'say whether a certificate covers the domain, is valid, and belongs to its key',
        z =>
          z
            .option('apps-domain', { ...appsDomain, demandOption: true })
            .option('certificate', { describe: 'certificate and its chain in PEM, the server first', ...word })
            .option('private-key', { describe: 'its key in PEM', ...word })
            .option('ca', { describe: 'roots in PEM that clients trust; root.crt for a folder', ...word })
            .option('out', certificatesFolder)
            .option('days', { describe: 'tell when it expires within so many days', ...number, default: 30 })
            .option('output', textOrJson)
            .example(
              '$0 certificates check --certificate tls.crt --private-key tls.key --apps-domain apps.example.com',
              'one of your CA',
            )
            .example(
              '$0 certificates check --apps-domain apps.example.com --days 60',
              'the one in certificates/; exit status 1 when it is time to renew',
            ),
        a => run(import('./commands/certificates-check.ts').then(async c => c.runCheck({ ...a, outDir: a.out }, io))),
      ),
  )
  .command(
    'preflight [environment]',
    'look at the cluster before an install: what would go wrong, and what exists already; changes nothing',
    y =>
      withCluster(y)
        .example('$0 preflight prod', 'the cluster of the current context, for environments/prod.yaml')
        .example(
          '$0 preflight prod --context prod-admin -o json',
          'for a program; exit status 1 where something is wrong',
        ),
    a => run(import('./commands/preflight.ts').then(c => c.runPreflight(clusterOptions(a), io))),
  )
  .command(
    'verify [environment]',
    'look whether an installed release works; changes nothing, unless you ask for a test service',
    y =>
      withCluster(y)
        .option('timeout', {
          describe:
            'seconds to wait for what is not ready; without it, verify looks once, and waits 300 for the test service',
          ...number,
        })
        .option('create-test-service', {
          describe: 'also create a Knative Service, call its URL with the CA in verify.caCertificate, and delete it',
          type: 'boolean',
          default: false,
        })
        .example('$0 verify prod --timeout 1200', 'after helm install: until everything is ready, or what is not')
        .example('$0 verify prod --create-test-service', 'as section 1.4.4 of the documentation'),
    a => run(import('./commands/verify.ts').then(c => c.runVerify(clusterOptions(a), io))),
  )
  .command(
    'doctor',
    'look at an installation that exists, in the cluster or in a folder of YAML, and say what is wrong, worst first; changes nothing',
    y =>
      y
        .option('from', { describe: 'folder of manifests, or one file, instead of the cluster', ...word })
        .option('kubeconfig', { describe: 'kubeconfig file; KUBECONFIG or ~/.kube/config without it', ...word })
        .option('context', { describe: 'context of the kubeconfig; its current one without it', ...word })
        .option('request-timeout', { describe: 'seconds for one answer of the API server', ...number, default: 15 })
        .option('output', textOrJson)
        .example('$0 doctor', 'the cluster of the current context; no values file is needed')
        .example('$0 doctor --from manifests', 'the .yaml, .yml and .json files below manifests/'),
    a => run(import('./commands/doctor.ts').then(c => c.runDoctor(a, io))),
  )
  .command(
    'explain [query] [field]',
    'say where an object, a field of it, or a value comes from, which values touch it, and why; looks at no cluster',
    y =>
      withChart(y)
        .positional('query', {
          describe:
            'an object, as Gateway/knative-ingress-gateway, or a value, as gateway.tls.source; all objects without it',
          type: 'string',
        })
        .positional('field', { describe: 'a field of the object, or a part of it, as spec.servers', type: 'string' })
        .option('environment', { alias: 'e', describe: 'values file, or name of a file in environments/', ...word })
        .option('file', fileOption)
        .option('release-name', { describe: 'name of the release; the name of the chart without it', ...word })
        .option('namespace', { alias: 'n', describe: 'namespace of the release', ...word, default: 'default' })
        .option('output', textOrJson)
        .example('$0 explain gateway.tls.source -e prod', 'which fields and objects the value decides')
        .example(
          "$0 explain KnativeServing/knative-serving 'spec.config.istio' -e prod",
          'what the fields are made of',
        ),
    a =>
      run(
        import('./commands/explain.ts').then(c =>
          c.runExplain({ ...a, environments: a.environment === undefined ? [] : [a.environment], files: a.file }, io),
        ),
      ),
  )
  .command(
    'diff [environments..]',
    'say what differs between two environments, two chart versions, or values and what is there, and what a change will do',
    y =>
      withChart(y)
        .positional('environments', {
          describe: 'two values files, or names of files in environments/; one with --against, --cluster or --from',
          type: 'string',
          array: true,
          default: [] as string[],
        })
        .option('file', fileOption)
        .option('against', {
          describe: 'another version of the chart: a package or a folder, which Helm renders, or a published version',
          ...word,
        })
        .option('from', { describe: 'a folder of manifests, as if it were a cluster', ...word })
        .option('cluster', { describe: 'what is in a cluster; reads only', type: 'boolean', default: false })
        .option('kubeconfig', { describe: 'kubeconfig file; KUBECONFIG or ~/.kube/config without it', ...word })
        .option('context', { describe: 'context of the kubeconfig; its current one without it', ...word })
        .option('request-timeout', { describe: 'seconds for one answer of the API server', ...number, default: 15 })
        .option('release-name', { describe: 'name of the release; the name of the chart without it', ...word })
        .option('namespace', { alias: 'n', describe: 'namespace of the release', ...word, default: 'default' })
        .option('output', { ...textOrJson, describe: 'format; text is for reading on a terminal, and lines elsewhere' })
        .example('$0 diff staging prod', 'by object and field; exit status 1 where something differs')
        .example('$0 diff prod --against serverless-mesh-0.1.0.tgz', 'before an upgrade of the chart')
        .example('$0 diff prod --cluster --context prod-admin', 'what helm upgrade would change, and what that does'),
    a =>
      run(import('./commands/diff.ts').then(c => c.runDiff({ ...a, files: a.file, color: !process.env.NO_COLOR }, io))),
  )
  .command(
    'images [environments..]',
    'list the images, operators and charts that environments need, for a mirror; looks at no cluster and no registry',
    y =>
      withImages(y)
        .example('$0 images prod', 'every image with what runs it, operator packages, charts')
        .example(
          '$0 images prod -o imageset --catalog registry.redhat.io/redhat/redhat-operator-index:v4.18',
          'an ImageSetConfiguration for oc-mirror --v2',
        )
        .example('$0 images prod -o values --mirror registry.example.com:5000/mirror', 'values for the mirror'),
    a => run(import('./commands/images.ts').then(c => c.runImages({ ...a, files: a.file }, io))),
  )
  .command(
    'migrate-plan [environment]',
    'print the steps from Service Mesh 2.6 to 3 for these values, and the values for Service Mesh 3; changes nothing',
    y =>
      withOneEnvironment(y)
        .option('method', {
          describe: 'in-place: both meshes side by side for a while; reinstall: in a maintenance window',
          requiresArg: true,
          choices: ['in-place', 'reinstall'] as const,
          default: 'in-place' as const,
        })
        .option('values-out', {
          describe: 'write the values for Service Mesh 3 to this file, instead of printing them',
          ...word,
        })
        .option('chart', { describe: 'the chart in the commands; what package makes, without it', ...word })
        .option('output', textOrJson)
        .example('$0 migrate-plan prod > plan.txt', 'numbered steps, each with its commands, a check and the way back')
        .example('$0 migrate-plan prod --values-out prod-v3.yaml', 'also the values file for Service Mesh 3'),
    a => run(import('./commands/migrate-plan.ts').then(c => c.runMigratePlan(clusterOptions(a), io))),
  )
  .command(
    'import',
    'turn an installation that exists into values, with the commands by which a release takes it over; changes nothing',
    y =>
      withRelease(withConnection(y))
        .option('from', { describe: 'folder or file of manifests to read, instead of a cluster', ...word })
        .option('values-out', { describe: 'write the values to this file, instead of printing them', ...word })
        .option('chart', { describe: 'the chart in the commands; what package makes, without it', ...word })
        .option('mesh-namespace', {
          describe: 'namespace of the control plane, where there are several or none',
          ...word,
        })
        .option('mesh-generation', {
          describe: 'generation of Service Mesh, where both are there',
          requiresArg: true,
          choices: ['v2', 'v3'] as const,
        })
        .option('serverless-release', {
          describe: 'release of OpenShift Serverless, as v1.36; that of the installed operator, without it',
          ...word,
        })
        .example('$0 import --values-out prod.yaml', 'the cluster of the current context')
        .example('$0 import --from manifests -o json', 'a folder of what somebody applied by hand'),
    a => run(import('./commands/import.ts').then(c => c.runImport(a, io))),
  )
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
