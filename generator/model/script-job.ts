/** Jobs that run a script of a ConfigMap: hooks, and the pod with the least that it needs. */
import type { IJobSpec } from 'kubernetes-models/batch/v1/JobSpec';
import { type Expr, each, type Format, type Item, type Templated, when } from '../gotmpl/index.ts';
import { outsideMesh } from './facts/names.ts';

/** Files in the ConfigMaps: what the scripts of a chart share, and what one Job does. */
export const functionsFile = 'functions.sh';
export const scriptFile = 'run.sh';

/**
 * Kept after a failure, so that one can look, and removed before the next run and after a success. A weight is always
 * said: https://helm.sh/docs/topics/charts_hooks/.
 */
export const hook = (events: string, weight: number) => ({
  'helm.sh/hook': events,
  'helm.sh/hook-weight': String(weight),
  'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
});
/** The same for a Job: Helm 4 prints what a failed one said, https://helm.sh/community/hips/hip-0019. */
export const jobHook = (events: string, weight = 0) => ({
  ...hook(events, weight),
  'helm.sh/hook-output-log-policy': 'hook-failed',
});

/** References to the Secrets with which images are pulled. */
export const secretReferences = (names: Expr<readonly string[]>) =>
  [each(names, 'secret', name => ({ name }))] as const;
/** Of a pod, where there are any. */
export function pullSecretsOf(names: Expr<readonly string[]>) {
  const references = secretReferences(names);
  return when<typeof references>(names, references);
}

type Name = string | Format;
/** A variable of the script. */
export interface EnvVar {
  readonly name: string;
  readonly value: string;
}
interface ScriptJob {
  readonly image: Expr<string>;
  readonly imagePullSecrets: Expr<readonly string[]>;
  readonly timeoutSeconds: Expr<number>;
  readonly keptSeconds: number;
  readonly serviceAccountName: Name;
  /** ConfigMaps with the files of /scripts. */
  readonly scripts: readonly Name[];
  /** Variables, or a ConfigMap that has them. */
  readonly env?: readonly Item<EnvVar>[];
  readonly envFrom?: Name;
}

/** Runs `scriptFile` once, outside the mesh. */
export const scriptJob = (job: ScriptJob): Templated<IJobSpec> => ({
  backoffLimit: 0,
  activeDeadlineSeconds: job.timeoutSeconds,
  ttlSecondsAfterFinished: job.keptSeconds,
  template: {
    metadata: { labels: outsideMesh },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: job.serviceAccountName,
      imagePullSecrets: pullSecretsOf(job.imagePullSecrets),
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'kubectl',
          image: job.image,
          command: ['/bin/sh', `/scripts/${scriptFile}`],
          // Where kubectl keeps what it learns about the API server.
          env: [{ name: 'HOME', value: '/tmp' }, ...(job.env ?? [])],
          ...(job.envFrom === undefined ? {} : { envFrom: [{ configMapRef: { name: job.envFrom } }] }),
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          terminationMessagePolicy: 'FallbackToLogsOnError',
          volumeMounts: [
            { name: 'scripts', mountPath: '/scripts', readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'scripts', projected: { sources: job.scripts.map(name => ({ configMap: { name } })) } },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  },
});
