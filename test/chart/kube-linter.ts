/**
 * The checks of kube-linter that are on by default and look at a pod, as its docs/generated/checks.md and
 * pkg/builtinchecks/yamls say (https://github.com/stackrox/kube-linter), and two of our own for Jobs.
 */
export interface Container {
  readonly name?: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
  readonly securityContext?: Record<string, unknown> & {
    readonly capabilities?: { readonly drop?: readonly string[] };
  };
}
export interface PodSpec extends Record<string, unknown> {
  readonly containers: readonly Container[];
  readonly volumes?: readonly Record<string, unknown>[];
  readonly securityContext?: Record<string, unknown>;
}
export interface Job {
  readonly spec: {
    readonly ttlSecondsAfterFinished?: number;
    readonly activeDeadlineSeconds?: number;
    readonly template: { readonly spec: PodSpec };
  };
}

const repeated = (names: readonly string[]) => new Set(names).size < names.length;

/** Name of the check -> whether the container passes it. */
const containerChecks: Readonly<Record<string, (c: Container, pod: PodSpec) => boolean>> = {
  'drop-net-raw-capability': c =>
    ['ALL', 'NET_RAW'].some(name => c.securityContext?.capabilities?.drop?.includes(name)),
  'duplicate-env-var': c => !repeated((c.env ?? []).map(e => e.name)),
  'env-var-secret': c => !(c.env ?? []).some(e => /secret/i.test(e.name) && e.value),
  'latest-tag': c => !/:latest$|^((?!:).)*$|^(.*\/[^:]+)$/.test(c.image),
  'no-read-only-root-fs': c => c.securityContext?.readOnlyRootFilesystem === true,
  'privilege-escalation-container': c => c.securityContext?.allowPrivilegeEscalation === false,
  'privileged-container': c => c.securityContext?.privileged !== true,
  'run-as-non-root': (c, pod) => (c.securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) === true,
  'ssh-port': c => !(c.ports ?? []).some(p => p.containerPort === 22),
  'unset-cpu-requirements': c => c.resources?.requests?.cpu !== undefined,
  'unset-memory-requirements': c => c.resources?.limits?.memory !== undefined,
};
const podChecks: Readonly<Record<string, (pod: PodSpec, accounts: readonly string[]) => boolean>> = {
  'deprecated-service-account-field': pod => pod.serviceAccount === undefined,
  'docker-sock, sensitive-host-mounts': pod => !(pod.volumes ?? []).some(volume => 'hostPath' in volume),
  'host-ipc, host-network, host-pid': pod => !pod.hostIPC && !pod.hostNetwork && !pod.hostPID,
  'non-existent-service-account': (pod, accounts) =>
    pod.serviceAccountName === undefined || accounts.includes(String(pod.serviceAccountName)),
  'unsafe-sysctls': pod => pod.securityContext?.sysctls === undefined,
};
const jobChecks: Readonly<Record<string, (job: Job, accounts: readonly string[]) => boolean>> = {
  'job-ttl-seconds-after-finished': job => job.spec.ttlSecondsAfterFinished !== undefined,
  'ours: a Job ends some time': job => job.spec.activeDeadlineSeconds !== undefined,
  'ours: no token where none is needed': ({ spec: { template } }, accounts) =>
    template.spec.automountServiceAccountToken === false || accounts.includes(String(template.spec.serviceAccountName)),
};

/** Names of the checks that the Job does not pass; `accounts` are the service accounts of its chart. */
export function failedChecks(job: Job, accounts: readonly string[] = []): string[] {
  const pod = job.spec.template.spec;
  return [
    ...failed(jobChecks, job, accounts),
    ...failed(podChecks, pod, accounts),
    ...pod.containers.flatMap(c => failed(containerChecks, c, pod)),
  ];
}
const failed = <A extends unknown[]>(checks: Readonly<Record<string, (...args: A) => boolean>>, ...args: A) =>
  Object.entries(checks).flatMap(([name, passes]) => (passes(...args) ? [] : [name]));
