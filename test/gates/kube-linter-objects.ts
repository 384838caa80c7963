/** kube-linter's checks that are on by default and look at whole objects, or at one beside the others of a render. */
import type { Container, PodSpec } from './kube-linter-pods.ts';

type Labels = Readonly<Record<string, string>>;
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly template?: { readonly metadata?: { readonly labels?: Labels }; readonly spec?: PodSpec };
    readonly selector?: { readonly matchLabels?: Labels };
    readonly [field: string]: unknown;
  };
}

export interface ObjectCheck {
  readonly rule: string;
  readonly passes: (o: KubeObject, all: readonly KubeObject[]) => boolean;
  /** An object that fails, as YAML. */
  readonly bad: string;
}

const has = (labels: Labels | undefined, wanted: Labels) =>
  Object.entries(wanted).every(([key, value]) => labels?.[key] === value);
/** Objects that make pods, as kube-linter knows them: no Knative Services. */
export const makesPods = ({ apiVersion, kind }: KubeObject) =>
  /^(Deployment|DaemonSet|StatefulSet|ReplicaSet|Job|CronJob|Pod)$/.test(kind) &&
  /^(apps|batch)\/|^v1$/.test(apiVersion);
const only =
  (kind: string, passes: ObjectCheck['passes']): ObjectCheck['passes'] =>
  (o, all) =>
    o.kind !== kind || !/^(v1|apps\/v1|batch\/v1|policy\/v1)$/.test(o.apiVersion) || passes(o, all);
const sameNamespace = (a: KubeObject, b: KubeObject) => a.metadata.namespace === b.metadata.namespace;

const isPort = (port: unknown) =>
  port === undefined ||
  (typeof port === 'number'
    ? port >= 1 && port <= 65535
    : /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(String(port)) && String(port).length <= 15);
const targetPorts = (o: KubeObject) =>
  o.kind === 'Service' && o.apiVersion === 'v1'
    ? ((o.spec?.ports ?? []) as { targetPort?: unknown }[]).map(p => p.targetPort)
    : ((o.spec?.template?.spec?.containers ?? []) as Container[]).flatMap(c => (c.ports ?? []).map(p => p.name));
const spreads = (pod: PodSpec | undefined) =>
  (pod?.affinity as { podAntiAffinity?: unknown } | undefined)?.podAntiAffinity !== undefined;

const object = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: n}\nspec: ${spec}\n`;

export const objectChecks: Readonly<Record<string, ObjectCheck>> = {
  'dangling-service': {
    rule: 'a Service selects pods of the chart',
    passes: only('Service', (o, all) => {
      const selector = o.spec?.selector as Labels | undefined;
      const pods = all.filter(other => makesPods(other) && sameNamespace(o, other));
      return selector === undefined || pods.some(other => has(other.spec?.template?.metadata?.labels, selector));
    }),
    bad: object('v1', 'Service', '{selector: {app: x}}'),
  },
  'invalid-target-ports': {
    rule: 'target ports are ports, or names of ports',
    passes: o => targetPorts(o).every(isPort),
    bad: object('v1', 'Service', '{ports: [{port: 80, targetPort: 65536}]}'),
  },
  'job-ttl-seconds-after-finished': {
    rule: 'a Job sets ttlSecondsAfterFinished',
    passes: only('Job', o => o.spec?.ttlSecondsAfterFinished !== undefined),
    bad: object('batch/v1', 'Job', '{}'),
  },
  'mismatching-selector': {
    rule: 'the selector of a Deployment selects its own pods',
    passes: only('Deployment', o =>
      has(o.spec?.template?.metadata?.labels, o.spec?.selector?.matchLabels ?? { '': '' }),
    ),
    bad: object('apps/v1', 'Deployment', '{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}}}'),
  },
  'no-anti-affinity': {
    rule: 'two replicas or more keep away from each other',
    passes: only('Deployment', o => Number(o.spec?.replicas ?? 1) < 2 || spreads(o.spec?.template?.spec)),
    bad: object('apps/v1', 'Deployment', '{replicas: 2}'),
  },
  'no-extensions-v1beta': {
    rule: 'no object of extensions/v1beta',
    passes: o => !/^extensions\/v1beta/.test(o.apiVersion),
    bad: object('extensions/v1beta1', 'Ingress', '{}'),
  },
  'non-existent-service-account': {
    rule: 'the service account of a pod is in the chart',
    passes: (o, all) => {
      const name = (o.spec?.template?.spec as PodSpec | undefined)?.serviceAccountName;
      const accounts = all.filter(other => other.kind === 'ServiceAccount' && sameNamespace(o, other));
      return !makesPods(o) || name === undefined || accounts.some(({ metadata }) => metadata.name === name);
    },
    bad: object('batch/v1', 'Job', '{template: {spec: {serviceAccountName: nobody, containers: []}}}'),
  },
  'pdb-max-unavailable': {
    rule: 'a PodDisruptionBudget allows at least one pod to go',
    passes: only('PodDisruptionBudget', o => !/^0%?$/.test(String(o.spec?.maxUnavailable))),
    bad: object('policy/v1', 'PodDisruptionBudget', '{maxUnavailable: 0}'),
  },
  'pdb-min-available': {
    rule: 'a PodDisruptionBudget does not ask for all pods',
    passes: only('PodDisruptionBudget', o => String(o.spec?.minAvailable) !== '100%'),
    bad: object('policy/v1', 'PodDisruptionBudget', '{minAvailable: 100%}'),
  },
  'pdb-unhealthy-pod-eviction-policy': {
    rule: 'a PodDisruptionBudget says when pods that are not ready may go',
    passes: only('PodDisruptionBudget', o => o.spec?.unhealthyPodEvictionPolicy !== undefined),
    bad: object('policy/v1', 'PodDisruptionBudget', '{maxUnavailable: 1}'),
  },
  'ours: a Job ends some time': {
    rule: 'a Job sets activeDeadlineSeconds',
    passes: only('Job', o => o.spec?.activeDeadlineSeconds !== undefined),
    bad: object('batch/v1', 'Job', '{}'),
  },
  'ours: no token where none is needed': {
    rule: 'a pod without a service account of its own gets no token',
    passes: o => {
      const pod = o.spec?.template?.spec as PodSpec | undefined;
      return !makesPods(o) || pod?.serviceAccountName !== undefined || pod?.automountServiceAccountToken === false;
    },
    bad: object('batch/v1', 'Job', '{template: {spec: {containers: []}}}'),
  },
};
