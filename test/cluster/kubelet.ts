/**
 * Plays the kubelet for the pods of the charts' own Jobs, for KWOK calls those done without running anything: their
 * script runs on this machine, with the token of the pod's service account and nothing else that could speak for it.
 */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keeper } from './keeper-client.ts';
import { kubectlPath } from './kubectl.ts';
import { kubeconfig, processName } from './layout.ts';
import type { Rest } from './rest.ts';

/** Pods with these service accounts are not KWOK's to end: of the Jobs, and of helm test in the releases of helm-test.test.ts. */
export const jobsAccounts: readonly string[] = ['serverless-mesh-jobs', 'operators-test', 'orders-test'];

/** One pod of a Job, and what became of its script. */
export interface JobRun {
  /** Name of the Job. */
  readonly job: string;
  readonly namespace: string;
  readonly pod: string;
  /** Of the script; 128 when the pod could not be started; undefined while it runs, and when its pod was deleted. */
  readonly exitCode: number | undefined;
  /** Both output streams. */
  output(): string;
}

/** The last line that a script said, without its time. */
export const lastWords = (run: JobRun) => run.output().trimEnd().split('\n').at(-1)?.slice('12:00:00 '.length);

interface ConfigMap {
  readonly data?: Readonly<Record<string, string>>;
}
interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly containers: readonly [Container];
    readonly volumes: readonly {
      readonly name: string;
      readonly projected?: { readonly sources: readonly { readonly configMap: { readonly name: string } }[] };
    }[];
  };
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Kubelet {
  /** All that ran, in order. */
  runs(): readonly JobRun[];
  stop(): void;
}

interface Node {
  readonly rest: Rest;
  readonly keeper: Keeper;
  /** Address of the API server, for the scripts. */
  readonly server: string;
}

const milliseconds = 200;

/** Looks for new pods until it is stopped. */
export function startKubelet(node: Node): Kubelet {
  const runs = new Map<string, { run: JobRun; stop(): void }>();
  let isStopped = false;
  void (async () => {
    while (!isStopped) {
      // An API server that is away or busy is asked again, as a kubelet does.
      const pods = await runningPods(node.rest).catch(() => undefined);
      for (const pod of pods ?? []) if (!runs.has(pod.metadata.uid)) runs.set(pod.metadata.uid, runPod(node, pod));
      const alive = new Set(pods?.map(({ metadata }) => metadata.uid));
      for (const [uid, { stop }] of runs) if (pods !== undefined && !alive.has(uid)) stop();
      await sleep(milliseconds, undefined, { ref: false });
    }
  })();
  return {
    runs: () => [...runs.values()].map(({ run }) => run),
    stop: () => {
      isStopped = true;
    },
  };
}

async function runningPods(rest: Rest): Promise<Pod[]> {
  const query = 'fieldSelector=status.phase%3DRunning&labelSelector=batch.kubernetes.io%2Fjob-name';
  const { status, body } = await rest('GET', `/api/v1/pods?${query}`);
  if (status !== 200) throw new Error(`pods of Jobs: ${status}`);
  return (body as { items: Pod[] }).items.filter(
    ({ spec, metadata }) =>
      jobsAccounts.includes(spec.serviceAccountName ?? '') && metadata.deletionTimestamp === undefined,
  );
}

function runPod(node: Node, pod: Pod): { run: JobRun; stop(): void } {
  const { name, namespace, labels } = pod.metadata;
  const process = processName(namespace, name);
  const log = join(node.keeper.dir, 'logs', `${process}.log`);
  let exitCode: number | undefined;
  let isOver = false;
  const job = labels['batch.kubernetes.io/job-name'] as string;
  const run = {
    job,
    namespace,
    pod: name,
    get exitCode() {
      return exitCode;
    },
    output: () => readFileSync(log, 'utf8'),
  };
  const start = async () => {
    const result = await runScript(node, pod, process).catch(error => {
      writeFileSync(log, `${error instanceof Error ? error.message : error}\n`, { flag: 'a' });
      return 128;
    });
    // Killed with its pod: there is nothing left to report it to.
    if (isOver) return;
    isOver = true;
    exitCode = result;
    await report(node.rest, pod, result);
  };
  void start().catch(() => {});
  const stop = () => {
    if (isOver) return;
    isOver = true;
    void node.keeper.halt(process).catch(() => {});
  };
  return { run, stop };
}

async function runScript({ rest, keeper, server }: Node, { metadata, spec }: Pod, name: string): Promise<number> {
  const { namespace, uid } = metadata;
  const folder = join(keeper.dir, 'pods', uid);
  const container = spec.containers[0];
  const configMap = async (map: string) => {
    const { status, body } = await rest('GET', `/api/v1/namespaces/${namespace}/configmaps/${map}`);
    if (status !== 200) throw new Error(`ConfigMap ${map}: ${status}`);
    return (body as ConfigMap).data ?? {};
  };
  for (const volume of spec.volumes) {
    mkdirSync(join(folder, volume.name), { recursive: true });
    for (const source of volume.projected?.sources ?? []) {
      const files = Object.entries(await configMap(source.configMap.name));
      for (const [file, text] of files) writeFileSync(join(folder, volume.name, file), text);
    }
  }
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${spec.serviceAccountName}/token`;
  const { status, body } = await rest('POST', path, { body: { apiVersion: 'authentication.k8s.io/v1', spec: {} } });
  if (status !== 201) throw new Error(`token of ${spec.serviceAccountName}: ${status} ${JSON.stringify(body)}`);
  const { token } = (body as { status: { token: string } }).status;
  const config = join(folder, 'kubeconfig');
  writeFileSync(config, JSON.stringify(kubeconfig(server, token)), { mode: 0o600 });
  // A path inside the container is one below the folder of its volume.
  const outside = (text: string) => {
    const mount = container.volumeMounts.find(({ mountPath }) => `${text}/`.startsWith(`${mountPath}/`));
    return mount === undefined ? text : join(folder, mount.name, text.slice(mount.mountPath.length));
  };
  const maps = (container.envFrom ?? []).map(({ configMapRef }) => configMap(configMapRef.name));
  const given = (container.env ?? []).map(({ name, value }) => [name, outside(value)]);
  const env: Record<string, string> = Object.assign({}, ...(await Promise.all(maps)), Object.fromEntries(given));
  const [command, ...args] = container.command.map(outside) as [string, ...string[]];
  // The script asks every three seconds; on this machine the answer is there sooner.
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'sleep'), '#!/bin/sh\nexec /bin/sleep 1\n', { mode: 0o755 });
  symlinkSync(kubectlPath(), join(programs, 'kubectl'));
  return keeper.run({
    name,
    command,
    args,
    // A pod would have its token in a file of its own and the address in the environment, which a test cannot.
    env: { ...env, TMPDIR: outside('/tmp'), KUBECONFIG: config, PATH: `${programs}:/usr/bin:/bin` },
  });
}

async function report(rest: Rest, { metadata, spec }: Pod, exitCode: number): Promise<void> {
  const [{ name, image }] = spec.containers;
  const terminated = { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' };
  const ended = { name, image, imageID: '', ready: false, restartCount: 0, state: { terminated } };
  const status = { phase: exitCode === 0 ? 'Succeeded' : 'Failed', containerStatuses: [ended] };
  await rest('PATCH', `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`, {
    body: { status },
    contentType: 'application/strategic-merge-patch+json',
  });
}
