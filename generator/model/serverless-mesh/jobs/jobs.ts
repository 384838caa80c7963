/** What the Jobs share: names, the hook, and the pod that runs a script. */
import type { IJobSpec } from 'kubernetes-models/batch/v1/JobSpec';
import { and, eq, not, or } from '../../../gotmpl/functions.ts';
import { fmt, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { outsideMesh } from '../../facts/names.ts';
import type { Mapping } from '../domains/mappings.ts';
import { gatewaysWanted, labelsMembers, v, v3 } from '../values.ts';
import { pullSecrets } from '../workloads.ts';

/** Of the service account, its roles, and what the scripts share. */
export const jobsName = 'serverless-mesh-jobs';
export const settings = 'serverless-mesh-jobs-settings';
export const waitJob = 'serverless-mesh-wait';
export const uninstallJob = 'serverless-mesh-uninstall';
/** Of the ordinary Job beside an ingress gateway of Service Mesh 3; a number follows. */
export const gatewayJob = 'serverless-mesh-gateway';
/** Copies the certificate of the router. */
export const certificateJob = 'serverless-mesh-certificate';
export const functionsFile = 'functions.sh';
export const scriptFile = 'run.sh';

/** For one domain mapping, in its namespace. */
export const domainsRole = ({ host }: Ref<Mapping>) => fmt`serverless-mesh-jobs-${host}`;
/** In namespaces that have, or may have, a role of the Jobs already. */
export const kafkaRole = 'serverless-mesh-jobs-kafka';
export const verifyRole = 'serverless-mesh-jobs-verify';
export const meshRole = 'serverless-mesh-jobs-mesh';
export const gatewayRole = 'serverless-mesh-jobs-gateway';
export const certificateRole = 'serverless-mesh-jobs-certificate';

/** The chart's own control plane of Service Mesh 3, which has no namespace. */
export const seesIstio = and(v3, v.mesh.controlPlane.create);
/** The Job before uninstall looks whether Knative is in use. */
export const seesUse = and(v.jobs.enabled, not(v.uninstall.allowInUse), or(v.serving.enabled, v.eventing.enabled));
/** What the Jobs see or change of Service Mesh 3, beyond single namespaces. */
export const meshWide = and(v.jobs.enabled, or(seesIstio, labelsMembers));
/** A gateway that Istio may have injected too late. */
export const healsGateway = and(v.jobs.enabled, v3, gatewaysWanted);
/** The certificate of the router is copied. */
export const copiesCertificate = and(v.jobs.enabled, gatewaysWanted, eq(v.gateway.tls.source, 'clusterIngress'));
/** Domain mappings of the release are deleted while Knative is there. */
export const removesDomains = and(v.jobs.enabled, v.domainMappings);
export const whenJobs = <M extends object>(manifest: M) => when(v.jobs.enabled, manifest);

/**
 * Kept after a failure, so that one can look, and removed before the next run. Helm 4 prints what a failed Job said:
 * https://helm.sh/community/hips/hip-0019. A weight is always said: https://helm.sh/docs/topics/charts_hooks/.
 */
export const jobHook = (events: string, weight = 0) => ({
  'helm.sh/hook': events,
  'helm.sh/hook-weight': String(weight),
  'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
  'helm.sh/hook-output-log-policy': 'hook-failed',
});

/** Runs the script of the ConfigMap `name`, outside the mesh, with the least that it needs. */
export const jobSpec = (name: string): Templated<IJobSpec> => ({
  backoffLimit: 0,
  activeDeadlineSeconds: v.jobs.timeoutSeconds,
  ttlSecondsAfterFinished: 86400,
  template: {
    metadata: { labels: outsideMesh },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: jobsName,
      imagePullSecrets: pullSecrets,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'kubectl',
          image: v.jobs.image,
          command: ['/bin/sh', `/scripts/${scriptFile}`],
          // Where kubectl keeps what it learns about the API server.
          env: [{ name: 'HOME', value: '/tmp' }],
          envFrom: [{ configMapRef: { name: settings } }],
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
        { name: 'scripts', projected: { sources: [{ configMap: { name: jobsName } }, { configMap: { name } }] } },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  },
});
