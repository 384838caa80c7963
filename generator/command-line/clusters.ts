/** Commands that look at a cluster, and change nothing that is there. */
import { clusterOptions, number, textOrJson, withCluster, word } from '../options.ts';
import type { AddCommands } from './add-commands.ts';

export const clusterCommands: AddCommands = (cli, { io, run }) =>
  cli
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
      a => run(import('../commands/preflight.ts').then(c => c.runPreflight(clusterOptions(a), io))),
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
      a => run(import('../commands/verify.ts').then(c => c.runVerify(clusterOptions(a), io))),
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
      a => run(import('../commands/doctor.ts').then(c => c.runDoctor(a, io))),
    );
