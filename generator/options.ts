/** Options that several commands share. */
import type { Argv } from 'yargs';

/** An option with one value, which may not be left out. */
export const word = { type: 'string', requiresArg: true } as const;
export const number = { type: 'number', requiresArg: true } as const;

export const textOrJson = {
  alias: 'o',
  describe: 'format',
  requiresArg: true,
  choices: ['text', 'json'] as const,
  default: 'text' as const,
} as const;

export const appsDomain = { describe: 'domain of the OpenShift routes, as apps.example.com', ...word } as const;
export const certificateDays = { describe: 'life of the wildcard certificate in days, 1 to 825', ...number } as const;
export const certificatesFolder = {
  alias: 'out-dir',
  describe: 'folder of certificates and keys',
  ...word,
  default: 'certificates',
} as const;

/** What the commands share that say how to make the Secret. */
export const withSecret = <T>(y: Argv<T>) =>
  y
    .option('namespace', {
      alias: 'n',
      describe:
        'where the gateway reads the Secret: mesh.namespace with Service Mesh 2, knative-serving-ingress with 3',
      ...word,
      default: 'istio-system',
    })
    .option('secret-name', { describe: 'gateway.tls.secretName', ...word, default: 'wildcard-certs' });

export const fileOption = {
  alias: 'f',
  describe: 'values file under each environment; may be repeated, later ones win, null deletes a key',
  type: 'string',
  array: true,
  nargs: 1,
  default: [] as string[],
} as const;

export const withChart = <T>(y: Argv<T>) =>
  y.option('chart', {
    describe: 'chart whose values these are: serverless-mesh, serverless-mesh-tenant, serverless-mesh-operators',
    ...word,
    default: 'serverless-mesh',
  });

export const withFiles = <T>(y: Argv<T>) =>
  withChart(y)
    .positional('environments', {
      describe:
        'values files, or names of files in environments/ (of another chart: environments/CHART/); each is one environment',
      type: 'string',
      array: true,
      default: [] as string[],
    })
    .option('file', fileOption);

/** Of images: values of the main chart, and of the operators beside them. */
export const withImages = <T>(y: Argv<T>) =>
  y
    .positional('environments', {
      describe: 'values files, or names of files in environments/; each is one environment',
      type: 'string',
      array: true,
      default: [] as string[],
    })
    .option('file', fileOption)
    .option('output', {
      alias: 'o',
      describe:
        'text or json: what is needed; imageset: for oc-mirror; values: a values file for --mirror; mirrorset: rewrites on the nodes instead',
      requiresArg: true,
      choices: ['text', 'json', 'imageset', 'values', 'mirrorset'] as const,
      default: 'text' as const,
    })
    .option('mirror', { describe: 'registry that has the copies, as HOST[:PORT][/PATH]', ...word })
    .option('catalog', {
      describe: 'image of the catalog with the operators, of the version of your OpenShift',
      ...word,
    })
    .option('operators', {
      describe: 'values file of the chart serverless-mesh-operators, for channels and catalog; may be repeated',
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
    })
    .option('from', { describe: 'folder with the packages of the charts', ...word, default: 'dist' })
    .option('repository', {
      describe: 'address of a repository with the charts; that of the publisher without it',
      ...word,
    })
    .option('publisher', { describe: 'file with what only a publisher knows; publisher.yaml if any', ...word });

/** Of publish. What has no default is not said when it is not given. */
export const withPublish = <T>(y: Argv<T>) =>
  y
    .positional('target', {
      describe: 'folder of the repository, or oci://HOST[:PORT]/PATH',
      type: 'string',
      // Its absence is told by the command, in a sentence.
      default: '',
    })
    .option('from', { describe: 'folder that package wrote', ...word, default: 'dist' })
    .option('dry-run', { describe: 'change nothing; say what would change', type: 'boolean', default: false })
    .option('output', textOrJson)
    .option('url', { describe: 'folder: address of the repository, for the index; relative without it', ...word })
    .option('publisher', { describe: 'file with what only a publisher knows; publisher.yaml if any', ...word })
    .option('index', { describe: 'folder: the index.yaml to add to, where it is not the one in the folder', ...word })
    .option('upload-plan', {
      describe: 'folder: say what to upload to an object storage, and in which order',
      type: 'boolean',
    })
    .option('lock-timeout', { describe: 'folder: seconds to wait for another publisher', ...number, default: 60 })
    .option('plain-http', { describe: 'registry: without TLS, on this machine only', type: 'boolean' })
    .option('plain-http-remote', {
      describe: 'registry: --plain-http to another machine, too; credentials are never sent there',
      type: 'boolean',
    })
    .option('ca-file', { describe: 'registry: CA of its certificate in PEM', ...word })
    .option('retries', { describe: 'registry: how often a call that fails is made again', ...number, default: 5 })
    .option('request-timeout', { describe: 'registry: seconds for one answer', ...number, default: 60 })
    .example('$0 publish public --url https://charts.example.com', 'adds the packages in dist/ to the folder public/')
    .example('$0 publish oci://registry.example.com/charts', 'as helm push, and the SBOM of each chart')
    .example('$0 publish public --dry-run', 'what would change');

export const withRelease = <T>(y: Argv<T>) =>
  y
    .option('release-name', { describe: 'name of the Helm release', ...word, default: 'serverless-mesh' })
    .option('namespace', { alias: 'n', describe: 'namespace of the Helm release', ...word, default: 'default' });

/** One environment, and the release that it becomes. */
export const withOneEnvironment = <T>(y: Argv<T>) =>
  withRelease(
    y
      .positional('environment', { describe: 'values file, or name of a file in environments/', type: 'string' })
      .option('file', fileOption),
  );

/** What the commands that look at a cluster for an environment share. */
export const withCluster = <T>(y: Argv<T>) => withConnection(withOneEnvironment(y));

/** Which cluster, and how its answers are shown. */
export const withConnection = <T>(y: Argv<T>) =>
  y
    .option('kubeconfig', { describe: 'kubeconfig file; KUBECONFIG or ~/.kube/config without it', ...word })
    .option('context', { describe: 'context of the kubeconfig; its current one without it', ...word })
    .option('request-timeout', { describe: 'seconds for one answer of the API server', ...number, default: 15 })
    .option('output', { ...textOrJson, describe: 'format; text is a table on a terminal, and lines elsewhere' });

/** As the commands take it that have one environment. */
export const clusterOptions = <A extends { readonly environment?: string | undefined; readonly file: string[] }>(
  a: A,
) => ({
  ...a,
  environments: a.environment === undefined ? [] : [a.environment],
  files: a.file,
});
