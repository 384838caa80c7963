/** Diagnoses an installation that exists. Changes nothing. */
import type { Api } from '../cluster/api.ts';
import { oneLine } from '../cluster/secrets.ts';
import { withApi } from '../cluster/with-api.ts';
import { type Diagnosis, diagnose } from '../doctor/diagnose.ts';
import { asText, summary } from '../doctor/report.ts';
import { readSeen, type Seen } from '../doctor/seen.ts';
import { GeneratorError } from '../errors.ts';
import { readFolder } from '../installation/folder.ts';
import { fromCluster } from '../installation/from-cluster.ts';
import type { Io, Status } from '../io.ts';
import { progressOn } from '../progress.ts';
import { checkSeconds } from './cluster-command.ts';

export interface DoctorOptions {
  /** A folder of manifests, or one file; without it, the cluster. */
  readonly from?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** In seconds. */
  readonly requestTimeout: number;
  readonly output: 'text' | 'json';
}

/**
 * Prints what is wrong, worst first. 0: nothing; 1: something, or something could not be looked at.
 *
 * @throws GeneratorError (2) for a wrong option, a folder without manifests, and where there is no kubeconfig.
 */
export async function runDoctor(options: DoctorOptions, io: Io): Promise<Status> {
  checkSeconds('--request-timeout', options.requestTimeout, 1);
  if (options.from === undefined) return onCluster(options, io);
  if (options.from === '') throw new GeneratorError('--from is empty; name a folder of manifests, or one file.', 2);
  if (options.kubeconfig !== undefined || options.context !== undefined)
    throw new GeneratorError(
      '--from names a folder, and --kubeconfig or --context a cluster; leave one of them out.',
      2,
    );
  const installation = readFolder(options.from);
  return report(await readSeen(installation), installation.problems, { from: options.from }, options, io, oneLine);
}

async function onCluster(options: DoctorOptions, io: Io): Promise<Status> {
  return withApi(options, io, async api => {
    const clean = cleanOf(api);
    const progress = progressOn(io, clean);
    progress('looking at the cluster');
    const installation = fromCluster(api);
    const seen = await readSeen(installation);
    progress('');
    const subject = { cluster: { server: api.server, context: api.context } };
    return report(seen, installation.problems, subject, options, io, clean);
  });
}
const cleanOf = (api: Api) => (text: string) => api.hide(oneLine(text));

function report(
  seen: Seen,
  unread: readonly string[],
  subject: object,
  { output, from }: DoctorOptions,
  io: Io,
  clean: (text: string) => string,
): Status {
  const diagnosis = shownOf(diagnose(seen), clean);
  const problems = unread.map(clean);
  const nothing =
    diagnosis.findings.length === 0 && diagnosis.unseen.every(u => u.rows.length === 0) && problems.length === 0;
  const status = nothing ? 0 : 1;
  const { mesh } = seen;
  const found = mesh && {
    generation: mesh.generation,
    namespace: mesh.namespace,
    controlPlane: mesh.controlPlane.metadata && clean(String((mesh.controlPlane.metadata as { name?: unknown }).name)),
    gatewayNamespace: mesh.gatewayNamespace,
  };
  if (output === 'json')
    io.out(
      `${JSON.stringify({ command: 'doctor', ...subject, mesh: found ?? null, status, ...diagnosis, problems }, null, 2)}\n`,
    );
  else io.out(asText(diagnosis, problems));
  const what =
    mesh === undefined ? 'no mesh' : `Service Mesh ${mesh.generation === 'v3' ? 3 : 2} in ${clean(mesh.namespace)}`;
  io.talk(`${clean(from ?? 'the cluster')}: ${what}: ${summary(diagnosis, problems)}\n`);
  return status;
}

/** Whatever comes from a cluster, or from a file, goes through here before it is printed. */
function shownOf(diagnosis: Diagnosis, clean: (text: string) => string): Diagnosis {
  return {
    ...diagnosis,
    findings: diagnosis.findings.map(f => ({
      ...f,
      ...(f.place === undefined ? {} : { place: clean(f.place) }),
      object: clean(f.object),
      field: clean(f.field),
      what: clean(f.what),
      remedy: clean(f.remedy),
    })),
    unseen: diagnosis.unseen.map(u => ({ ...u, unseen: clean(u.unseen), remedy: clean(u.remedy) })),
  };
}
