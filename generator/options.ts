/** Options that several commands share. */
import type { Argv } from 'yargs';

/** An option with one value, which may not be left out. */
export const word = { type: 'string', requiresArg: true } as const;
export const number = { type: 'number', requiresArg: true } as const;

const fileOption = {
  alias: 'f',
  describe: 'values file under each environment; may be repeated, later ones win, null deletes a key',
  type: 'string',
  array: true,
  nargs: 1,
  default: [] as string[],
} as const;

export const withFiles = <T>(y: Argv<T>) =>
  y
    .option('chart', {
      describe: 'chart whose values these are: serverless-mesh, serverless-mesh-operators',
      ...word,
      default: 'serverless-mesh',
    })
    .positional('environments', {
      describe:
        'values files, or names of files in environments/ (of another chart: environments/CHART/); each is one environment',
      type: 'string',
      array: true,
      default: [] as string[],
    })
    .option('file', fileOption);

/** What the commands that look at a cluster share. */
export const withCluster = <T>(y: Argv<T>) =>
  y
    .positional('environment', { describe: 'values file, or name of a file in environments/', type: 'string' })
    .option('file', fileOption)
    .option('kubeconfig', { describe: 'kubeconfig file; KUBECONFIG or ~/.kube/config without it', ...word })
    .option('context', { describe: 'context of the kubeconfig; its current one without it', ...word })
    .option('release-name', { describe: 'name of the Helm release', ...word, default: 'serverless-mesh' })
    .option('namespace', { alias: 'n', describe: 'namespace of the Helm release', ...word, default: 'default' })
    .option('request-timeout', { describe: 'seconds for one answer of the API server', ...number, default: 15 })
    .option('output', {
      alias: 'o',
      describe: 'format; text is a table on a terminal, and lines elsewhere',
      requiresArg: true,
      choices: ['text', 'json'] as const,
      default: 'text' as const,
    });

export const clusterOptions = <A extends { readonly environment?: string | undefined; readonly file: string[] }>(
  a: A,
) => ({
  ...a,
  environments: a.environment === undefined ? [] : [a.environment],
  files: a.file,
});
