import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { goVersion, isBuilt } from './cache.ts';
import { uncoveredKinds } from './crds.ts';
import type { EgressEvent } from './egress.ts';
import { type Keeper, startKeeper } from './keeper-client.ts';
import { kubectlPath } from './kubectl.ts';
import { type JobRun, type Kubelet, startKubelet } from './kubelet.ts';
import { type Layout, layOut, listeners } from './layout.ts';
import { type Listener, listenersOf, type Peer, peersOf } from './listeners.ts';
import { type Fates, type MeshOperator, startMeshOperator } from './mesh-operator.ts';
import { goModules, type KubernetesVersion } from './modules.ts';
import { type Objects, objectsOf } from './objects.ts';
import { reservePorts } from './ports.ts';
import type { Rest } from './rest.ts';
import { type AdminRest, startAll } from './start-order.ts';
import { waitFor } from './wait.ts';

export interface ClusterOptions {
  readonly kubernetes: KubernetesVersion;
  /**
   * `api`: etcd and API server. `mesh`: and definitions and istiod. `all` (default): and controllers, scheduler, KWOK for
   * pods, the Knative operator and Knative Serving's webhook, and what plays the kubelet and the other operators.
   */
  readonly components?: 'api' | 'mesh' | 'all';
}

export interface KubectlOptions {
  /** Text for standard input. */
  readonly input?: string;
  /** Throw when kubectl ends with a status other than 0 (default). */
  readonly reject?: boolean;
}

export interface KubectlResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Every method throws, with its last log lines, once a component has ended by itself. */
export interface Cluster {
  readonly kubernetes: KubernetesVersion;
  /** Throw-away folder of all state and logs. */
  readonly dir: string;
  readonly kubeconfig: string;
  /** For `runHelm`: makes this the cluster. */
  readonly env: { readonly KUBECONFIG: string; readonly KUBECACHEDIR: string };
  readonly rest: Rest;
  readonly objects: Objects;
  /** Port on 127.0.0.1 of a listener in layout.ts, e.g. `istiod-grpc`. */
  port(listener: (typeof listeners)[number]): number;
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>;
  /** `kubectl apply --server-side` of YAML or JSON text. */
  apply(text: string): Promise<void>;
  waitFor: typeof waitFor;
  /** Process ids by component. */
  pids(): Readonly<Record<string, number>>;
  listeners(): Listener[];
  /** The other ends of all connections of all components, at this moment. */
  peers(): Peer[];
  /** What the API server wanted to say to webhooks and others in the cluster, in order. */
  egress(): EgressEvent[];
  log(component: string, lines?: number): string;
  /** The Jobs of the chart that ran, in order: really ran, see kubelet.ts. */
  jobRuns(): readonly JobRun[];
  /** What becomes of the resources whose operators are only played: see mesh-operator.ts. */
  readonly fates: Fates;
  /** Ends a component on purpose; `resume` starts it again with the same command line. */
  halt(component: string): Promise<void>;
  resume(component: string): Promise<void>;
  /** Fulfilled when everything has ended, whoever wanted it. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

/** Why no cluster can be started here, or undefined. Suites that find one are to say so and count as skipped. */
export function whyNoCluster(): string | undefined {
  if (process.platform !== 'linux') return 'the test cluster runs on Linux only';
  if (goVersion() === undefined) return 'there is no Go to build the test cluster with';
  const missing = goModules.filter(module => module.name !== 'simulation' && !isBuilt(module)).map(({ name }) => name);
  return missing.length === 0 ? undefined : `not built: ${missing.join(', ')}; run test/cluster/build.ts`;
}

/**
 * Starts a cluster, and says aloud which kinds it lacks. What has started is ended when something fails, and when this process ends in
 * whatever way.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const uncovered = options.components === 'api' ? [] : uncoveredKinds();
  if (uncovered.length > 0) process.stdout.write(`NOT COVERED, no definitions here: ${uncovered.join(', ')}\n`);
  const keeper = await startKeeper();
  try {
    const ports = await reservePorts(listeners);
    const layout = await layOut(keeper.dir, ports);
    const rest = await startAll(layout, keeper, { components: 'all', ...options });
    await ports.releaseAll();
    return clusterOf({ components: 'all', ...options }, layout, keeper, rest);
  } catch (error) {
    await keeper.stop();
    throw error;
  }
}

function clusterOf(
  { kubernetes, components }: ClusterOptions,
  layout: Layout,
  keeper: Keeper,
  plainRest: AdminRest,
): Cluster {
  const { kubeconfig, dir } = layout;
  const env = { KUBECONFIG: kubeconfig, KUBECACHEDIR: join(dir, 'kube-cache') };
  const rest: Rest = async (...args) => {
    keeper.check();
    // The reason is better than the symptom: a dead component refuses connections.
    return plainRest(...args).catch(error => {
      keeper.check();
      throw error;
    });
  };
  const kubectl: Cluster['kubectl'] = async (args, { input, reject = true } = {}) => {
    keeper.check();
    const settings = { extendEnv: false, env: { PATH: process.env.PATH ?? '', HOME: dir, ...env }, reject };
    const { exitCode, stdout, stderr } = await execa(
      kubectlPath(),
      args,
      input === undefined ? settings : { ...settings, input },
    );
    return { exitCode, stdout, stderr };
  };
  const objects = objectsOf(rest);
  const played = components === 'all' ? play(rest, objects, layout, keeper) : undefined;
  return {
    kubernetes,
    dir,
    kubeconfig,
    env,
    rest,
    objects,
    port: listener => layout.ports.of(listener),
    kubectl,
    apply: async text => void (await kubectl(['apply', '--server-side', '-f', '-'], { input: text })),
    waitFor: (what, attempt, options) => waitFor(what, attempt, { check: keeper.check, ...options }),
    pids: keeper.pids,
    listeners: () => listenersOf(Object.values(keeper.pids())),
    peers: () => peersOf(Object.values(keeper.pids())),
    egress: () => egressEvents(join(dir, 'logs', 'egress.log')),
    log: keeper.log,
    jobRuns: () => played?.kubelet.runs() ?? [],
    get fates() {
      if (played === undefined) throw new Error(`a cluster of size ${components} has no operators`);
      return played.operator.fates;
    },
    halt: keeper.halt,
    resume: keeper.resume,
    gone: keeper.gone,
    stop: async () => {
      played?.kubelet.stop();
      played?.operator.stop();
      plainRest.close();
      await keeper.stop();
    },
  };
}

function play(
  rest: Rest,
  objects: Objects,
  layout: Layout,
  keeper: Keeper,
): { kubelet: Kubelet; operator: MeshOperator } {
  const server = `https://127.0.0.1:${layout.ports.of('kube-apiserver')}`;
  return { kubelet: startKubelet({ rest, keeper, server }), operator: startMeshOperator(objects) };
}

function egressEvents(path: string): EgressEvent[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').filter(Boolean);
  return lines.map(line => JSON.parse(line) as EgressEvent);
}
