/** What the Jobs share: names, when they are there, and the pod that runs a script. */
import { and, eq, not, or } from '../../../gotmpl/functions.ts';
import { fmt, type Ref, when } from '../../../gotmpl/index.ts';
import { scriptJob } from '../../script-job.ts';
import type { Mapping } from '../domains/mappings.ts';
import { gatewaysWanted, labelsMembers, v, v3 } from '../values.ts';

/** Of the service account, its roles, and what the scripts share. */
export const jobsName = 'serverless-mesh-jobs';
export const settings = 'serverless-mesh-jobs-settings';
export const waitJob = 'serverless-mesh-wait';
export const uninstallJob = 'serverless-mesh-uninstall';
/** Of the ordinary Job beside an ingress gateway of Service Mesh 3; a number follows. */
export const gatewayJob = 'serverless-mesh-gateway';
/** Copies the certificate of the router. */
export const certificateJob = 'serverless-mesh-certificate';

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

/** Runs the script of the ConfigMap `name`. */
export const jobSpec = (name: string) =>
  scriptJob({
    image: v.jobs.image,
    imagePullSecrets: v.imagePullSecrets,
    timeoutSeconds: v.jobs.timeoutSeconds,
    keptSeconds: 86400,
    serviceAccountName: jobsName,
    scripts: [jobsName, name],
    envFrom: settings,
  });
