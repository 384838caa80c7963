/** Commands that write the charts, and read values for them. */
import { clusterOptions, fileOption, textOrJson, withFiles, word } from '../options.ts';
import type { AddCommands } from './add-commands.ts';

export const modelCommands: AddCommands = (cli, { io, run }) =>
  cli
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
      a => run(import('../commands/generate.ts').then(c => c.runGenerate(a, io))),
    )
    .command(
      'validate [environments..]',
      'check values files: what is wrong, where, and what to write instead',
      y =>
        withFiles(y)
          .option('output', textOrJson)
          .example('$0 validate -f base.yaml dev staging prod', 'three environments on top of base.yaml')
          .example('$0 validate --chart serverless-mesh-operators operators.yaml', 'values of another chart'),
      a => run(import('../commands/validate.ts').then(c => c.runValidate({ ...a, files: a.file }, io))),
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
          .option('skip-tests', {
            describe: 'leave out the objects of helm test, as helm template --skip-tests does',
            type: 'boolean',
            default: false,
          })
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
      a => run(import('../commands/render.ts').then(c => c.runRender({ ...a, files: a.file }, io))),
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
      a => run(import('../commands/diagram.ts').then(c => c.runDiagram(clusterOptions(a), io))),
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
          import('../commands/tenants.ts').then(c =>
            c.runTenants({ ...a, files: a.file, meshFiles: a.meshValues }, io),
          ),
        ),
    );
