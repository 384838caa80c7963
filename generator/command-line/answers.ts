/** Commands that answer questions about environments. */
import { fileOption, number, textOrJson, withChart, withImages, word } from '../options.ts';
import type { AddCommands } from './add-commands.ts';

export const answerCommands: AddCommands = (cli, { io, run }) =>
  cli
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
          import('../commands/explain.ts').then(c =>
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
          .option('output', {
            ...textOrJson,
            describe: 'format; text is for reading on a terminal, and lines elsewhere',
          })
          .example('$0 diff staging prod', 'by object and field; exit status 1 where something differs')
          .example('$0 diff prod --against serverless-mesh-0.1.0.tgz', 'before an upgrade of the chart')
          .example('$0 diff prod --cluster --context prod-admin', 'what helm upgrade would change, and what that does'),
      a =>
        run(
          import('../commands/diff.ts').then(c => c.runDiff({ ...a, files: a.file, color: !process.env.NO_COLOR }, io)),
        ),
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
      a => run(import('../commands/images.ts').then(c => c.runImages({ ...a, files: a.file }, io))),
    );
