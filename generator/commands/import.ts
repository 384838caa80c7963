import { oneLine } from '../cluster/secrets.ts';
import { withApi } from '../cluster/with-api.ts';
import { GeneratorError } from '../errors.ts';
import { type Imported, importInstallation } from '../import/import.ts';
import type { Told } from '../import/mesh-of.ts';
import { importJson, importText } from '../import/text.ts';
import { valuesText } from '../import/values-text.ts';
import { readFolder } from '../installation/folder.ts';
import { fromCluster } from '../installation/from-cluster.ts';
import type { Installation } from '../installation/installation.ts';
import type { Io, Status } from '../io.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { writeWhole } from '../output/replace.ts';
import { progressOn } from '../progress.ts';
import { checkSeconds } from './cluster-command.ts';
import { checkRelease, type ReleaseOptions } from './release.ts';

export interface RunImportOptions extends ReleaseOptions, Told {
  /** Folder or file of manifests; the cluster of the kubeconfig without it. */
  readonly from?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** In seconds. */
  readonly requestTimeout: number;
  readonly chart?: string | undefined;
  /** Write the values here, instead of printing them. */
  readonly valuesOut?: string | undefined;
  readonly output: 'text' | 'json';
}

/** Turns an installation into values, and says how a release takes it over. Changes nothing. */
export async function runImport(options: RunImportOptions, io: Io): Promise<Status> {
  checkOptions(options);
  if (options.from !== undefined)
    return report(readFolder(options.from), options.from, text => oneLine(text), options, io);
  return withApi(options, io, async api => {
    const hide = (text: string) => api.hide(oneLine(text));
    const progress = progressOn(io, hide);
    progress('looking at the cluster');
    return await report(fromCluster(api), hide(`${api.context} (${api.server})`), hide, options, io, () =>
      progress(''),
    );
  });
}

function checkOptions(options: RunImportOptions): void {
  checkRelease(options);
  checkSeconds('--request-timeout', options.requestTimeout, 1);
  for (const name of ['from', 'valuesOut', 'chart'] as const)
    if (options[name] === '')
      throw new GeneratorError(`--${name === 'valuesOut' ? 'values-out' : name} is empty; write its value.`, 2);
  if (options.from !== undefined && (options.kubeconfig ?? options.context) !== undefined)
    throw new GeneratorError('--from is a folder, and --kubeconfig or --context a cluster; name one of them.', 2);
}

async function report(
  installation: Installation,
  source: string,
  clean: (text: string) => string,
  options: RunImportOptions,
  io: Io,
  looked: () => void = () => undefined,
): Promise<Status> {
  const file = options.valuesOut ?? 'values.yaml';
  const chart = options.chart ?? `dist/${serverlessMesh.name}-${serverlessMesh.version}.tgz`;
  const release = { name: options.releaseName, namespace: options.namespace };
  const found = await importInstallation(installation, { ...options, release, chart, file });
  looked();
  for (const problem of installation.problems) io.talk(`${clean(problem)}\n`);
  if (!('steps' in found)) {
    for (const problem of found) io.talk(`${source}: ${clean(problem)}\n`);
    return 1;
  }
  const status = statusOf(found, installation);
  print(found, { source, file, options, status }, io);
  return status;
}

/** 1 where the values do not say all that is there, or nothing may be taken over yet. */
const statusOf = ({ remains, problems }: Imported, installation: Installation): Status =>
  problems.length + installation.problems.length + remains.inexpressible.length > 0 ||
  remains.fields.some(f => ['changed', 'lost', 'kept'].includes(f.meaning))
    ? 1
    : 0;

interface Printing {
  readonly source: string;
  readonly file: string;
  readonly options: RunImportOptions;
  readonly status: Status;
}

function print(found: Imported, { source, file, options, status }: Printing, io: Io): void {
  const { output, valuesOut } = options;
  const text = valuesText(found.values, found.from, source);
  if (valuesOut !== undefined) {
    writeWhole(valuesOut, text, { mode: 0o644 });
    io.talk(`wrote ${valuesOut}\n`);
  }
  if (output === 'json') return void io.out(importJson(found, { from: source, valuesFile: file, status }));
  const subject = `${source}: ${found.remains.taken.length} objects for release ${options.releaseName} in namespace ${options.namespace}`;
  io.out(importText(found, subject, io.columns));
  if (valuesOut === undefined) io.out(`\nThe values, ${file}:\n\n${text}`);
}
