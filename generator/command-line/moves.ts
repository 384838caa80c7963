/** Commands for those who come from somewhere: another generation of the mesh, or manifests by hand. */
import { clusterOptions, textOrJson, withConnection, withOneEnvironment, withRelease, word } from '../options.ts';
import type { AddCommands } from './add-commands.ts';

export const moveCommands: AddCommands = (cli, { io, run }) =>
  cli
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
          .example(
            '$0 migrate-plan prod > plan.txt',
            'numbered steps, each with its commands, a check and the way back',
          )
          .example('$0 migrate-plan prod --values-out prod-v3.yaml', 'also the values file for Service Mesh 3'),
      a => run(import('../commands/migrate-plan.ts').then(c => c.runMigratePlan(clusterOptions(a), io))),
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
      a => run(import('../commands/import.ts').then(c => c.runImport(a, io))),
    );
