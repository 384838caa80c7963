/** kube-linter's checks that are on by default and look at a pod: name -> what is asked, whether it passes, one that fails. */
export interface Container {
  readonly name?: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
  readonly securityContext?: Record<string, unknown> & {
    readonly capabilities?: { readonly drop?: readonly string[] };
  };
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}
interface Probe {
  readonly httpGet?: { readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
  readonly grpc?: { readonly port: number | string };
}
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly { readonly hostPath?: { readonly path: string } }[];
  readonly securityContext?: Record<string, unknown> & {
    readonly sysctls?: readonly { readonly name: string }[];
  };
  readonly [field: string]: unknown;
}

export interface ContainerCheck {
  readonly rule: string;
  readonly passes: (c: Container, pod: PodSpec) => boolean;
  /** Fields of a container that fails. */
  readonly bad: object;
}
export interface PodCheck {
  readonly rule: string;
  readonly passes: (pod: PodSpec) => boolean;
  /** Fields of a pod that fails. */
  readonly bad: object;
}

const repeated = (names: readonly string[]) => new Set(names).size < names.length;
const probesPort =
  (probe: 'livenessProbe' | 'readinessProbe' | 'startupProbe') =>
  ({ ports = [], [probe]: { httpGet, tcpSocket, grpc } = {} }: Container): boolean => {
    const port = (httpGet ?? tcpSocket ?? grpc)?.port;
    return port === undefined || ports.some(p => p.containerPort === port || p.name === port);
  };
const badProbe = { tcpSocket: { port: 81 } };

export const containerChecks: Readonly<Record<string, ContainerCheck>> = {
  'drop-net-raw-capability': {
    rule: 'NET_RAW, or ALL, is dropped',
    passes: c => ['ALL', 'NET_RAW'].some(name => c.securityContext?.capabilities?.drop?.includes(name)),
    bad: {},
  },
  'duplicate-env-var': {
    rule: 'no environment variable twice',
    passes: c => !repeated((c.env ?? []).map(e => e.name)),
    bad: { env: [{ name: 'A' }, { name: 'A' }] },
  },
  'env-var-secret': {
    rule: 'no plain value in an environment variable with secret in its name',
    passes: c => !(c.env ?? []).some(e => /secret/i.test(e.name) && e.value),
    bad: { env: [{ name: 'MY_SECRET', value: 'x' }] },
  },
  'latest-tag': {
    rule: 'an image has a tag, and it is not latest',
    passes: c => !/:latest$|^((?!:).)*$|^(.*\/[^:]+)$/.test(c.image),
    bad: { image: 'registry.example.com/x:latest' },
  },
  'liveness-port': {
    rule: 'a liveness probe asks a port of its container',
    passes: probesPort('livenessProbe'),
    bad: { livenessProbe: badProbe },
  },
  'readiness-port': {
    rule: 'a readiness probe asks a port of its container',
    passes: probesPort('readinessProbe'),
    bad: { readinessProbe: badProbe },
  },
  'startup-port': {
    rule: 'a startup probe asks a port of its container',
    passes: probesPort('startupProbe'),
    bad: { startupProbe: badProbe },
  },
  'no-read-only-root-fs': {
    rule: 'readOnlyRootFilesystem is true',
    passes: c => c.securityContext?.readOnlyRootFilesystem === true,
    bad: {},
  },
  'privilege-escalation-container': {
    rule: 'allowPrivilegeEscalation is false',
    passes: c => c.securityContext?.allowPrivilegeEscalation === false,
    bad: { securityContext: { allowPrivilegeEscalation: true } },
  },
  'privileged-container': {
    rule: 'no container is privileged',
    passes: c => c.securityContext?.privileged !== true,
    bad: { securityContext: { privileged: true } },
  },
  'run-as-non-root': {
    rule: 'runAsNonRoot is true, for the container or its pod',
    passes: (c, pod) => (c.securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) === true,
    bad: {},
  },
  'ssh-port': {
    rule: 'no container listens on port 22',
    passes: c => !(c.ports ?? []).some(p => p.containerPort === 22),
    bad: { ports: [{ containerPort: 22 }] },
  },
  'unset-cpu-requirements': {
    rule: 'a request of CPU is set',
    passes: c => c.resources?.requests?.cpu !== undefined,
    bad: {},
  },
  'unset-memory-requirements': {
    rule: 'a limit of memory is set',
    passes: c => c.resources?.limits?.memory !== undefined,
    bad: {},
  },
};

const mounts = (pod: PodSpec, pattern: RegExp) => (pod.volumes ?? []).some(v => pattern.test(v.hostPath?.path ?? ''));
const host = (what: string, field: string): PodCheck => ({
  rule: `no pod shares the host's ${what}`,
  passes: pod => !pod[field],
  bad: { [field]: true },
});

export const podChecks: Readonly<Record<string, PodCheck>> = {
  'deprecated-service-account-field': {
    rule: 'serviceAccountName, not serviceAccount',
    passes: pod => pod.serviceAccount === undefined,
    bad: { serviceAccount: 'x' },
  },
  'docker-sock': {
    rule: 'docker.sock is not mounted',
    passes: pod => !mounts(pod, /docker\.sock$/),
    bad: { volumes: [{ hostPath: { path: '/var/run/docker.sock' } }] },
  },
  'host-ipc': host('IPC', 'hostIPC'),
  'host-network': host('network', 'hostNetwork'),
  'host-pid': host('processes', 'hostPID'),
  'sensitive-host-mounts': {
    rule: 'no folder of the system is mounted',
    passes: pod => !mounts(pod, /^\/(|boot|dev|etc|lib|proc|sys|usr)$/),
    bad: { volumes: [{ hostPath: { path: '/etc' } }] },
  },
  'unsafe-sysctls': {
    rule: 'no unsafe sysctl is set',
    passes: pod =>
      !(pod.securityContext?.sysctls ?? []).some(s => /^(kernel\.(msg|sem|shm)|fs\.mqueue\.|net\.)/.test(s.name)),
    bad: { securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } },
  },
};
